"""What a brief is made of: citations in order, the series beside the bullet, what is new for one chat."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import brief
from bot.model import Article, Observation, Point, Series, Story, Told
from summarizer.model import Bullet, Figure, FigureKind, Period, Sentence, Status

NOON = datetime(2025, 4, 1, 12, tzinfo=UTC)
TEXT = "The rail authority sold 5,200 season passes in 2024. It sold 4,100 in 2023 over 3 years."
SOLD = Figure((24, 29), 0, FigureKind.COUNT, 5200, "pass", "season passes", "pass", as_of=Period("2024", "2024"))
BEFORE = Figure((61, 66), 1, FigureKind.COUNT, 4100, "pass", "season passes", "pass", as_of=Period("2023", "2023"))
YEARS = Figure((80, 87), 1, FigureKind.DURATION, 3, "year")


def article(number: int, outlet: str = "Northern Rail News", group: int = 0, hours: int = 0) -> Article:
    return Article(
        id=number,
        url=f"https://{number}.example/passes",
        title=f"Passes {number}",
        outlet=outlet,
        text=TEXT,
        published_at=NOON + timedelta(hours=hours),
        retrieved_at=NOON,
        copy_group=group or number,
    )


def observed(by: Article, figure: Figure) -> Observation:
    sentence = TEXT[:52] if figure.sentence == 0 else TEXT[53:]
    offset = 0 if figure.sentence == 0 else 53
    return Observation(
        by.id, by.copy_group, by.outlet, by.url, by.title, by.published_at, sentence, offset, figure
    )


def point(figure: Figure, *by: Article) -> Point:
    told = tuple(observed(witness, figure) for witness in by)
    return Point(figure.value, "=", "2024", told, len({witness.copy_group for witness in by}))


def series(key: str, *points: Point, conflicts: tuple[tuple[Point, ...], ...] = ()) -> Series:
    return Series(key, "season passes", "pass", points, conflicts)


def bullet(doc: int, *figures: Figure, start: int = 0, end: int = 52) -> Bullet:
    return Bullet(doc, start, end, TEXT[start:end], 0, figures=figures)


def material(articles: tuple[Article, ...], bullets: tuple[Bullet, ...], *ledger: Series) -> brief.Material:
    story = Story(7, 3, "Season passes sell", tuple(a.id for a in articles), NOON, NOON)
    return brief.Material(story, articles, bullets, ledger)


def test_a_brief_counts_outlets_and_independent_witnesses() -> None:
    told = (article(1, "A", 1), article(2, "B", 1), article(3, "C", 3, hours=2))
    made = brief.compose("passes", [material(told, (bullet(0, SOLD),))], NOON)
    (story,) = made.stories
    assert (story.outlets, story.witnesses) == (3, 2)
    assert story.updated_at == NOON + timedelta(hours=2)
    assert (made.topic, made.asked_at, made.id, made.note) == ("passes", NOON, "", "")


def test_an_outlet_that_tells_it_twice_is_one_witness_beside_a_report_that_others_print() -> None:
    printed = tuple(article(number, outlet, 1) for number, outlet in enumerate("ABC", 1))
    twice = (article(4, "D"), article(5, "D"))
    for more, outlets, witnesses in (((), 4, 2), ((article(6, "A"),), 4, 3), ((article(6, "D", 1),), 4, 3)):
        (story,) = brief.compose("", [material((*printed, *twice, *more), ())], NOON).stories
        assert (story.outlets, story.witnesses) == (outlets, witnesses)


def test_a_bullet_cites_the_quoted_article_then_each_witness_then_reprints() -> None:
    told = (article(1, "A", 1), article(2, "B", 1), article(3, "C", 3, hours=1), article(4, "A", 4))
    ledger = series("sold", point(SOLD, *told))
    (story,) = brief.compose("", [material(told, (bullet(0, SOLD),), ledger)], NOON).stories
    cited = [next(s for s in story.sources if s.number == n) for n in story.bullets[0].sources]
    assert [source.outlet for source in cited] == ["A", "C", "B"]
    assert [source.witness for source in cited] == [1, 2, 1]


def test_sources_are_numbered_through_all_stories_of_a_brief() -> None:
    first = material((article(1),), (bullet(0, SOLD),))
    second = material((article(2),), (bullet(0, SOLD),))
    made = brief.compose("", [first, second], NOON)
    assert [source.number for story in made.stories for source in story.sources] == [1, 2]


def test_a_series_is_shown_once_beside_the_first_bullet_that_states_it() -> None:
    one = article(1)
    ledger = series("sold", point(BEFORE, one), point(SOLD, one))
    bullets = (bullet(0, SOLD), bullet(0, SOLD, BEFORE))
    (story,) = brief.compose("", [material((one,), bullets, ledger)], NOON).stories
    assert [shown.series for shown in story.bullets] == [ledger, None]


def test_a_single_value_is_no_series_worth_showing_but_a_conflict_is() -> None:
    one, two = article(1), article(2, "Other")
    alone = series("sold", point(SOLD, one))
    differing = series("years", point(YEARS, one), conflicts=((point(YEARS, one), point(YEARS, two)),))
    made = brief.compose("", [material((one, two), (bullet(0, SOLD, YEARS),), alone, differing)], NOON)
    assert made.stories[0].bullets[0].series is differing
    assert {source.outlet for source in made.stories[0].sources} == {"Northern Rail News", "Other"}


def test_a_figure_that_no_series_holds_is_cited_by_its_own_article_alone() -> None:
    (story,) = brief.compose("", [material((article(1), article(2, "B")), (bullet(0, SOLD),))], NOON).stories
    assert story.bullets[0].sources == (1,)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        pytest.param((SOLD, BEFORE), (SOLD,), id="comparators from earlier years stay plain"),
        pytest.param((YEARS, SOLD), (SOLD,), id="a duration beside a count stays plain"),
        pytest.param((YEARS,), (YEARS,), id="a duration alone is the headline"),
        pytest.param((), (), id="no figures, nothing bold"),
    ],
)
def test_headline(figures: tuple[Figure, ...], expected: tuple[Figure, ...]) -> None:
    assert brief.headline(figures) == expected


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        pytest.param(
            ("Railway sells 4,100", "More sold", "Sales of 5,200"), "Sales of 5,200", id="the newest true one"
        ),
        pytest.param(("Railway sells 5,200", "More sold"), "Railway sells 5,200", id="the first, where it holds"),
        pytest.param(("Season passes", "Sales of 5,200"), "Season passes", id="the first, where it has no number"),
        pytest.param(
            ("Railway sells 4,100", "All 4,100 sold"), "Railway sells 4,100", id="the first, where none holds"
        ),
    ],
)
def test_a_headline_that_a_later_value_overtook_gives_way(titles: tuple[str, ...], expected: str) -> None:
    told = tuple(replace(article(place + 1, hours=place), title=title) for place, title in enumerate(titles))
    ledger = series("sold", point(BEFORE, told[0]), point(SOLD, told[-1]))
    (story,) = brief.compose("", [material(told, (), ledger)], NOON).stories
    assert story.title == expected


def test_a_range_overtakes_a_headline_too() -> None:
    told = (replace(article(1), title="Up to 40 hurt"), replace(article(2, hours=1), title="Dozens hurt"))
    ranged = replace(point(BEFORE, told[0]), value=(30.0, 40.0))
    (story,) = brief.compose("", [material(told, (), series("hurt", ranged, point(SOLD, told[1])))], NOON).stories
    assert story.title == "Dozens hurt"


def test_a_series_that_only_earlier_stories_tell_stays_out_of_a_brief() -> None:
    here, before = series("sold", point(SOLD, article(1))), series("old", point(BEFORE, article(9)))
    assert brief.told_by((article(1),), (here, before)) == (here,)


def test_a_few_counted_in_a_word_are_not_bold() -> None:
    text = "Two ministers saw 41 homes."
    few, many = (
        Figure(span, 0, FigureKind.COUNT, value, "-") for span, value in (((0, 3), 2.0), ((18, 20), 41.0))
    )
    told = Bullet(0, 0, len(text), text, 0, figures=(few, many))
    (story,) = brief.compose("", [material((article(1),), (told,))], NOON).stories
    assert story.bullets[0].bold == ((18, 20),)


def test_bold_spans_slice_the_bullet() -> None:
    (story,) = brief.compose("", [material((article(1),), (bullet(0, BEFORE, start=53, end=88),))], NOON).stories
    shown = story.bullets[0]
    assert [shown.text[start:end] for start, end in shown.bold] == ["4,100"]


def test_the_key_is_equal_while_the_stories_stay_and_changes_with_their_versions() -> None:
    story = Story(7, 3, "t", (1,), NOON, NOON)
    newer = Story(7, 4, "t", (1, 2), NOON, NOON)
    assert brief.key("Draft", [story]) == brief.key("draft", [story])
    assert len({brief.key("draft", [story]), brief.key("draft", [newer]), brief.key("draft", [story], "3")}) == 3


def test_a_known_story_says_what_changed_since() -> None:
    one = article(1)
    made = brief.compose("", [material((one,), (), series("sold", point(SOLD, one)))], NOON)
    updated = brief.with_updates(made, {7: Told(2, {"sold": "4,900"})})
    assert updated.stories[0].update == "season passes 4,900 → 5,200"
    assert brief.news(updated) == ("Passes 1: season passes 4,900 → 5,200",)
    assert brief.told(made) == {7: Told(3, {"sold": "5,200"}, 1)}
    assert brief.stale(made, {7: Told(2, {"sold": "4,900"}, 1)}) == frozenset()


def test_D10_a_figure_that_was_taken_back_is_corrected_where_it_was_told() -> None:
    revised = replace(series("sold", point(SOLD, article(1))), revised=True)
    made = brief.compose("", [material((article(1),), (), revised)], NOON)
    (story,) = brief.with_updates(made, {7: Told(2, {"sold": "5,900"}, 1)}).stories
    assert story.update == "correction: season passes 5,900 → 5,200"
    assert not brief.with_updates(made, {}).stories[0].update


@pytest.mark.parametrize(
    ("before", "stale"),
    [
        pytest.param(Told(2, {"sold": "5,200"}, 1), {7}, id="a reprint is no news"),
        pytest.param(Told(2, {"sold": "5,200"}, 2), set(), id="another number of witnesses is"),
        pytest.param(Told(2, {"sold": "5,200"}), set(), id="and so is what was not counted when it was told"),
    ],
)
def test_D9_a_story_returns_for_news_alone(before: Told, stale: set[int]) -> None:
    made = brief.compose("", [material((article(1),), (), series("sold", point(SOLD, article(1))))], NOON)
    assert brief.stale(made, {7: before}) == stale
    assert brief.stale(made, {}) == frozenset()


def test_D9_another_account_of_a_figure_that_was_told_is_news() -> None:
    ours, theirs = point(SOLD, article(1)), point(BEFORE, article(2, "B"))
    disputed = series("sold", ours, conflicts=((ours, theirs),))
    made = brief.compose("", [material((article(1), article(2, "B")), (), disputed)], NOON)
    before = Told(2, {"sold": "5,200"}, 2)
    assert brief.stale(made, {7: before}) == frozenset()
    assert brief.with_updates(made, {7: before}).stories[0].update == "season passes 5,200 → 5,200 or 4,100"
    assert brief.stale(made, brief.told(made)) == {7}


def disputed_by(key: str, *outlets: int) -> tuple[tuple[Article, ...], Series]:
    """A series of which each outlet gives another value, and their articles."""
    articles = tuple(article(number, f"Outlet {number}") for number in outlets)
    accounts = tuple(replace(point(SOLD, one), value=5200.0 + one.id) for one in articles)
    return articles, series(key, accounts[0], conflicts=(accounts,))


def test_of_many_disputes_those_of_most_witnesses_are_cited_with_four_accounts_each() -> None:
    sizes = (2, 3, 4, 5, 7)
    made = [disputed_by(f"{size}", *range(10 * size, 11 * size)) for size in sizes]
    articles = tuple(one for told, _ in made for one in told)
    (story,) = brief.compose("", [material(articles, (), *(one for _, one in made))], NOON).stories
    assert [one.key for one in story.disputed] == ["7", "5", "4", "3", "2"]
    cited = [source.article_id for source in story.sources]
    assert cited == [40, 41, 42, 43, 50, 51, 52, 53, 70, 71, 72, 73]
    shown = {one.key: len(points) for one, points in brief.shown(story)}
    assert shown == {"2": 0, "3": 0, "4": 1, "5": 1, "7": 1}


def test_a_long_series_cites_its_first_value_and_the_newest() -> None:
    articles = tuple(article(number, f"Outlet {number}") for number in range(1, 31))
    course = series("sold", *(point(SOLD, one) for one in articles))
    (story,) = brief.compose("", [material(articles, (bullet(0, SOLD),), course)], NOON).stories
    assert [source.article_id for source in story.sources if source.article_id not in (2, 3, 4)] == [
        1,
        *range(26, 31),
    ]


def test_the_dispute_on_the_newest_value_is_shown_before_those_that_more_tell() -> None:
    by = tuple(article(number, f"Outlet {number}") for number in range(1, 9))
    points = tuple(replace(point(SOLD, by[at]), as_of=str(2020 + at)) for at in range(4))
    groups = tuple((one, replace(point(SOLD, *by[at:]), value=1.0)) for at, one in enumerate(points, 1))
    long = series("sold", *points, conflicts=groups)
    assert [group[0].as_of for group in long.shown.conflicts] == ["2020", "2023"]


def test_of_many_changed_figures_four_are_told_and_the_rest_is_counted() -> None:
    one = article(1)
    ledger = tuple(replace(series(f"s{at}", point(SOLD, one)), label=f"passes {at}") for at in range(9))
    made = brief.compose("", [material((one,), (), *ledger)], NOON)
    before = Told(1, {each.key: "4,100" for each in ledger}, 1)
    update = brief.with_updates(made, {7: before}).stories[0].update
    assert update.startswith("passes 0 4,100 → 5,200; passes 1 ")
    assert update.endswith("passes 3 4,100 → 5,200; 5 more figures changed")


def test_of_many_accounts_of_a_figure_that_was_told_four_are_named() -> None:
    told, disputed = disputed_by("sold", *range(1, 8))

    def in_words(account: Point) -> Point:
        (seen,) = account.observations
        worded = seen.sentence.replace("5,200", f"5,20{seen.article_id}")
        return replace(account, observations=(replace(seen, sentence=worded),))

    accounts = tuple(map(in_words, disputed.conflicts[0]))
    made = brief.compose("", [material(told, (), series("sold", accounts[0], conflicts=(accounts,)))], NOON)
    assert brief.told(made)[7].values == {"sold": "5,201 or 5,202 or 5,203 or 5,204 or 3 more"}


def test_a_known_story_whose_figures_stand_says_so() -> None:
    one = article(1)
    made = brief.compose("", [material((one,), (), series("sold", point(SOLD, one)))], NOON)
    assert (
        brief.with_updates(made, {7: brief.told(made)[7]}).stories[0].update == "more reports, the figures stand"
    )


def test_an_unknown_story_is_no_news_of_a_known_one() -> None:
    made = brief.compose("", [material((article(1),), ())], NOON)
    assert brief.with_updates(made, {}) == made
    assert brief.news(made) == ()


def test_articles_are_told_oldest_first() -> None:
    late, early, same = article(1, hours=2), article(3), article(2)
    assert [told.id for told in brief.in_order([late, early, same])] == [2, 3, 1]


def test_a_document_carries_the_copy_group_as_its_witness() -> None:
    made = brief.document(article(4, group=2))
    assert (made.text, made.witness, made.title, made.language) == (TEXT, 2, "Passes 4", "en")


# ---------------------------------------------------------------- choosing


def selected(
    bullets: tuple[Bullet, ...], *ledger: Series, articles: tuple[Article, ...], count: int = 5
) -> list[str]:
    return [chosen.text for chosen in brief.select(bullets, articles, ledger, count)]


def test_the_bullet_with_the_newest_value_opens_the_series_and_repetitions_make_room() -> None:
    one = article(1)
    history, news = bullet(0, BEFORE, start=53, end=88), bullet(0, SOLD)
    plain = bullet(0, start=0, end=18)
    sold = series("sold", point(BEFORE, one), point(SOLD, one))
    assert selected((history, plain, news), sold, articles=(one,)) == [news.text, plain.text]


def test_a_bullet_with_an_older_value_gives_way_to_the_sentence_with_the_newest() -> None:
    one = replace(article(1), figures=(SOLD, BEFORE))
    old = bullet(0, BEFORE, start=53, end=88)
    sold, years = series("sold", point(BEFORE, one), point(SOLD, one)), series("years", point(YEARS, one))
    assert selected((old,), sold, articles=(one,)) == [TEXT[:52]]
    cut_off = replace(sold.points[1].observations[0], sentence="It sold 5,200 season passes, and...")
    untold = replace(sold, points=(sold.points[0], replace(sold.points[1], observations=(cut_off,))))
    assert selected((old,), untold, articles=(one,)) == [old.text], "no sentence tells the newest value"
    twice = replace(old, figures=(BEFORE, YEARS))
    older = replace(years, points=(point(YEARS, one), point(SOLD, article(2))))
    assert selected((twice,), sold, older, articles=(one,)) == [old.text], "it opens another series, too"


def test_no_more_bullets_than_asked_for() -> None:
    assert len(selected((bullet(0), bullet(0, start=1)), articles=(article(1),), count=1)) == 1


DENIALS = (
    "The rail authority denied that the sale had anything to do with the strike.",
    "A statement of the rail authority ruled out any connection with the walkout.",
    "The rail authority sold maps.",
)


def denying(number: int, outlet: str) -> Article:
    text = DENIALS[number - 1]
    return replace(article(number, outlet), text=text, sentences=(Sentence(0, len(text), text),))


def test_a_denial_is_told_once_and_cites_all_who_tell_it() -> None:
    told = tuple(denying(number, outlet) for number, outlet in enumerate("ABC", 1))
    first, again, other = (Bullet(doc, 0, len(text), text, 0) for doc, text in enumerate(DENIALS))
    chosen = brief.select((first, again, other), told, (), 3)
    made = brief.compose("passes", [material(told, chosen)], NOON)
    assert [(one.text, one.sources) for one in made.stories[0].bullets] == [
        (DENIALS[0], (1, 2)),
        (DENIALS[2], (3,)),
    ]


def test_who_only_states_what_is_denied_is_no_source_of_the_denial() -> None:
    denied = replace(SOLD, status=Status.DENIED)
    told = point(SOLD, article(2, "B"), article(3, "C"))
    told = replace(told, observations=(observed(article(1), denied), *told.observations))
    articles = (article(1), article(2, "B"), article(3, "C"))
    for doc, figure, sources in ((0, denied, (1,)), (1, SOLD, (1, 2))):
        made = brief.compose("passes", [material(articles, (bullet(doc, figure),), series("sold", told))], NOON)
        assert made.stories[0].bullets[0].sources == sources


def test_what_independent_witnesses_dispute_is_told_even_where_no_bullet_does() -> None:
    one, two = replace(article(1), figures=(SOLD,)), article(2, "B")
    disputed = series("sold", point(SOLD, one, two), conflicts=((point(SOLD, one), point(BEFORE, two)),))
    assert selected((), disputed, articles=(one, two)) == [TEXT[:52]]


def test_a_sentence_too_long_for_a_bullet_opens_nothing() -> None:
    one, two = article(1), article(2, "B")
    told = tuple(replace(seen, sentence=TEXT[:52] * 9) for seen in point(SOLD, one, two).observations)
    long = series("sold", replace(point(SOLD, one, two), observations=told), point(BEFORE, one))
    unknown = series("other", point(BEFORE, article(9), article(8)), point(SOLD, article(9), article(8)))
    assert selected((), replace(long, points=long.points[::-1]), unknown, articles=(one, two)) == []


def test_T15_the_figure_that_is_asked_for_leads() -> None:
    one = replace(article(1), figures=(SOLD,))
    plain, answer = bullet(0, start=0, end=18), bullet(0, SOLD)
    sold = series("sold", point(BEFORE, one), point(SOLD, one))
    assert brief.select((plain, answer), (one,), (), 2, sold) == (answer, plain)
    (led, _) = brief.select((plain,), (one,), (), 2, sold)
    assert led.text == TEXT[:52], "no bullet states it: the sentence that does is taken"
