"""The terminal as a chat: what it prints of an answer, and what to type for the rest."""

import pytest

from bot.model import Attachment, Button, Line, Reply
from handlers import console


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        pytest.param(
            "/chart river toll +1",
            "deaths.png",
            "As a picture, in the shell: `nutgraf figures river toll +1 --chart deaths.png`",
            id="a chart",
        ),
        pytest.param("figures draft csv", "draft.csv", "In words.", id="a table, whose words say it"),
        pytest.param("charted 7Q2M", "draft.png", "In words.", id="a chart of a brief, which the shell has not"),
        pytest.param("export", "feeds.opml", "In words.", id="a list, whose words say it"),
    ],
)
def test_in_place_of_a_file_it_prints_the_words_and_how_to_have_the_file(
    text: str, name: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    buttons = (Button("Dark", "chart draft dark"), Button("Light", "chart draft"))
    console.show(Reply((Line("In words."),), attachment=Attachment(name), buttons=buttons), text)
    shown = capsys.readouterr().out.splitlines()
    assert (shown[0], shown[-1]) == ("In words.", says)


@pytest.mark.parametrize(
    ("action", "typed"),
    [
        pytest.param("figures draft +10", "nutgraf figures draft +10", id="more"),
        pytest.param("figures draft csv", "nutgraf figures draft --csv", id="a table"),
        pytest.param("chart draft", "nutgraf figures draft --chart chart.png", id="a chart"),
    ],
)
def test_in_the_shell_it_says_what_to_type_there(
    action: str, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    buttons = (Button("This", action), Button("Follow", "follow draft"))
    console.show(Reply((Line("In words."),), buttons=buttons), in_shell=True)
    assert capsys.readouterr().out == f"In words.\nThis: `{typed}`\n"
