"""Which spans become bullets: what may be cut, what is never shown, which story is told, and laws for any text."""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import bullets, figures, rank, sentences
from summarizer.model import Bullet, Document, Figure, FigureKind, Sentence, SentenceKind

CALL_UP = (Path(__file__).parents[1] / "data" / "call-up.txt").read_text("utf-8")


def document(text: str, language: str = "en", witness: int = 0, title: str = "") -> Document:
    split = sentences.split(text, language)
    return Document(text, split, figures.extract(split, None, language), witness, language, title)


def chosen(text: str, **asked: object) -> list[str]:
    return [bullet.text for bullet in bullets.choose([document(text)], **asked)]  # type: ignore[arg-type]  # as asked


# ---------------------------------------------------------------- a topic's story, and not the others


@pytest.fixture(scope="module")
def call_up() -> tuple[Bullet, ...]:
    return bullets.choose([document(CALL_UP)], topic="draft", count=4)


def test_the_first_bullet_is_the_figure_with_its_series(call_up: tuple[Bullet, ...]) -> None:
    assert call_up[0].text.startswith("In an order signed on Tuesday")
    assert {figure.value for figure in call_up[0].figures} >= {42000, 39500, 37000, 35250}


def test_a_sentence_that_says_less_with_the_same_figure_gives_way(call_up: tuple[Bullet, ...]) -> None:
    assert not any("despite promising a truce" in bullet.text for bullet in call_up)


def test_the_losses_the_ages_and_the_denial_are_told(call_up: tuple[Bullet, ...]) -> None:
    told = " ".join(bullet.text for bullet in call_up)
    assert "“probably” lost more than 61,000" in told
    assert "aged 19-27" in told
    assert "denied any link" in told or "in no way linked" in told


@pytest.mark.parametrize("topic", ["draft", "drafts", "conscription", "Baltian draft", "the draft"])
def test_other_stories_of_the_article_stay_out(topic: str) -> None:
    told = " ".join(chosen(CALL_UP, topic=topic, count=8))
    assert "conscription at 42,000" in told
    assert not any(word in told for word in ("steel", "copper", "ferry", "Oldport", "trade minister"))


def test_another_topic_of_the_same_article_gets_its_own_story() -> None:
    told = " ".join(chosen(CALL_UP, topic="steel duty", count=3))
    assert "15 per cent" in told
    assert "conscript" not in told


def test_a_topic_that_no_sentence_names_leaves_the_choice_to_the_story() -> None:
    assert chosen(CALL_UP, topic="zeppelin", count=3)


def test_bullets_with_key_figures_come_first() -> None:
    has_figure = [bool(bullet.figures) for bullet in bullets.choose([document(CALL_UP)], topic="draft", count=6)]
    assert has_figure == sorted(has_figure, reverse=True)


def test_the_best_comes_first_where_no_topic_is_asked_for() -> None:
    text = (
        "Harbour Bridge fell into the river in Oslo on Monday as a storm hit the town.\n\n"
        "The storm over Oslo, the worst of the year, tore the bridge from its piers into the river.\n\n"
        "A poll named the bridge one of the 40 finest in Norway, and 3,000 people crossed it every day."
    )
    assert chosen(text, count=3)[0].startswith("Harbour Bridge fell")


def test_the_title_told_again_is_no_bullet() -> None:
    text = "Harbour bridge falls into the river in Oslo. Nobody was on the bridge in Oslo at the time of its fall."
    titled = document(text, title="Harbour bridge falls into the river in Oslo: what we know")
    assert len(chosen(text)) == 2
    assert [bullet.text for bullet in bullets.choose([titled])] == [text.split(". ")[1]]


def test_heading_caption_and_newsletter_are_never_bullets() -> None:
    told = " ".join(chosen(CALL_UP, count=30))
    assert not any(words in told for words in ("live report", "Jonna Weil", "newsletter"))


# ---------------------------------------------------------------- what may be cut

# What goes stands in braces; from the end goes who said it, or "(pictured)".
CUTS = """
{KYIV, Ukraine (AP) — }Two bridges over the river were closed on Monday.
{Sanaa, Yemen (CNN)}Two bridges over the river were closed on Monday.
{(CNN)}Two bridges over the river were closed on Monday.
{LONDON, Jan. 3 (Reuters) - }Shares of the bank fell by a tenth.
{WASHINGTON — }The House passed the bill with nine votes.
{10:42 GMT – }The minister said nobody was hurt in the fire.
{10.42am BST: }The minister said nobody was hurt in the fire.
10:42 was when the bridge over the river fell on Monday.
{NEW DELHI: }The court heard the case of the two brothers.
The World Health Organization (WHO) said the outbreak was over.
NATO — the alliance of 32 countries — has no plan of the kind.
{However, }the bridge was closed to lorries in the spring.
{But }the bridge was closed to lorries in the spring.
But for the rain the bridge would have been closed by then.
{(Pictured) }the bridge that was closed to lorries in spring.
The bridge was closed by its owner, Tom Hale{ (pictured).}
The bridge was closed by its owner (and by nobody else).
Nine houses were lost in the fire{, the police said.}
Nine houses were lost in the fire{, according to the mayor.}
Nine houses were lost in the fire{, said Tom Hale.}
“Nine houses were lost in the fire,”{ the mayor said on Monday.}
“Nine houses were lost in the fire,” she said.
“Nine houses were lost, the police said.
Nine houses were lost in the fire, the mayor told 40 reporters.
Nine houses were lost in the fire, the police claimed.
Nine houses may have been lost, at least.
The mayor, who took office in May, said taxes would rise.
“We will build it,” Tom Hale, head of the port, said in a statement.
The bridge, a landmark of the town, said nothing to Tom Hale.
The minister resigned, which the paper reported.
The bridge was closed, and the police said.
Taxes would rise in the spring{, said the mayor.}
"""


@pytest.mark.parametrize("marked", CUTS.strip().splitlines())
def test_only_dateline_connective_pictured_and_attribution_are_cut(marked: str) -> None:
    (found,) = bullets.candidates(document(re.sub("[{}]", "", marked)))
    assert found.text == re.sub("{.*?}", "", marked)
    cut = re.search(r"{,? ([^()]*)\.}\Z", marked)
    assert found.speaker == (cut[1] if cut else "")


def test_a_bullet_keeps_the_figures_of_its_span_alone() -> None:
    text = "OSLO, May 17 (AFP) — At least 40 houses burned down in the valley."
    (bullet,) = bullets.choose([document(text)])
    assert [text[slice(*figure.span)] for figure in bullet.figures] == ["40"]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Too short.", id="short"),
        pytest.param("The mayor of the old town by the river said the following:", id="announces a list"),
        pytest.param("It went on" + " and on" * 60, id="over the hard limit"),
    ],
)
def test_what_cannot_stand_alone_is_no_bullet(sentence: str) -> None:
    assert chosen(sentence) == []


def test_short_sentences_are_enough_where_a_character_is_a_word() -> None:
    text = "总统周一宣布征召十六万人入伍。"
    assert [bullet.text for bullet in bullets.choose([document(text, "zh")])] == [text]


# ---------------------------------------------------------------- how much a figure tells


def figure(kind: FigureKind, value: float | tuple[float, float]) -> Figure:
    return Figure((0, 1), 0, kind, value, "-")


@pytest.mark.parametrize(
    ("kind", "value", "is_key"),
    [
        (FigureKind.COUNT, 160000, True),
        (FigureKind.COUNT, (20, 30), True),
        (FigureKind.COUNT, 7, False),
        (FigureKind.COUNT, 2, False),
        (FigureKind.MONEY, 3, True),
        (FigureKind.PERCENT, 2, True),
        (FigureKind.AGE, (18, 30), True),
        (FigureKind.AGE, 54, False),
        (FigureKind.DURATION, 3, False),
    ],
)
def test_money_percentages_and_large_counts_are_key_figures(
    kind: FigureKind, value: float | tuple[float, float], is_key: bool
) -> None:
    assert (bullets.figure_weight(figure(kind, value)) >= bullets.KEY_FIGURE) is is_key


# ---------------------------------------------------------------- several documents

FLOOD = (
    "A dam near Karsk broke on Sunday night and flooded four villages in the valley below. "
    "At least 31 people died and 1,200 lost their homes, the governor said. "
    "Rescuers used boats to reach families on rooftops.",
    "Thirty-one people were killed when the dam near Karsk broke on Sunday night, officials said. "
    "Some 1,200 people have lost their homes in four villages. "
    "A farmer, Oleh Brama, said he had warned the water board about cracks for years.",
    "The water board rejected claims that it had ignored cracks in the dam near Karsk. "
    "Four villages were flooded when the dam broke on Sunday night. "
    "The board plans to inspect all 57 dams of the region before winter.",
)


def test_what_witnesses_share_comes_first_and_is_told_once() -> None:
    told = [
        bullet.text for bullet in bullets.choose([document(text, witness=at) for at, text in enumerate(FLOOD)])
    ]
    assert sum("1,200" in text for text in told) == 1
    assert sum("broke on Sunday night" in text for text in told) <= 2
    assert len(told) >= 3


def test_the_order_of_documents_does_not_matter() -> None:
    docs = [document(text, witness=at) for at, text in enumerate(FLOOD)]
    forward = bullets.choose(docs)
    backward = bullets.choose(docs[::-1])
    assert [bullet.text for bullet in forward] == [bullet.text for bullet in backward]
    assert [bullet.doc for bullet in forward] == [len(docs) - 1 - bullet.doc for bullet in backward]


def test_a_reprint_adds_no_bullet_and_no_weight() -> None:
    docs = [document(text, witness=at) for at, text in enumerate(FLOOD)]
    with_reprint = bullets.choose(
        [*docs, document(FLOOD[2] + " The board declined to say more about it.", witness=2)]
    )
    assert len({bullet.text for bullet in with_reprint}) == len(with_reprint)


@pytest.mark.parametrize("ranker", rank.RANKERS)
def test_every_ranker_can_be_chosen(ranker: str) -> None:
    told = chosen(CALL_UP, count=3, ranker=ranker)
    assert len(told) == 3


def test_no_documents_give_no_bullets() -> None:
    assert bullets.choose([]) == ()
    assert chosen("") == []


# ---------------------------------------------------------------- laws

PIECES = st.sampled_from(
    [
        "The council met on Monday to debate the new budget of the town. ",
        "At least 1,200 people lost their homes in the flood, officials said. ",
        "“We will not sell the land,” the mayor told reporters. ",
        "However, 45% of voters were against the plan, according to a poll. ",
        "Read more: the budget in charts. ",
        "By Ann Reed\n\n",
        "\n\n",
        "He denied it. ",
        "Προειδοποίησε ότι 300 άτομα κινδυνεύουν από τη φωτιά στο βουνό. ",
        "שלוש מאות איש פונו מבתיהם בעקבות השריפה ביום ראשון. ",
        "\x00\u202e🙂 ",
    ]
)
ARTICLES = st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=14).map("".join)


@given(st.lists(ARTICLES, max_size=3), st.sampled_from(["", "flood", "council budget", "🙂"]), st.integers(0, 6))
@settings(max_examples=60)
def test_bullets_are_exact_spans_of_single_sentences(texts: Sequence[str], topic: str, count: int) -> None:
    docs = [document(text, sentences.detect_language(text), at) for at, text in enumerate(texts)]
    found = bullets.choose(docs, topic=topic, count=count)
    assert len(found) <= count
    assert found == bullets.choose(docs, topic=topic, count=count)
    for bullet in found:
        doc = docs[bullet.doc]
        sentence = doc.sentences[bullet.sentence]
        assert doc.text[bullet.start : bullet.end] == bullet.text
        assert sentence.start <= bullet.start < bullet.end <= sentence.end
        assert sentence.kind is SentenceKind.BODY
        assert len(bullet.text) <= bullets.HARD_LENGTH
        assert all(bullet.start <= one.span[0] < one.span[1] <= bullet.end for one in bullet.figures)


@given(st.permutations((*FLOOD, CALL_UP)))
@settings(max_examples=12)
def test_any_order_of_the_documents_gives_the_same_bullets(texts: Sequence[str]) -> None:
    expected = [
        bullet.text for bullet in bullets.choose([document(text, witness=len(text)) for text in sorted(texts)])
    ]
    assert [b.text for b in bullets.choose([document(text, witness=len(text)) for text in texts])] == expected


def test_a_hundred_thousand_sentences_are_bounded() -> None:
    sentence = "The council of ward 7 met on Monday to debate it. "
    split = tuple(
        Sentence(at, at + len(sentence) - 1, sentence[:-1])
        for at in range(0, 100_000 * len(sentence), len(sentence))
    )
    assert len(bullets.choose([Document(sentence * 100_000, split)], count=2)) == 1


def test_naming_the_job_loads_neither_numpy_nor_sumy() -> None:
    check = (
        "import sys; from summarizer.bullets import choose; sys.exit(bool({'numpy', 'sumy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_a_sentence_that_a_feed_broke_off_is_no_bullet_where_there_is_another() -> None:
    whole = "The harbour board fined the ferry company 4 million crowns on Monday."
    broken = "The company had agreed in May that its ferries would call at the outer islands, and..."
    assert chosen(f"{whole} {broken}") == [whole]
    assert chosen(f"{whole} {broken[:-3]} […]") == [whole]
    assert chosen(broken) == [broken]
