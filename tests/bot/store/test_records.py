"""Records come back as they went in."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import model
from bot.store.records import pack, reader, unpack
from summarizer.model import Figure, FigureKind, Speaker

KINDS = [
    model.Feed,
    model.Entry,
    model.Observation,
    model.Brief,
    model.Chat,
    model.Order,
    model.Told,
    model.Delivery,
]


@dataclass(frozen=True)
class Wide:
    """A record of yesterday's release."""

    number: int
    gone: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Narrow:
    """The same record in today's."""

    number: int
    new: dict[str, int] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    span: tuple[int, float] = (0, 0.5)
    when: time = time(8)
    either: float | tuple[float, float] = 0.0


def test_a_field_may_come_and_go_between_releases() -> None:
    written = pack(Wide(1, "old", datetime(2025, 3, 31, 12, 0, 0, 250000, UTC)))
    assert unpack(Wide, written) == Wide(1, "old", datetime(2025, 3, 31, 12, 0, 0, 250000, UTC))
    assert unpack(Narrow, written) == Narrow(1)


def test_what_holds_its_default_costs_nothing() -> None:
    assert len(pack(Narrow(1))) == 9


def test_every_kind_of_field_comes_back() -> None:
    one = Narrow(1, {"a": 1}, frozenset("ba"), (3, 1.5), time(7, 30), (1.0, 2.0))
    assert unpack(Narrow, pack(one)) == one
    assert unpack(tuple[Narrow, int], pack((one, 2))) == (one, 2)
    assert unpack(tuple[time | None, int], pack((None, 2))) == (None, 2)
    assert pack(one) == pack(Narrow(1, {"a": 1}, frozenset("ab"), (3, 1.5), time(7, 30), (1.0, 2.0)))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_stored_noun_has_a_reader(kind: type) -> None:
    assert callable(reader(kind))


SPANS = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9))


@settings(max_examples=30)
@given(
    st.builds(
        Figure,
        span=SPANS,
        sentence=st.integers(0, 10**6),
        kind=st.sampled_from(FigureKind),
        value=st.floats(allow_nan=False) | st.tuples(st.floats(0, 1), st.floats(1, 2)),
        source=st.none() | st.builds(Speaker, span=SPANS),
        computed_from=st.tuples(SPANS),
    )
)
def test_any_figure_comes_back(figure: Figure) -> None:
    assert unpack(Figure, pack(figure)) == figure


def test_a_strangers_numbers_and_letters_are_stored_as_far_as_they_can_be() -> None:
    assert unpack(Wide, pack(Wide(10**40, "\ud800"))) == Wide(int(1e40), "\ud800")
