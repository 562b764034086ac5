"""Which known word a mistyped one was to be."""

import pytest

from bot.spelling import nearest

KNOWN = {"iran": 9, "iron": 4, "conscription": 2, "figures": 1, "brief": 1, "talks": 3, "walks": 3}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("irn", "iran", id="a letter too few, the more frequent word"),
        pytest.param("breif", "brief", id="two letters changed places"),
        pytest.param("briief", "brief", id="a letter too many"),
        pytest.param("figurse", "figures", id="two changed places at the end"),
        pytest.param("konscripttion", "conscription", id="two slips in a long word"),
        pytest.param("balks", "talks", id="the first by letter, of two as frequent"),
        pytest.param("iraq", "iran", id="another letter"),
        pytest.param("brave", "", id="two slips in a short word"),
        pytest.param("conscripted", "", id="three slips"),
        pytest.param("ir", "", id="too short to tell"),
        pytest.param("x" * 50, "", id="no word"),
    ],
)
def test_the_nearest_known_word(typed: str, meant: str) -> None:
    assert nearest(typed, KNOWN) == meant
