"""Stories become a brief: bullets with their sources, the series beside them, conflicts in sight. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from bot.model import (
    ACCOUNTS_SHOWN,
    DISPUTED_SHOWN,
    Article,
    Brief,
    BriefBullet,
    BriefStory,
    Observation,
    Point,
    Series,
    Source,
    Story,
    Told,
    independent,
)
from summarizer.bullets import is_cut_off
from summarizer.denial import denies_again, denies_link
from summarizer.model import Bullet, Document, Figure, FigureKind, SentenceKind, Status

LONGEST_BULLET = 320
_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?![\w.,-]*\d)|(?<![\w.,-])\d+(?![\w.,-]*\d)")
_SMALL_NUMBER = re.compile(r"one|two|three|four|five|six|seven|eight|nine", re.IGNORECASE)
"""A few, counted in a word, catch no eye: "one lawmaker camped outside"."""

CHANGES_TOLD = 4
"""So many changed figures are told of a story that a chat knows."""

SOURCES_A_BULLET = 4
"""So many outlets are named behind one bullet; the story's header counts them all."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a brief says of one story is made of: its articles, oldest first, its bullets and its ledger."""

    story: Story
    articles: tuple[Article, ...]
    bullets: tuple[Bullet, ...]
    ledger: tuple[Series, ...]


def told_by(articles: Iterable[Article], ledger: Iterable[Series]) -> tuple[Series, ...]:
    """Return the series that the articles tell of, without those that earlier stories of their saga alone do."""
    ids = {article.id for article in articles}
    return tuple(
        series
        for series in ledger
        if any(seen.article_id in ids for point in series.points for seen in point.observations)
    )


def key(topic: str, stories: Iterable[Story], parts: str = "") -> str:
    """Return what a brief is stored under: equal for everybody who asks while its stories stay as they are."""
    told = "|".join(f"{story.id}.{story.version}" for story in stories)
    return blake2b(f"{topic.casefold()}\n{told}\n{parts}".encode(), digest_size=12).hexdigest()


def compose(topic: str, materials: Sequence[Material], now: datetime, note: str = "") -> Brief:
    """Return the brief on `topic` as it stands at `now`, still without its id.

    Sources are numbered through the whole brief in the order in which they are cited.
    """
    numbers: dict[int, int] = {}
    stories = tuple(_tell(material, numbers) for material in materials)
    return Brief(id="", topic=topic, asked_at=now, stories=stories, note=note)


def _tell(material: Material, numbers: dict[int, int]) -> BriefStory:
    story, articles = material.story, material.articles
    outlets = {article.outlet for article in articles}
    made = BriefStory(
        story_id=story.id,
        version=story.version,
        title=headlined(articles, material.ledger),
        outlets=len(outlets),
        witnesses=independent(articles),
        updated_at=max(article.published_at for article in articles),
        bullets=_with_series(material, numbers),
        sources=(),
        series=material.ledger,
    )
    _number_accounts(made, numbers)
    return replace(made, sources=_sources(articles, numbers))


def _number_accounts(story: BriefStory, numbers: dict[int, int]) -> None:
    """Number the sources of the disputes that are shown."""
    keys = _keys_shown(story)
    for series in (series.shown for series in story.series if series.key in keys):
        for point in (point for group in series.conflicts for point in group[:ACCOUNTS_SHOWN]):
            _number(point.observations, numbers)


def _keys_shown(story: BriefStory) -> set[str]:
    """The series that stand open: those of the bullets, and the weightiest of the others that are disputed."""
    opened = (bullet.series for bullet in story.bullets if bullet.series)
    return {series.key for series in (*opened, *story.disputed[:DISPUTED_SHOWN])}


def headlined(articles: Sequence[Article], ledger: Sequence[Series]) -> str:
    """Return the first headline; where a later value overtook a number in it, the newest that is still true."""
    newest = {_ends(series.points[-1]) for series in ledger if is_telling(series)}
    overtaken = {_ends(point) for series in ledger for point in series.points[:-1]} - newest
    if overtaken.isdisjoint(_numbers(articles[0].title)):
        return articles[0].title
    true = (article.title for article in reversed(articles) if overtaken.isdisjoint(_numbers(article.title)))
    return next(true, articles[0].title)


def _numbers(title: str) -> set[float]:
    """The whole numbers of a headline."""
    return {float(found.replace(",", "")) for found in _NUMBER.findall(title)}


def _ends(point: Point) -> float:
    return point.value[1] if isinstance(point.value, tuple) else point.value


def _with_series(material: Material, numbers: dict[int, int]) -> tuple[BriefBullet, ...]:
    told: set[str] = set()
    bullets = []
    for bullet in material.bullets:
        article = material.articles[bullet.doc]
        series = _telling_series(bullet, article, material.ledger, told)
        if series:
            told.add(series.key)
        bullets.append(_bullet(bullet, article, material, series, numbers))
    return tuple(bullets)


def _bullet(
    bullet: Bullet, article: Article, material: Material, series: Series | None, numbers: dict[int, int]
) -> BriefBullet:
    witnesses = [article, *_agreeing(bullet, article, material)]
    for witness in witnesses:
        numbers.setdefault(witness.id, len(numbers) + 1)
    if series:
        for point in series.shown.points:
            _number(point.observations, numbers)
    return BriefBullet(
        text=bullet.text,
        sources=tuple(numbers[witness.id] for witness in witnesses),
        article_id=article.id,
        start=bullet.start,
        end=bullet.end,
        speaker=bullet.speaker,
        bold=_bold(bullet),
        series=series,
    )


def _number(observations: Sequence[Observation], numbers: dict[int, int]) -> None:
    for observation in observations[:1]:
        numbers.setdefault(observation.article_id, len(numbers) + 1)


def _agreeing(bullet: Bullet, article: Article, material: Material) -> list[Article]:
    """Return other articles that state the bullet's leading figure or denial, each witness before any reprint."""
    stating = next(
        (
            {seen.article_id for seen in p.observations if _as_denied(seen.figure) == _as_denied(f)}
            for f in headline(bullet.figures)
            for s in material.ledger
            for p in s.points
            if _states(p.observations, article.id, f)
        ),
        set(),
    )
    if not bullet.figures and denies_link(bullet.text):
        stating = {other.id for other in material.articles if _denies_too(bullet, other)}
    others = [other for other in material.articles if other.id in stating - {article.id}]
    others = [other for other in others if other.outlet != article.outlet]
    heard = {article.copy_group}
    others.sort(key=lambda other: (other.copy_group in heard, other.published_at, other.id))
    return others[: SOURCES_A_BULLET - 1]


def _states(observations: Sequence[Observation], article_id: int, figure: Figure) -> bool:
    return any(o.article_id == article_id and o.figure.span == figure.span for o in observations)


def _as_denied(figure: Figure) -> bool:
    return figure.status is Status.DENIED


def _denies_too(bullet: Bullet, article: Article) -> bool:
    """Whether an article tells, as the bullet does, that a party denies a link between two things."""
    bodies = (one.text for one in article.sentences if one.kind is SentenceKind.BODY)
    return denies_link(article.text) and any(denies_again(bullet.text, text) for text in bodies)


def headline(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the figures a sentence is about: no comparators from earlier years, no durations beside counts."""
    newest = max((figure.as_of.end for figure in figures if figure.as_of), default="")
    telling = [f for f in figures if f.kind is not FigureKind.DURATION and not (f.as_of and f.as_of.end < newest)]
    return tuple(telling) or tuple(figures)


def _bold(bullet: Bullet) -> tuple[tuple[int, int], ...]:
    spans = ((figure.span[0] - bullet.start, figure.span[1] - bullet.start) for figure in headline(bullet.figures))
    return tuple((start, end) for start, end in spans if not _SMALL_NUMBER.fullmatch(bullet.text[start:end]))


def _telling_series(bullet: Bullet, article: Article, ledger: Sequence[Series], told: set[str]) -> Series | None:
    """Return the series with most to show among those that this bullet states and that was not shown yet."""
    stated = _series_of(bullet, article, ledger) - told
    fitting = [series for series in ledger if series.key in stated]
    return max(fitting, key=lambda series: (len(series.points), len(series.conflicts)), default=None)


def is_telling(series: Series) -> bool:
    """Whether a series says more than its one figure does: a history, or a conflict."""
    return len(series.points) > 1 or bool(series.conflicts)


def _sources(articles: Sequence[Article], numbers: dict[int, int]) -> tuple[Source, ...]:
    groups = {group: place for place, group in enumerate(dict.fromkeys(a.copy_group for a in articles), start=1)}
    cited = [
        Source(
            number=numbers[article.id],
            article_id=article.id,
            outlet=article.outlet,
            title=article.title,
            url=article.url,
            published_at=article.published_at,
            witness=groups[article.copy_group],
        )
        for article in articles
        if article.id in numbers
    ]
    return tuple(sorted(cited, key=lambda source: source.number))


# ---------------------------------------------------------------- what is new for one chat


def told(made: Brief) -> dict[int, Told]:
    """Return, by story id, what a chat has been told once it has this brief."""
    return {story.story_id: Told(story.version, _values(story), story.witnesses) for story in made.stories}


def versions(made: Brief) -> tuple[tuple[int, int], ...]:
    """Return every story of a brief with the version that it tells."""
    return tuple((story.story_id, story.version) for story in made.stories)


def stale(made: Brief, before: Mapping[int, Told]) -> frozenset[int]:
    """Return the stories of which a chat was told all: only reprints came since, and no figure changed (D9)."""
    known = (story for story in made.stories if story.story_id in before)
    return frozenset(story.story_id for story in known if not _has_news(story, before[story.story_id]))


def _has_news(story: BriefStory, before: Told) -> bool:
    return bool(_changed(story, before)) or story.witnesses != before.witnesses


def with_updates(made: Brief, before: Mapping[int, Told]) -> Brief:
    """Return the brief with what changed in every story that the chat knows already (D9)."""
    stories = tuple(
        replace(story, update=_update(story, before[story.story_id])) if story.story_id in before else story
        for story in made.stories
    )
    return replace(made, stories=stories)


def news(updated: Brief) -> tuple[str, ...]:
    """Return a line for each story that changed since the chat's last briefing."""
    return tuple(f"{story.title}: {story.update}" for story in updated.stories if story.update)


def _update(story: BriefStory, before: Told) -> str:
    changed = _changed(story, before)
    rest = len(changed) - CHANGES_TOLD
    told = [*changed[:CHANGES_TOLD], *([f"{rest} more figures changed"] if rest > 0 else [])]
    return "; ".join(told) or "more reports, the figures stand"


def _changed(story: BriefStory, before: Told) -> list[str]:
    """What became of the figures that were told; what its sources took back is a correction (D10)."""
    return [
        f"{'correction: ' if series.revised else ''}{series.label} {before.values[series.key]} → {value}"
        for series in story.series
        if before.values.get(series.key, value := _value(series)) != value
    ]


def _values(story: BriefStory) -> dict[str, str]:
    return {series.key: _value(series) for series in story.series}


def _value(series: Series) -> str:
    """The newest value in its source's words; those of all accounts where sources differ on it."""
    newest = series.points[-1]
    accounts = (group for group in series.conflicts if group[0].observations == newest.observations)
    told = [*dict.fromkeys(point.observations[0].quoted for point in next(accounts, (newest,)))]
    rest = [f"{len(told) - ACCOUNTS_SHOWN} more"] if len(told) > ACCOUNTS_SHOWN else []
    return " or ".join([*told[:ACCOUNTS_SHOWN], *rest])


def shown(story: BriefStory) -> Iterator[tuple[Series, tuple[Point, ...]]]:
    """Yield each series with those of its points that a story's bullets and the lines below them show."""
    keys = _keys_shown(story)
    for series in story.series:
        course = series.shown.points if series.key in keys else ()
        yield series, tuple(point for point in series.points if point in course or _is_quoted(point, story))


def _is_quoted(point: Point, story: BriefStory) -> bool:
    return any(_quotes(bullet, point) for bullet in story.bullets)


def _quotes(bullet: BriefBullet, point: Point) -> bool:
    spans = (seen.figure.span for seen in point.observations if seen.article_id == bullet.article_id)
    return any(bullet.start <= start and end <= bullet.end for start, end in spans)


# ---------------------------------------------------------------- choosing


def select(
    bullets: Sequence[Bullet],
    articles: Sequence[Article],
    ledger: Sequence[Series],
    count: int,
    asked: Series | None = None,
) -> tuple[Bullet, ...]:
    """Return the `count` bullets to show: those that open a series with a history or a conflict, then others.

    A bullet that only repeats series that are open makes room for the next one. A series that independent
    witnesses tell and no bullet opens gets the sentence of its first witness. The series that is `asked` for
    leads, with its newest value (T15).
    """
    opening: list[Bullet] = []
    others: list[Bullet] = []
    told: set[str] = set()
    for bullet in sorted(bullets, key=lambda bullet: not _is_news(bullet, articles[bullet.doc], ledger)):
        states = _series_of(bullet, articles[bullet.doc], ledger)
        if states - told:
            opens = [series for series in ledger if series.key in states - told]
            opening.append(_up_to_date(bullet, opens, articles))
            states |= _series_of(opening[-1], articles[opening[-1].doc], ledger)
        elif not states and not any(denies_again(bullet.text, other.text) for other in others):
            others.append(bullet)
        told |= states
    missing = [series for series in ledger if series.key not in told and is_telling(series) and _heard(series) > 1]
    opening += [bullet for bullet in (_opened(series, articles) for series in missing) if bullet]
    return _led(opening + others, asked, articles)[:count]


def _led(bullets: Sequence[Bullet], asked: Series | None, articles: Sequence[Article]) -> tuple[Bullet, ...]:
    """Return the bullets, first the one that states the newest value asked for, else the sentence that does."""
    newest = asked.points[-1].observations if asked else ()
    stating = (one for one in bullets if any(_states(newest, articles[one.doc].id, f) for f in one.figures))
    lead = next(stating, _opened(asked, articles) if asked else None)
    return (*([lead] if lead else []), *(bullet for bullet in bullets if bullet != lead))


def _is_news(bullet: Bullet, article: Article, ledger: Sequence[Series]) -> bool:
    """Whether the bullet states the newest value of a series that has a history or a conflict."""
    return any(
        is_telling(series) and any(_states(series.points[-1].observations, article.id, f) for f in bullet.figures)
        for series in ledger
    )


def _up_to_date(bullet: Bullet, opens: Sequence[Series], articles: Sequence[Article]) -> Bullet:
    """Return the bullet; for one that opens one series with an older value, the sentence with the newest."""
    if len(opens) > 1 or _is_news(bullet, articles[bullet.doc], opens):
        return bullet
    return _opened(opens[0], articles) or bullet


def _heard(series: Series) -> int:
    """Return by how many independent witnesses a value of the series is told, at most."""
    return max(point.witnesses for point in series.points)


def _opened(series: Series, articles: Sequence[Article]) -> Bullet | None:
    """Return the first sentence that states the newest value of a series and is short enough for a bullet."""
    for seen in series.points[-1].observations:
        doc = next((place for place, article in enumerate(articles) if article.id == seen.article_id), None)
        if doc is not None and len(seen.sentence) <= LONGEST_BULLET and not is_cut_off(seen.sentence):
            sentence = seen.figure.sentence
            stated = tuple(figure for figure in articles[doc].figures if figure.sentence == sentence)
            return Bullet(doc, seen.offset, seen.offset + len(seen.sentence), seen.sentence, sentence, "", stated)
    return None


def _series_of(bullet: Bullet, article: Article, ledger: Sequence[Series]) -> set[str]:
    """Return the keys of the telling series that a bullet states a value of."""
    return {
        series.key
        for series in ledger
        if is_telling(series)
        and any(_states(p.observations, article.id, f) for p in series.points for f in bullet.figures)
    }


def in_order(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return articles as a brief cites them: oldest first, so that a witness is quoted before its copies."""
    return tuple(sorted(articles, key=lambda article: (article.published_at, article.id)))


def document(article: Article) -> Document:
    """Return what the summarizer needs of an article."""
    return Document(
        text=article.text,
        sentences=article.sentences,
        figures=article.figures,
        witness=article.copy_group,
        language=article.language,
        title=article.title,
    )
