"""The pair score's weights; written by `benchmarks/train_stories.py`, not by hand."""

NAMES = ("cosine", "cosine root", "titles", "leads", "names", "no name", "figures", "evidence", "dated", "days")
WEIGHTS = (2.8, 3.9, 1.3, 2.8, 0.7, -0.5, 0.7, 2.7, 2.0, -5.0)
BIAS = -6.5
