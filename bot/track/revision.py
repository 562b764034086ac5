"""What a text says of an earlier number: "19, not 21", "had earlier reported 14", "revised down from 0.6"."""

import re
from collections.abc import Iterable

from bot.model import Observation

READ = 80
"""So many letters to each side of a number tell whether it is taken back."""

_REVISED = re.compile(
    r"\b(?:revis(?:ed|es|ing)|correct(?:ed|s|ing|ion)|restate[ds]?|amended|recounted|recount|retract(?:ed|s))\b"
)
_EARLIER = r"(?:earlier|previously|initially|originally|first|wrongly|mistakenly|incorrectly|erroneously)"
_TOLD = (
    r"(?:said|reported|put|stated|given|gave|announced|estimated|told|counted|thought|believed|feared|listed|planned"
    r"|published)"
)
_INSTEAD = re.compile(r"(?:(?<!if )\bnot(?: the)?|\binstead of(?: the)?|\brather than(?: the)?) ?[$€£]?$")
_TOLD_BEFORE = re.compile(
    rf"(?:(?<!than )\b{_EARLIER} {_TOLD}|\b{_TOLD} {_EARLIER}|\b[Ww]e (?:had |have )?{_TOLD}"
    r"|\bearlier version of (?:this|the|our) (?:article|story|report))(?: [\w’']+){0,5}? ?[$€£]?$"
)
_WE_TOLD = re.compile(
    rf"\b[Ww]e (?:had |have )?(?:{_EARLIER} )?{_TOLD}\b"
    r"(?:(?!\b(?:but|in fact|correct|actual|should|whereas|while|however|instead)\b|\d)[^.;:])*$"
)
_TOLD_BEHIND = re.compile(rf"[^.;:!?\d]{{0,40}}(?<!than )\b(?:{_EARLIER}|we(?: had| have)?) (?:been )?{_TOLD}\b")
_OWN = re.compile(
    rf"\b[Ww]e (?:had |have )?(?:{_EARLIER} )?{_TOLD}\b|\bversion of (?:this|the|our) (?:article|story|report)\b"
    r"|^(?:Correction|Corrected|Clarification)\b"
)
_BY_NAME = re.compile(rf"(?:had |has )?(?:{_EARLIER} )?{_TOLD}\b")
_CORRECTION = re.compile(
    r"^\W{0,3}(?:Correction|Corrected|CORRECTION|CORRECTED|Corrects|CORRECTS|Clarification|Erratum)\b"
    r"|\b(?:[Tt]his|[Oo]ur) (?:article|story|report|piece|item) (?:has been|was|is) (?:corrected|amended)\b"
    r"|\b[Tt]he (?:correct|right) (?:number|figure|total|value|sum|amount|toll)\b"
    r"|\b[Ww]e (?:regret|apologi[sz]e for) (?:the|this|our) (?:error|mistake)\b"
    r"|\b(?:earlier|previous|first|original) version of (?:this|the|our) (?:article|story|report|piece|item)\b"
)
_SIGNS = ("orrect", "ORRECT", "larification", "rratum", "mended", "egret", "pologi", "version of")
"""Letters of which each correction has some: found far sooner than that it is none."""
_CLAIMED = re.compile(r"[^.;:!?\d]{0,40}\bas (?:the )?(?:[\w’']+ ){1,4}(?:claim|say|said|insist|maintain|assert)")


def revises(sentence: str) -> bool:
    """Return whether a sentence says that a number was revised."""
    return _REVISED.search(sentence) is not None


def is_correction(title: str, sentences: Iterable[str]) -> bool:
    """Return whether an article says of itself that it puts right what its outlet told before."""
    texts = (title, *sentences)
    whole = "\n".join(texts)
    return any(sign in whole for sign in _SIGNS) and any(_CORRECTION.search(text) is not None for text in texts)


def corrects_itself(observation: Observation) -> bool:
    """Return whether it is the outlet's own number that a text takes back: "not 160,000 as we reported"."""
    if observation.corrects or _OWN.search(observation.sentence) is not None:
        return True
    named = observation.outlet and re.search(rf"\b{re.escape(observation.outlet)} ", observation.sentence)
    told = _BY_NAME.match(observation.sentence, named.end()) if named else None
    return told is not None


def taken_back(together: Iterable[Observation]) -> frozenset[Observation]:
    """Return those figures of one sentence that it says are not, or no longer, the number."""
    seen = tuple(together)
    return frozenset(one for one in seen if _is_told_before(one) or (_is_instead(one) and _has_other(one, seen)))


def is_contested(observation: Observation) -> bool:
    """Return whether a text gives a number only as what others claim: "not 2,000 as the organisers claimed"."""
    return _INSTEAD.search(_before(observation)) is not None and _CLAIMED.match(_behind(observation)) is not None


def _is_instead(observation: Observation) -> bool:
    """Whether another number stands in the place of this one: "19, not 21"."""
    return _INSTEAD.search(_before(observation)) is not None and not is_contested(observation)


def _is_told_before(observation: Observation) -> bool:
    return (
        _TOLD_BEFORE.search(_before(observation)) is not None
        or (observation.corrects and _WE_TOLD.search(_whole_before(observation)) is not None)
        or _TOLD_BEHIND.match(_behind(observation)) is not None
    )


def _has_other(observation: Observation, seen: Iterable[Observation]) -> bool:
    kind = observation.figure.kind
    return any(one is not observation and one.figure.kind is kind for one in seen)


def _before(observation: Observation) -> str:
    start = observation.figure.span[0] - observation.offset
    return observation.sentence[max(0, start - READ) : start]


def _whole_before(observation: Observation) -> str:
    return observation.sentence[: observation.figure.span[0] - observation.offset]


def _behind(observation: Observation) -> str:
    end = observation.figure.span[1] - observation.offset
    return observation.sentence[end : end + READ]
