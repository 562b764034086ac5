"""The doors answer with the very functions that a briefing calls, line by line."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot import digest, doors
from bot.errors import UsageError
from bot.model import Article

TEXT = (
    "The rail union called a strike of 5,200 drivers by July 2025, the union's chair Ada Holm said. "
    "Between 10 and 20 trains will run. The last strike, in 2019, was about 3 percent. Perhaps 40 will come.\n\n"
    "Sign up for our newsletter."
)


def told(door: doors.Door, *asked: Any) -> list[tuple[dict[str, Any], bool]]:
    lines = (row if isinstance(row, str) else json.dumps(row) for row in asked)
    return [(json.loads(line), well) for line, well in doors.lines(door, lines)]


def test_sentences_slice_back() -> None:
    ((answer, well),) = told(doors.split, {"id": 1, "text": TEXT})
    assert well
    assert all(TEXT[row["start"] : row["end"]] == row["text"] for row in answer["sentences"])
    assert answer["sentences"][-1]["kind"] == "boilerplate"


def test_figures_are_those_of_the_digest() -> None:
    ((answer, _),) = told(doors.figures_of, {"id": "a", "text": TEXT, "published": "2025-04-01", "lang": "en"})
    at = datetime(2025, 4, 1, tzinfo=UTC)
    made, _ = digest.digest(Article(0, "https://a.example", "t", "A", "", at, at), TEXT)
    assert [(row["span"], row["value"]) for row in answer["figures"]] == [
        (list(figure.span), list(figure.value) if isinstance(figure.value, tuple) else figure.value)
        for figure in made.figures
    ]
    assert answer["figures"][0]["value"] == 5200


def test_a_date_that_is_none_is_explained() -> None:
    with pytest.raises(UsageError, match="“noon” is no date; write it as 2025-03-31"):
        doors.figures_of({"text": "In 2024 there were 5 cats.", "published": "noon"})


def test_bullets_are_exact_spans_and_those_of_the_digest() -> None:
    ((answer, _),) = told(doors.bullets_of, {"id": 1, "docs": [TEXT], "topic": "strike", "count": 2})
    assert all(TEXT[row["start"] : row["end"]] == row["text"] for row in answer["bullets"])
    documents = (doors.document(TEXT, 0, None),)
    chosen = digest.choose(documents, "strike", 2, "nutgraf")
    assert [row["text"] for row in answer["bullets"]] == [bullet.text for bullet in chosen]


@pytest.mark.parametrize(
    ("line", "name", "said"),
    [
        pytest.param("{", None, "no JSON at character 2; write one object a line", id="no JSON"),
        pytest.param("[1]", None, "no object; write one", id="no object"),
        pytest.param('{"id": 7}', 7, "“text” is missing; give", id="no text"),
        pytest.param('{"id": 7, "text": 3}', 7, "“text” is missing; give", id="a text that is none"),
        pytest.param('{"id": 7, "text": "A", "lang": 3}', 7, "“lang” is no string", id="a language that is none"),
        pytest.param("[" * 5000, None, "no JSON; write one object a line", id="a deep hole"),
        pytest.param('{"id": ' + "1" * 5000 + "}", None, "no JSON; write one", id="a number without end"),
    ],
)
def test_a_bad_line_is_answered_and_the_rest_goes_on(line: str, name: Any, said: str) -> None:
    (bad, bad_went_well), (good, good_went_well) = told(doors.split, line, "", {"id": 2, "text": "Fine."})
    assert (bad_went_well, good_went_well) == (False, True)
    assert bad["id"] == name
    assert said in bad["error"]
    assert good["sentences"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "“docs” is missing; give the articles' texts as a list of strings"),
        ({"docs": "A"}, "“docs” is missing"),
        ({"docs": ["A", 3]}, "“docs” is missing"),
        ({"docs": ["A"], "count": 0}, "“count” must be a whole number from 1 to 100"),
        ({"docs": ["A"], "count": "4"}, "“count” must be"),
        ({"docs": ["A"], "topic": ["A"]}, "“topic” is no string"),
    ],
)
def test_what_is_asked_wrongly_of_bullets_is_explained(asked: dict[str, Any], said: str) -> None:
    ((answer, well),) = told(doors.bullets_of, asked)
    assert (well, said in answer["error"]) == (False, True)


def test_lines_of_any_writer_are_read_and_answered_so_that_they_can_be_written() -> None:
    asked = ['\ufeff{"text": "Ærø."}', '{"text": "Half of a character: \\ud800."}']
    answers = [line for line, _ in doors.lines(doors.split, asked)]
    assert "Ærø." in answers[0]
    assert json.loads(answers[1].encode())["sentences"][0]["text"] == "Half of a character: \ud800."


def test_stories_are_told_in_order_and_a_bad_line_in_its_place() -> None:
    rows = [
        {
            "id": "a",
            "title": "Strike of train drivers",
            "text": TEXT,
            "source": "A",
            "url": None,
            "ts": 1743500000,
        },
        {
            "id": "b",
            "title": "Strike of train drivers",
            "text": TEXT,
            "source": "B",
            "url": None,
            "ts": "2025-04-01T09:35:00Z",
        },
        {"title": "no id"},
        {"id": "when", "title": "Strike of train drivers", "text": TEXT, "ts": "last Tuesday"},
        {"id": "c", "title": "Flood in Ebbing", "text": "A river burst its banks.", "source": None, "ts": None},
    ]
    one, copy, bad, undated, other = doors.stories(json.dumps(row) for row in rows)
    assert (one["story"], one["copy_group"]) == (copy["story"], copy["copy_group"])
    assert other["story"] != one["story"]
    assert "error" in bad
    assert undated["id"] == "when"
    assert "neither a Unix time" in undated["error"]
    assert doors.grouped(one) == f"a: story {one['story']}, copy group {one['copy_group']}"
    assert doors.grouped(bad) == "None: “id” is missing; give each article one."


def test_answers_read_well() -> None:
    (sentences, _), *_ = told(doors.split, {"text": TEXT})
    assert "(boilerplate)" in "\n".join(doors.readable(sentences))
    (figures, _), *_ = told(doors.figures_of, {"text": TEXT, "published": "2025-04-01"})
    shown = "\n".join(doors.readable(figures))
    assert "5,200 driver" in shown
    assert "10 to 20" in shown
    (bullets, _), *_ = told(doors.bullets_of, {"docs": [TEXT]})
    assert next(doors.readable(bullets)).startswith("• ")


@pytest.mark.parametrize("door", [doors.split, doors.figures_of, doors.bullets_of])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("7" * 100_000, id="a line of digits"),
        pytest.param("The firm sold 5 cars. " * 600, id="thousands of sentences"),
        pytest.param("🙂👨‍👩‍👧 5 🙂. " * 600, id="emoji"),
        pytest.param("قال المجلس إن 5 آلاف \u202eabc. " * 400, id="from right to left"),
        pytest.param("A\x00 5 cats\x00. " * 600, id="NUL"),
        pytest.param("| 5 |\n" * 400, id="a table"),
    ],
)
def test_any_text_is_answered_the_same_way_twice(door: doors.Door, text: str) -> None:
    asked = {"id": "a", "text": text, "docs": [text, text[:1000]]}
    once, twice = told(door, asked, asked)
    assert once == twice
    assert once[1]
