"""Where an article belongs: which copy group, which story, or a new one. Only decides; the store files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice

from bot.dedupe.score import CERTAIN, STRANGERS_COSINE, copies, is_dated, mean_cosine, pair_score
from bot.dedupe.terms import WORD, stem
from bot.model import Candidates, Decision, Fingerprint, Member

WINDOW = timedelta(hours=96)
HARD_AGE = timedelta(days=14)
COMPARED_MEMBERS = 12
NEWEST_MEMBERS = 3
"""So many tell whether an article fits as well as twelve do; two stories are compared by more."""

JOIN = 1.0
"""Above even odds, for an article is filed on few members; settling looks again."""

SURE = 2.0
"""A story that each article joined so surely is not taken apart if no other one touches it."""

MERGE = -0.2
"""Where the labelled sets and days agree best, on the mean of all pairs."""

SEVERAL_NAMES = 4
MANY_NAMES = 6
SEVERAL_MEMBERS = 3
"""From so many on, the mean of all pairs costs less than the pairs."""

FEWEST_FIT = 0.3
"""So large a part of all pairs fits in two stories that are one: no single pair carries them."""

SHOWN_TERMS = 4


def decide(fp: Fingerprint, candidates: Candidates, text: str = "") -> Decision:
    """Return the copy group and story of an article among the candidates, with the reason in words.

    A copy goes where its best match is. Else the article joins the open story whose newest members it fits best on
    average, if it fits at all. Ties go to the older story.
    """
    stories = {
        story_id: members
        for story_id, members in sorted(candidates.stories.items())
        if members and is_open(members, fp.published_at, candidates.born_at.get(story_id))
    }
    return _copy(fp, stories) or _join(fp, stories, text)


def is_open(members: Sequence[Member], at: datetime, born_at: datetime | None = None) -> bool:
    """Return whether a story still takes an article of that moment: 96 h from its last, 14 days from its first."""
    if not is_dated(at):
        return True
    times = [member.fingerprint.published_at for member in members]
    if not all(map(is_dated, times)):
        return True
    first = min([*times, born_at] if born_at else times)
    return min(abs(at - time) for time in times) <= WINDOW and abs(at - first) <= HARD_AGE


def story_score(fp: Fingerprint, members: Sequence[Member]) -> float:
    """Return the mean log-odds that an article tells what a story's newest members tell."""
    newest = [member.fingerprint for member in members[-NEWEST_MEMBERS:]]
    if are_strangers([fp], newest):
        return -CERTAIN
    scores = [pair_score(fp, other) for other in newest]
    return sum(scores) / len(scores)


def are_strangers(one: Sequence[Fingerprint], other: Sequence[Fingerprint]) -> bool:
    """Return whether two stories name several people or places each, and neither mentions any of the other's.

    Two countries that argue about one theme share its words; their names tell them apart. Beside one that names
    many, a story that mentions none of them is a stranger even if it is too short to name anybody.
    """
    named, other_named = (frozenset().union(*(fp.entities for fp in prints)) for prints in (one, other))
    fewer, more = sorted((len(named), len(other_named)))
    several = fewer >= SEVERAL_NAMES or more >= MANY_NAMES
    return several and not _mentions(other, named) and not _mentions(one, other_named)


def _mentions(prints: Iterable[Fingerprint], names: frozenset[str]) -> bool:
    return not all(names.isdisjoint(fp.terms) for fp in prints)


def same_story(one: Member, other: Member) -> float:
    """Return the log-odds that two members tell one story."""
    return pair_score(one.fingerprint, other.fingerprint)


def merge_score(
    one: Sequence[Member], other: Sequence[Member], told: Callable[[Member, Member], float] = same_story
) -> float:
    """Return the mean log-odds that two stories are one, over all pairs of their newest members.

    Stories of strangers never are, nor those of which few members fit: one article on two events links them.
    """
    mine, theirs = one[-COMPARED_MEMBERS:], other[-COMPARED_MEMBERS:]
    prints, other_prints = ([member.fingerprint for member in story] for story in (mine, theirs))
    if min(len(mine), len(theirs)) >= SEVERAL_MEMBERS and _hardly_any_fit(prints, other_prints):
        return -CERTAIN
    scores = [told(first, second) for first in mine for second in theirs]
    if sum(score >= 0 for score in scores) < FEWEST_FIT * len(scores):
        return -CERTAIN
    if not any(is_open(other, member.fingerprint.published_at) for member in one):
        return -CERTAIN
    return -CERTAIN if are_strangers(prints, other_prints) else sum(scores) / len(scores)


def _hardly_any_fit(some: Sequence[Fingerprint], others: Sequence[Fingerprint]) -> bool:
    """Whether too few pairs can fit, even if all that two stories have in common were in those."""
    return mean_cosine(some, others) < FEWEST_FIT * STRANGERS_COSINE


def _copy(fp: Fingerprint, stories: Mapping[int, Sequence[Member]]) -> Decision | None:
    """The copy group of the single best match, if that is a copy."""
    best: tuple[float, int, Member] | None = None
    for story_id, members in stories.items():
        for member in members:
            likeness = copies(fp, member.fingerprint)
            if likeness and (best is None or likeness > best[0]):
                best = (likeness, story_id, member)
    if best is None:
        return None
    likeness, story_id, member = best
    same = "same text as" if likeness >= 1 else f"shares {likeness:.0%} of its wording with"
    return Decision(story_id, member.copy_group, likeness, f"copy: {same} article {member.article_id}")


def _join(fp: Fingerprint, stories: Mapping[int, Sequence[Member]], text: str) -> Decision:
    """The story that fits best, or a new one."""
    scored = [(story_score(fp, members), -story_id) for story_id, members in stories.items()]
    if not scored:
        return Decision(0, 0, 0.0, "new: no open story shares its telling words")
    score, negative_id = max(scored)
    story_id = -negative_id
    if score < JOIN:
        return Decision(0, 0, score, f"new: the nearest, story {story_id}, fits only at {score:+.1f}")
    shared = spelled(_shared_terms(fp, stories[story_id]), text)
    reason = f"joined: shares {shared} with its articles (fits at {score:+.1f})"
    return Decision(story_id, 0, score, reason, doubtful=score < SURE)


def spelled(terms: Iterable[str], text: str) -> str:
    """Return stems as words of the text that has them, in a row."""
    words = dict.fromkeys(terms, "")
    left = set(words)
    for found in WORD.finditer(text):
        if (term := stem(found.group().lower())) in left:
            words[term] = found.group()
            left.discard(term)
            if not left:
                break
    return ", ".join(word or term for term, word in words.items())


def _shared_terms(fp: Fingerprint, members: Iterable[Member]) -> list[str]:
    known = [member.fingerprint.terms for member in members]
    shared = (term for term in fp.terms if len(term) > 1 and any(term in terms for terms in known))
    return list(islice(shared, SHOWN_TERMS))
