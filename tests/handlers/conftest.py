"""A brief as the stages would make it, and a server that plays Slack; Telegram's tests bring their own."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.model import Brief, BriefBullet, BriefStory, Observation, Point, Series, Source
from summarizer.model import Figure, FigureKind, Speaker
from tests.handlers.slack_server import SlackServer

NOW = datetime(2025, 3, 31, 14, 5, tzinfo=UTC)


def observation(article_id: int, outlet: str, value: float, speaker: str = "") -> Observation:
    quoted = f"{value:,.0f}"
    figure = Figure(
        (0, len(quoted)),
        0,
        FigureKind.COUNT,
        value,
        "person",
        source=Speaker(speaker, (0, 1)) if speaker else None,
    )
    link = f"https://{outlet.partition(' ')[0].lower()}.example/{article_id}?a=1&b=2"
    return Observation(article_id, article_id, outlet, link, "A title", NOW, f"{quoted} people", 0, figure)


def point(value: float, as_of: str, *observations: Observation, bound: str = "=") -> Point:
    return Point(value, bound, as_of, observations or (observation(1, "Northern Ledger", value),), 1)


DRAFT = Series(
    "draft",
    "draft size",
    "person",
    (point(134_500, "2022"), point(147_000, "2023"), point(150_000, "2024"), point(160_000, "2025-07-15")),
    changes=("+6.7 % on 2024", "+19 % on 2022"),
)
LOSSES = Series(
    "losses",
    "casualties",
    "person",
    (point(900_000, ""),),
    conflicts=(
        (
            point(900_000, "", observation(1, "Northern Ledger", 900_000, "UK Ministry of Defence"), bound=">"),
            point(640_000, "", observation(3, "Kite Daily", 640_000), bound="~"),
        ),
    ),
)


@pytest.fixture
def brief() -> Brief:
    first = "The decree asks for 160,000 men by July 15, up from 150,000 a year ago."
    second = "Russia “has likely” lost more than 900,000 people in three years of war."
    bullets = (
        BriefBullet(first, (1, 2), 1, 0, len(first), bold=((20, 27),), series=DRAFT),
        BriefBullet(second, (1,), 1, 90, 90 + len(second), "UK Ministry of Defence", ((35, 42),), LOSSES),
        BriefBullet("Men aged 18-30 can be called up.", (3,), 3, 0, 32, bold=((9, 14),)),
    )
    sources = (
        Source(
            1,
            1,
            "Northern Ledger",
            "Spring draft is the largest in years",
            "https://northern.example/1?a=1&b=2",
            NOW,
            1,
        ),
        Source(2, 2, "Polar Wire", "Decree on call-up", "https://polar.example/2", NOW, 1),
        Source(3, 3, "Kite Daily", "Who <must> serve & who not", "https://kite.example/3|x", NOW, 2),
    )
    story = BriefStory(7, 3, "Russia: spring draft", 3, 2, NOW, bullets, sources, (DRAFT, LOSSES))
    return Brief("7Q2M", "draft", NOW, (story,))


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with SlackServer() as running:
        yield running
