"""What a worker makes of articles."""

from datetime import UTC, datetime

from bot import brief, digest
from bot.model import Article

NOON = datetime(2025, 4, 1, 12, tzinfo=UTC)
TEXT = (
    "The parliament of Oshana debated on Tuesday whether to rebuild its harbour for 40 million crowns. "
    "Members spoke for six hours and put the vote off until Friday. "
    "The harbour master told members that 300 ships unloaded timber there last year. "
    "Fishermen want a deeper basin and a cold store behind the eastern quay. "
    "The mayor promised them that the fish market would stay where it is. "
    "Its loudest critic, Ana Brell, called the ferry a toy of the rich. "
    "Builders would need four years, according to the port office in Oshana. "
    "A new crane was bought in 2019 and stands idle for want of an operator."
)


def told(topic: str, text: str = TEXT) -> list[str]:
    article, _ = digest.digest(Article(0, "https://one.example/1", "Harbour debate", "Gull", "", NOON, NOON), text)
    return [one.text for one in digest.choose((brief.document(article),), topic, 4, "nutgraf")]


def test_a_story_that_hardly_speaks_of_a_topic_is_told_by_its_gist_besides() -> None:
    gist = told("")
    assert told("ferry") == [
        gist[0],
        "Its loudest critic, Ana Brell, called the ferry a toy of the rich.",
        *gist[1:3],
    ]


def test_a_story_that_is_about_the_topic_is_told_by_that_alone() -> None:
    ferries = " ".join(f"The ferry to isle {number} carried {number}00 people in May." for number in range(1, 6))
    assert all("ferry" in text for text in told("ferry", f"{ferries} {TEXT}"))
