"""The pair score's weights; written by `benchmarks/train_stories.py`, not by hand."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

NAMES = (
    *("cosine", "cosine root", "titles", "leads", "names", "no name shared", "evidence", "evidence by length"),
    *("shorter", "longer", "figures", "figure rate", "no figure shared", "same weekday", "other weekday"),
    *("dated", "days", "wording", "rare words", "most telling", "rarest"),
)
NAMES_IN_COMPANY = (*NAMES, "company shared", "company", "less company", "more company")


class Weights(NamedTuple):
    """The features' centres and spreads, and the log-odds of a pair so many spreads from its centres."""

    centres: tuple[float, ...]
    spreads: tuple[float, ...]
    form: Callable[[Iterable[float]], float]


# fmt: off
def _alone(nears: Iterable[float]) -> float:
    (cosine, cosine_root, titles, leads, names, no_name_shared, evidence, evidence_by_length, shorter,
     longer, figures, figure_rate, no_figure_shared, same_weekday, other_weekday, dated, days, wording,
     rare_words, most_telling, rarest) = nears
    return (
        -2.250 + 0.068 * cosine + 0.211 * cosine_root + 0.265 * titles + 0.470 * leads - 0.010 * names -
         0.092 * no_name_shared + 0.470 * evidence + 0.494 * evidence_by_length + 0.078 * shorter -
         0.280 * longer + 0.072 * figures + 0.115 * figure_rate - 0.007 * no_figure_shared + 0.074 *
         same_weekday - 0.262 * other_weekday + 0.571 * dated - 0.743 * days - 0.037 * wording - 0.016 *
         rare_words + 0.055 * most_telling + 0.305 * rarest
        + cosine * (-0.016 * cosine_root + 0.013 * no_name_shared + 0.017 * evidence + 0.055 *
         evidence_by_length - 0.026 * shorter + 0.027 * longer - 0.015 * no_figure_shared + 0.025 *
         same_weekday + 0.014 * other_weekday - 0.027 * dated - 0.034 * days + 0.026 * rare_words)
        + cosine_root * (-0.033 * cosine_root - 0.022 * titles - 0.025 * leads - 0.014 * names + 0.035 *
         no_name_shared + 0.015 * evidence + 0.042 * evidence_by_length - 0.015 * shorter + 0.039 *
         longer - 0.037 * no_figure_shared + 0.038 * same_weekday - 0.033 * days + 0.032 * rare_words -
         0.020 * most_telling)
        + titles * (0.077 * titles - 0.033 * leads + 0.015 * evidence + 0.051 * evidence_by_length -
         0.020 * shorter + 0.023 * longer + 0.017 * figure_rate - 0.016 * no_figure_shared + 0.041 *
         other_weekday + 0.034 * dated - 0.014 * days - 0.015 * wording + 0.028 * rare_words - 0.035 *
         most_telling - 0.035 * rarest)
        + leads * (-0.122 * leads + 0.029 * no_name_shared + 0.013 * evidence_by_length - 0.030 * longer
         - 0.038 * figures - 0.029 * figure_rate + 0.014 * no_figure_shared - 0.014 * same_weekday +
         0.081 * dated - 0.086 * days - 0.018 * wording + 0.046 * rare_words - 0.013 * rarest)
        + names * (-0.016 * evidence - 0.040 * evidence_by_length + 0.034 * shorter + 0.084 * longer +
         0.020 * no_figure_shared - 0.016 * same_weekday - 0.025 * other_weekday - 0.045 * days - 0.084
         * wording + 0.044 * rare_words + 0.027 * most_telling + 0.020 * rarest)
        + no_name_shared * (0.044 * evidence + 0.015 * evidence_by_length + 0.039 * shorter - 0.023 *
         longer - 0.041 * same_weekday + 0.070 * dated + 0.047 * days)
        + evidence * (-0.019 * evidence_by_length + 0.023 * shorter + 0.013 * longer - 0.053 * figures -
         0.041 * figure_rate - 0.027 * no_figure_shared - 0.017 * other_weekday + 0.063 * dated - 0.099
         * days - 0.045 * rare_words - 0.017 * most_telling)
        + evidence_by_length * (-0.016 * evidence_by_length - 0.070 * longer - 0.033 * figures - 0.024 *
         figure_rate - 0.036 * no_figure_shared + 0.039 * same_weekday - 0.065 * days - 0.044 *
         rare_words - 0.021 * most_telling)
        + shorter * (0.025 * shorter + 0.069 * longer - 0.031 * figures - 0.025 * figure_rate - 0.014 *
         no_figure_shared - 0.053 * same_weekday - 0.024 * other_weekday + 0.076 * dated - 0.074 * days
         - 0.025 * rare_words - 0.024 * rarest)
        + longer * (0.074 * longer - 0.028 * figures - 0.012 * figure_rate - 0.013 * no_figure_shared +
         0.015 * same_weekday + 0.025 * other_weekday + 0.090 * dated - 0.020 * days + 0.065 *
         most_telling)
        + figures * (0.028 * figures + 0.045 * figure_rate - 0.029 * dated - 0.023 * days + 0.013 *
         most_telling)
        + figure_rate * (0.045 * figure_rate - 0.013 * same_weekday - 0.015 * other_weekday - 0.031 *
         dated - 0.024 * days + 0.018 * rare_words + 0.019 * most_telling - 0.012 * rarest)
        + no_figure_shared * (0.019 * same_weekday + 0.017 * other_weekday + 0.014 * dated + 0.058 *
         wording + 0.020 * rare_words - 0.015 * most_telling + 0.035 * rarest)
        + same_weekday * (0.027 * same_weekday + 0.034 * dated - 0.035 * days + 0.026 * wording - 0.018
         * most_telling + 0.014 * rarest)
        + other_weekday * (-0.049 * other_weekday + 0.046 * dated + 0.012 * wording + 0.014 *
         most_telling + 0.039 * rarest)
        + dated * (0.019 * dated - 0.117 * days - 0.068 * wording - 0.091 * rare_words - 0.031 *
         most_telling - 0.065 * rarest)
        + days * (-0.147 * days + 0.021 * wording + 0.058 * rare_words + 0.021 * rarest)
        + wording * (0.033 * wording - 0.027 * rare_words - 0.036 * most_telling)
        + rare_words * (0.021 * rare_words - 0.022 * most_telling)
        + most_telling * (0.023 * most_telling)
        + rarest * (-0.023 * rarest)
    )


ALONE = Weights(
    (0.156, 0.373, 0.090, 0.232, 0.078, 0.276, 2.551, 1.252, -1.833, -1.099, 0.006, 0.011, 0.059, 0.060,
     0.157, 0.419, 0.104, 0.033, 0.070, 0.129, 0.070),
    (0.127, 0.132, 0.104, 0.156, 0.151, 0.447, 0.662, 0.425, 0.913, 0.910, 0.059, 0.097, 0.236, 0.238,
     0.364, 0.493, 0.198, 0.112, 0.242, 0.120, 0.095),
    _alone,
)


def _in_company(nears: Iterable[float]) -> float:
    (cosine, cosine_root, titles, leads, names, no_name_shared, evidence, evidence_by_length, shorter,
     longer, figures, figure_rate, no_figure_shared, same_weekday, other_weekday, dated, days, wording,
     rare_words, most_telling, rarest, company_shared, company, less_company, more_company) = nears
    return (
        -2.719 + 0.104 * cosine + 0.130 * cosine_root + 0.213 * titles + 0.504 * leads + 0.048 * names -
         0.042 * no_name_shared + 0.354 * evidence + 0.485 * evidence_by_length - 0.055 * shorter -
         0.448 * longer + 0.050 * figures + 0.120 * figure_rate - 0.039 * no_figure_shared + 0.095 *
         same_weekday - 0.208 * other_weekday + 0.202 * dated - 0.733 * days - 0.075 * wording + 0.020 *
         rare_words - 0.039 * most_telling - 0.078 * rarest + 0.807 * company_shared + 0.431 * company -
         0.862 * less_company - 0.185 * more_company
        + cosine * (0.014 * cosine + 0.019 * cosine_root + 0.047 * evidence + 0.062 * evidence_by_length
         + 0.049 * longer + 0.014 * figure_rate + 0.017 * no_figure_shared + 0.019 * same_weekday -
         0.050 * dated - 0.034 * days - 0.027 * company_shared + 0.044 * less_company + 0.046 *
         more_company)
        + cosine_root * (0.024 * cosine_root + 0.049 * evidence + 0.065 * evidence_by_length + 0.043 *
         longer - 0.014 * no_figure_shared + 0.030 * same_weekday - 0.046 * dated - 0.033 * days - 0.080
         * company_shared - 0.056 * company - 0.033 * less_company - 0.020 * more_company)
        + titles * (0.066 * titles - 0.022 * leads - 0.020 * names + 0.023 * evidence + 0.044 *
         evidence_by_length + 0.034 * longer + 0.022 * figures + 0.026 * figure_rate + 0.026 *
         other_weekday + 0.022 * dated - 0.022 * days - 0.014 * wording + 0.025 * rare_words - 0.030 *
         most_telling - 0.040 * rarest - 0.035 * company_shared + 0.033 * less_company + 0.037 *
         more_company)
        + leads * (-0.127 * leads + 0.030 * evidence_by_length - 0.016 * shorter - 0.037 * longer -
         0.031 * figures - 0.024 * figure_rate + 0.014 * no_figure_shared - 0.031 * same_weekday + 0.049
         * dated - 0.097 * days + 0.033 * rare_words + 0.014 * most_telling - 0.029 * rarest - 0.067 *
         company_shared - 0.032 * company - 0.030 * less_company - 0.023 * more_company)
        + names * (-0.026 * evidence - 0.028 * evidence_by_length + 0.057 * longer - 0.026 *
         other_weekday - 0.031 * days - 0.091 * wording + 0.044 * rare_words + 0.014 * most_telling +
         0.036 * rarest - 0.088 * company_shared + 0.033 * less_company + 0.051 * more_company)
        + no_name_shared * (0.034 * evidence + 0.035 * shorter + 0.024 * no_figure_shared - 0.044 *
         same_weekday + 0.071 * dated + 0.043 * days + 0.024 * rare_words - 0.030 * most_telling + 0.026
         * rarest + 0.017 * company_shared + 0.022 * company + 0.031 * less_company + 0.036 *
         more_company)
        + evidence * (0.015 * shorter + 0.020 * longer - 0.050 * figures - 0.034 * figure_rate - 0.024 *
         other_weekday - 0.025 * dated - 0.117 * days - 0.019 * wording - 0.056 * rare_words - 0.085 *
         less_company - 0.030 * more_company)
        + evidence_by_length * (-0.020 * evidence_by_length - 0.069 * longer - 0.032 * figures - 0.026 *
         figure_rate - 0.019 * no_figure_shared + 0.031 * same_weekday - 0.021 * other_weekday + 0.015 *
         dated - 0.064 * days - 0.055 * rare_words - 0.042 * less_company)
        + shorter * (0.013 * shorter + 0.085 * longer - 0.029 * figures - 0.013 * figure_rate - 0.054 *
         same_weekday - 0.014 * other_weekday - 0.047 * dated - 0.098 * days - 0.014 * wording - 0.025 *
         rare_words - 0.013 * rarest - 0.065 * less_company - 0.035 * more_company)
        + longer * (0.055 * longer - 0.030 * figures - 0.012 * no_figure_shared + 0.047 * other_weekday
         + 0.042 * dated - 0.031 * days - 0.024 * rare_words + 0.049 * most_telling + 0.138 *
         company_shared - 0.019 * company - 0.079 * less_company - 0.064 * more_company)
        + figures * (0.019 * figures + 0.047 * figure_rate - 0.012 * same_weekday - 0.028 * dated -
         0.018 * days - 0.063 * company_shared + 0.020 * more_company)
        + figure_rate * (0.054 * figure_rate - 0.013 * same_weekday - 0.020 * other_weekday - 0.033 *
         dated - 0.020 * days + 0.021 * rare_words + 0.018 * most_telling - 0.050 * company_shared +
         0.017 * less_company + 0.023 * more_company)
        + no_figure_shared * (-0.015 * no_figure_shared - 0.018 * days + 0.045 * wording - 0.029 *
         most_telling + 0.023 * rarest + 0.024 * company_shared - 0.019 * company - 0.013 * less_company
         - 0.020 * more_company)
        + same_weekday * (0.035 * same_weekday - 0.032 * dated - 0.057 * days + 0.031 * wording - 0.015
         * most_telling - 0.013 * rarest + 0.012 * less_company - 0.032 * more_company)
        + other_weekday * (-0.039 * other_weekday - 0.029 * dated - 0.016 * days + 0.012 * wording +
         0.025 * most_telling + 0.031 * rarest - 0.035 * company_shared - 0.032 * company - 0.019 *
         less_company - 0.044 * more_company)
        + dated * (-0.097 * days - 0.083 * wording - 0.020 * rare_words - 0.021 * most_telling - 0.017 *
         rarest - 0.037 * company_shared + 0.087 * company + 0.049 * less_company + 0.047 *
         more_company)
        + days * (-0.122 * days + 0.016 * wording + 0.076 * rare_words + 0.055 * rarest - 0.084 *
         company_shared - 0.034 * company)
        + wording * (0.018 * wording - 0.043 * rare_words - 0.037 * most_telling + 0.038 *
         company_shared + 0.021 * company - 0.059 * more_company)
        + rare_words * (-0.031 * most_telling + 0.013 * rarest + 0.053 * company_shared + 0.027 *
         company + 0.055 * more_company)
        + most_telling * (0.027 * most_telling - 0.020 * company + 0.013 * more_company)
        + rarest * (0.016 * rarest - 0.020 * company - 0.022 * less_company)
        + company_shared * (0.029 * company_shared + 0.023 * company - 0.019 * less_company + 0.049 *
         more_company)
        + company * (-0.084 * company - 0.114 * less_company)
        + less_company * (-0.066 * less_company + 0.039 * more_company)
        + more_company * (0.115 * more_company)
    )


IN_COMPANY = Weights(
    (0.156, 0.373, 0.090, 0.232, 0.078, 0.276, 2.551, 1.252, -1.833, -1.099, 0.006, 0.011, 0.059, 0.060,
     0.157, 0.419, 0.104, 0.033, 0.070, 0.129, 0.070, 0.172, 0.672, 1.243, 1.768),
    (0.127, 0.132, 0.104, 0.156, 0.151, 0.447, 0.662, 0.425, 0.913, 0.910, 0.059, 0.097, 0.236, 0.238,
     0.364, 0.493, 0.198, 0.112, 0.242, 0.120, 0.095, 0.195, 0.643, 0.584, 0.599),
    _in_company,
)
# fmt: on
