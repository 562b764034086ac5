"""The pair score's weights; written by `benchmarks/train_stories.py`, not by hand."""

NAMES = (
    *("cosine", "cosine root", "titles", "leads", "names", "no name shared", "evidence", "evidence by length"),
    *("shorter", "longer", "figures", "figure rate", "no figure shared", "same weekday", "other weekday"),
    *("dated", "days"),
)
WEIGHTS = (
    2.165,
    2.291,
    1.775,
    0.721,
    0.23,
    -0.316,
    0.444,
    1.305,
    0.711,
    -0.595,
    0.496,
    0.872,
    -0.315,
    0.618,
    -1.475,
    2.005,
    -4.457,
)
BIAS = -4.137
