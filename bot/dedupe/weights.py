"""The pair score's weights; written by `benchmarks/train_stories.py`, not by hand."""

from collections.abc import Iterable

NAMES = (
    *("cosine", "cosine root", "titles", "leads", "names", "no name shared", "evidence", "evidence by length"),
    *("shorter", "longer", "figures", "figure rate", "no figure shared", "same weekday", "other weekday"),
    *("dated", "days", "wording", "rare words", "most telling", "rarest"),
)
# fmt: off
CENTRES = (0.154, 0.371, 0.090, 0.235, 0.079, 0.264, 2.573, 1.254, -1.792, -1.029, 0.007, 0.011, 0.063,
 0.065, 0.175, 0.348, 0.107, 0.034, 0.055, 0.127, 0.064)
SPREADS = (0.122, 0.128, 0.103, 0.156, 0.150, 0.441, 0.667, 0.421, 0.943, 0.923, 0.062, 0.099, 0.243,
 0.247, 0.380, 0.476, 0.208, 0.114, 0.216, 0.118, 0.082)


def form(nears: Iterable[float]) -> float:
    """Return the log-odds of a pair whose features lie so many spreads from their centres."""
    (cosine, cosine_root, titles, leads, names, no_name_shared, evidence, evidence_by_length, shorter,
     longer, figures, figure_rate, no_figure_shared, same_weekday, other_weekday, dated, days, wording,
     rare_words, most_telling, rarest) = nears
    return (
        -2.445 + 0.044 * cosine + 0.161 * cosine_root + 0.324 * titles + 0.374 * leads - 0.126 * names -
         0.121 * no_name_shared + 0.482 * evidence + 0.438 * evidence_by_length + 0.147 * shorter -
         0.302 * longer + 0.073 * figures + 0.125 * figure_rate + 0.009 * no_figure_shared + 0.074 *
         same_weekday - 0.337 * other_weekday + 0.661 * dated - 1.123 * days - 0.051 * wording - 0.059 *
         rare_words + 0.076 * most_telling + 0.502 * rarest
        + cosine * (-0.019 * cosine_root + 0.016 * names + 0.048 * evidence_by_length - 0.047 * shorter
         + 0.026 * longer - 0.037 * no_figure_shared + 0.018 * same_weekday - 0.034 * days - 0.027 *
         wording)
        + cosine_root * (-0.041 * cosine_root - 0.024 * titles + 0.036 * no_name_shared + 0.047 *
         evidence_by_length - 0.027 * shorter + 0.043 * longer - 0.018 * figures - 0.015 * figure_rate -
         0.053 * no_figure_shared + 0.030 * same_weekday - 0.044 * days - 0.029 * wording + 0.019 *
         rare_words - 0.017 * most_telling)
        + titles * (0.073 * titles - 0.037 * leads + 0.017 * evidence + 0.050 * evidence_by_length -
         0.014 * shorter + 0.017 * figure_rate - 0.028 * no_figure_shared + 0.055 * other_weekday -
         0.018 * days - 0.025 * wording + 0.048 * rare_words - 0.045 * most_telling - 0.054 * rarest)
        + leads * (-0.119 * leads + 0.021 * names + 0.034 * no_name_shared + 0.012 * evidence_by_length
         - 0.026 * longer - 0.031 * figures - 0.018 * figure_rate + 0.029 * no_figure_shared - 0.013 *
         same_weekday + 0.018 * other_weekday + 0.026 * dated - 0.055 * days - 0.013 * wording + 0.030 *
         rare_words - 0.057 * rarest)
        + names * (0.014 * no_name_shared - 0.031 * evidence_by_length + 0.045 * shorter + 0.116 *
         longer + 0.022 * no_figure_shared - 0.016 * same_weekday - 0.016 * other_weekday - 0.026 *
         dated - 0.036 * days - 0.083 * wording + 0.023 * rare_words + 0.047 * most_telling + 0.031 *
         rarest)
        + no_name_shared * (-0.013 * no_name_shared + 0.040 * evidence + 0.048 * shorter - 0.026 *
         longer + 0.018 * figures + 0.013 * figure_rate + 0.018 * no_figure_shared - 0.038 *
         same_weekday + 0.065 * dated + 0.054 * days - 0.036 * rare_words + 0.029 * most_telling - 0.031
         * rarest)
        + evidence * (-0.017 * evidence_by_length + 0.039 * shorter + 0.021 * longer - 0.060 * figures -
         0.043 * figure_rate - 0.035 * no_figure_shared + 0.029 * same_weekday + 0.070 * dated - 0.079 *
         days - 0.023 * most_telling)
        + evidence_by_length * (-0.014 * evidence_by_length - 0.080 * longer - 0.034 * figures - 0.018 *
         figure_rate - 0.038 * no_figure_shared + 0.062 * same_weekday - 0.033 * dated - 0.070 * days +
         0.013 * wording - 0.028 * most_telling)
        + shorter * (0.037 * shorter + 0.084 * longer - 0.037 * figures - 0.031 * figure_rate - 0.038 *
         no_figure_shared - 0.025 * same_weekday - 0.012 * other_weekday + 0.126 * dated - 0.035 * days
         - 0.018 * rare_words - 0.015 * rarest)
        + longer * (0.034 * longer - 0.025 * figures - 0.044 * same_weekday + 0.045 * other_weekday +
         0.035 * dated + 0.058 * rare_words + 0.044 * most_telling + 0.031 * rarest)
        + figures * (0.029 * figures + 0.049 * figure_rate - 0.026 * dated + 0.016 * most_telling -
         0.014 * rarest)
        + figure_rate * (0.047 * figure_rate - 0.017 * same_weekday - 0.017 * other_weekday - 0.028 *
         dated - 0.012 * days + 0.031 * rare_words + 0.021 * most_telling - 0.015 * rarest)
        + no_figure_shared * (0.019 * same_weekday + 0.021 * other_weekday + 0.028 * dated + 0.014 *
         days + 0.074 * wording + 0.023 * rare_words + 0.034 * rarest)
        + same_weekday * (0.026 * same_weekday + 0.037 * dated - 0.030 * days + 0.038 * wording + 0.026
         * rare_words - 0.032 * most_telling)
        + other_weekday * (-0.058 * other_weekday + 0.053 * dated + 0.020 * days + 0.024 * wording +
         0.024 * rarest)
        + dated * (0.042 * dated - 0.188 * days - 0.058 * wording - 0.033 * rare_words - 0.023 *
         most_telling - 0.035 * rarest)
        + days * (-0.194 * days - 0.027 * wording - 0.020 * rare_words - 0.025 * most_telling - 0.049 *
         rarest)
        + wording * (0.044 * wording - 0.031 * rare_words - 0.049 * most_telling)
        + rare_words * (-0.037 * rare_words - 0.013 * most_telling - 0.043 * rarest)
        + most_telling * (0.019 * most_telling + 0.023 * rarest)
    )
# fmt: on
