"""Outlets by what their feeds call themselves."""

import pytest

from bot.outlet import outlet_of


@pytest.mark.parametrize(
    ("title", "url", "outlet"),
    [
        pytest.param("Gull Gazette", "https://gull.example/1", "Gull Gazette", id="a title"),
        pytest.param("Dawn - World", "https://www.dawn.example/1", "Dawn", id="the outlet before its section"),
        pytest.param("World | Gull News", "https://gullnews.example/1", "Gull News", id="or behind it"),
        pytest.param("WSJ.com: World News", "https://www.wsj.com/1", "WSJ", id="a host as a name"),
        pytest.param("World", "https://www.gull.example/1", "gull.example", id="a section alone: the host"),
        pytest.param(
            "The Gull Monitor | All stories", "https://gmon.example/1", "The Gull Monitor", id="no section"
        ),
        pytest.param("", "https://gull.example/1", "gull.example", id="no title: the host"),
        pytest.param("EL MAÍZ in English", "https://elmaiz.example/1", "EL MAÍZ in English", id="accents"),
        pytest.param(
            "GULL News Search Records Found 1000", "https://gull.example/", "GULL", id="a search's title"
        ),
        pytest.param("World", "", "World", id="nothing better"),
    ],
)
def test_outlet_of(title: str, url: str, outlet: str) -> None:
    assert outlet_of(title, url) == outlet
