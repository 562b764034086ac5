"""A paragraph to sentences: which full stop ends one, which belongs to an abbreviation, an initial or a number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.model import Span
from summarizer.sentences.abbreviations import ABBREVIATIONS, OPENINGS, Before, words_of

_STOP = re.compile(
    r"(?P<mark>[.!?…‥。！？｡।॥؟۔\u037e;]++(?:[ \u00a0]\.(?=[ \u00a0]?\.))?)"
    r"(?P<note>(?:\[\d{1,3}\])*+)"
    r"(?P<closers>[\"'”’»›«“)\]}」』）】]*+)"
    r"(?:[ \u00a0\u202f](?P<spaced>[»›”](?!\w)|(?:''|\")(?=\s|\Z)))?"
)
_SPACE = re.compile(r"\s++")
_NEXT = re.compile(r"(?P<openers>[\"'“”‘„«»‹›(\[{¿¡—–-]*+)[ \u00a0\u202f]?(?P<word>[^\W_][\w’'-]*+)?(?P<dot>\.?)")
_ENDLESS_SCRIPTS = frozenset("。！？｡।॥؟۔")
_MARKER = re.compile(r"(?:[•▪‣◦●■*·–—|-]\s+)++")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}|(?:[\u0900-\u097f]{1,4}\.)+[\u0900-\u097f]{1,4}")
_CLOCK = frozenset(("a.m", "p.m", "am", "pm"))
_AFTER_CLOCK = words_of(
    "ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT BST CET CEST UTC IST JST AEST Eastern Central Pacific"
    " Mountain"
    " Greenwich Local Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April"
    " May June"
    " July August September October November December Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Jan Feb Mar Apr"
    " Jun Jul Aug Sep Sept Oct Nov Dec"
)
_STATES = words_of(
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla"
    " Ore Pa"
    " Tenn Tex Va Vt Wash Wis Wyo D.C N.C N.D N.H N.J N.M N.Y P.R R.I S.C S.D W.Va B.C N.S N.B Que Ont"
)
_AFTER_PLACE = _AFTER_CLOCK | words_of(
    "Mayor Gov Governor Sheriff Police Fire County City Council Democrat Republican Attorney Representative"
    " Senator Rep Sen Superior District Court Department Public"
)
_COUNTRIES = words_of("U.S U.K U.N E.U U.A.E")
_NAMED_PLURALS = words_of(  # in capitals behind a country: U.S. Marines were sent
    "Marines Forces Senators Representatives Centers Masters Opens Securities States Olympics Attorneys Airways"
    " Airlines Marshals Rangers Seals Customs News Services Fisheries Troops Veterans Affairs Commodities"
    " Sports Games Archives Championships Communications Elections Courts Arms Parks Operations"
)
_PLURAL = re.compile(r"[A-Z][a-z]+[^aious\W]s [a-z]")
_INSTITUTIONS = words_of(
    "Army Navy Senate House Congress Capitol Embassy Treasury Government Fed Chamber Consulate Mint Administration"
    " Military Delegation Mission Ambassador President Attorney Marshal Judge Senator Representative Secretary"
    " Coast Guard Census State Justice Defense Energy Interior Labor Education Agriculture Commerce Commission"
)
_LETTERED = re.compile(
    r"\b(?:[Pp]lan|[Vv]itamins?|[Hh]epatitis|[Gg]roup|[Tt]ype|[Cc]lass|[Gg]rade|Serie|[Ss]ection|[Aa]ppendix"
    r"|[Ee]xhibit|[Cc]ategory|[Oo]ption|[Bb]lock)\Z"
)
_EXCLAIMED_NAMES = frozenset(("Yahoo", "Jeopardy", "Oklahoma", "Panic", "Joomla", "Wham", "Yum"))
_SPOKEN = re.compile(r"(?!(?:He|She|They|It|We|I|The)\b)(?:[A-Z][\w’'-]*+\.? ){1,4}+")
_SAYING = re.compile(
    r"(?:said|says|asked|asks|added|adds|told|tells|wrote|writes|tweeted|replied|shouted|cried|joked"
    r"|wondered|quipped)\b"
)
_CAPITALIZED = re.compile(r"(?!\d)[^\W_a-z][^\W\d_]")
_CAMEL = re.compile(r"[a-z]{1,2}[A-Z]")
_PARTICLE = re.compile(r"(?:al-|(?:de|von|van|bin|bint|ibn|el|al|da|di|du|della|ter) )[A-Z]")
_ORDINAL_DOT = frozenset(("de", "da", "no", "nb", "fi", "cs", "sk", "hu", "pl", "hr", "sl", "et", "lv"))
_LOOK_BACK = 32
_LONGEST_QUOTE = 600


@dataclass(frozen=True, slots=True)
class _Stop:
    """A stop with what stands around it: the word before and what is `earlier`, the opener and word after."""

    mark: str
    closers: str
    before: str
    earlier: str
    openers: str
    after: str
    after_is_initial: bool
    after_at: int
    language: str


def sentence_spans(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    """Yield the sentences of the paragraph `text[start:end]`, without white space and list marks around them."""
    told = text[start:end].rstrip()
    end = start + len(told.rstrip("| \u00a0") or told)
    begin = _skip(text, start, end)
    for stop in _STOP.finditer(text, start, end):
        at = _boundary(text, begin, stop, end, language)
        if at:
            yield begin, at
            begin = _skip(text, at, end)
    yield begin, end


def _skip(text: str, at: int, end: int) -> int:
    """Return where the next sentence begins: past white space and list marks."""
    space = _SPACE.match(text, at, end)
    at = space.end() if space else at
    marker = _MARKER.match(text, at, end)
    return marker.end() if marker else at


def _boundary(text: str, begin: int, stop: re.Match[str], end: int, language: str) -> int:
    """Return where the sentence ends that began at `begin`, or 0 where this stop does not end it."""
    after = stop.end() if stop["spaced"] != '"' or _closes(text, stop) else stop.end("closers")
    mark = stop["mark"]
    if after >= end or (mark[-1] == ";" and language != "el"):
        return 0
    if mark[-1] in _ENDLESS_SCRIPTS:
        return 0 if text[after : after + 1] in ("と", "、", "，", ",") else after
    if mark == "." and _is_plain(text, begin, stop, language):
        return after
    space = _SPACE.match(text, after, end)
    if not space:
        return _glued_boundary(text, begin, stop, end)
    seen = _around(text, begin, stop, space.end(), language)
    return after if _ends(seen, text) else 0


def _is_plain(text: str, begin: int, stop: re.Match[str], language: str) -> bool:
    """Tell the commonest end of all at a glance: a whole lower-case word, a full stop, a space, a capital."""
    at = stop.start()
    space = text.rfind(" ", max(begin, at - _LOOK_BACK), at)
    word = text[space + 1 : at] if space > 0 else ""
    after = stop.end()
    return (
        len(word) > 2
        and word.isalpha()
        and word.islower()
        and text[after] == " "
        and text[after + 1].isupper()
        and not stop["closers"]
        and word not in ABBREVIATIONS[""]
        and word not in ABBREVIATIONS.get(language, {})
    )


def _glued_boundary(text: str, begin: int, stop: re.Match[str], end: int) -> int:
    """Return where a sentence ends whose next one follows without a space, as in `to Congress.The vote`."""
    at = stop.end()
    closers = stop["closers"]
    if not closers and (text[at].islower() or text[at].isdigit()):
        return 0
    if closers and closers[-1] in "\"'“«(" and _opens(text, begin, stop):
        return at - 1
    following = next(_NEXT.finditer(text, at, end))
    after = following["word"] or ""
    if following["dot"] or not _CAPITALIZED.match(after) or stop["mark"] not in (".", "!", "?"):
        return 0
    before = _word_before(text, begin, stop.start())
    split_words = closers or after in OPENINGS["en"] or (len(before) > 2 and before.islower())
    return at if split_words and not set(before) & set("./@") and len(before) > 2 else 0


def _closes(text: str, stop: re.Match[str]) -> bool:
    """Tell whether a quotation mark that stands by itself behind a stop closes a quotation of its paragraph."""
    start = max(text.rfind("\n", 0, stop.start()) + 1, stop.start() - _LONGEST_QUOTE)
    return text.count('"', start, stop.end("closers")) % 2 == 1


def _opens(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Tell whether the quotation mark right after a stop opens the next sentence, not closes this one."""
    quote = stop["closers"][-1]
    if not text[stop.end() : stop.end() + 1].isupper() or len(_word_before(text, begin, stop.start())) < 3:
        return False
    if quote in "“«":
        return True
    window = text[max(begin, stop.start() - _LONGEST_QUOTE) : stop.end() - 1]
    return window.count(quote) % 2 == 0


def _word_before(text: str, begin: int, at: int) -> str:
    words = text[max(begin, at - _LOOK_BACK) : at].split()
    return re.split(r"[-–—/)]", words[-1].lstrip("\"'“‘«„([{"))[-1] if words else ""


def _around(text: str, begin: int, stop: re.Match[str], next_at: int, language: str) -> _Stop:
    following = next(_NEXT.finditer(text, next_at))  # every part of it is optional: it matches anywhere
    before = _word_before(text, begin, stop.start())
    before_at = stop.start() - len(before)
    return _Stop(
        mark=stop["mark"],
        closers=stop["closers"] + (stop["spaced"] or ""),
        before=before,
        earlier=text[max(begin, before_at - _LOOK_BACK) : before_at].rstrip(),
        openers=following["openers"],
        after=following["word"] or "",
        after_is_initial=bool(following["dot"]),
        after_at=next_at,
        language=language,
    )


def _ends(stop: _Stop, text: str) -> bool:
    """Tell whether a stop with white space behind it ends a sentence."""
    if not _may_begin(stop, text):
        return False
    if "!" in stop.mark or "?" in stop.mark:
        return not _is_spoken(stop, text) and stop.before not in _EXCLAIMED_NAMES
    if stop.mark == "." and not set(stop.closers) & set("\"'”’»"):
        return _ends_after(stop, text)
    return stop.after not in ("I", "I’m", "I'm", "I’ve", "I've") or bool(stop.closers) or stop.mark == "."


def _may_begin(stop: _Stop, text: str) -> bool:
    """Tell whether what follows could be the beginning of a sentence."""
    if not stop.after:
        return text[stop.after_at] in "$£€¥₹#@<" or stop.openers[:1] in tuple("¿¡“«„")
    first = stop.after[0]
    if first.islower():
        at = stop.after_at + len(stop.openers)
        lower_start = _CAMEL.match(text, at) or (_PARTICLE.match(text, at) and not _is_short(stop))
        return bool(lower_start) or (bool(set(stop.openers) & set("“„«")) and not _is_short(stop))
    return not (first.isdigit() and set(stop.openers) & set("-–"))


def _is_short(stop: _Stop) -> bool:
    """Tell whether the word before is an initial, an acronym or an abbreviation."""
    return len(stop.before) < 2 or bool(_ACRONYM.fullmatch(stop.before)) or _abbreviation(stop) is not None


def _is_spoken(stop: _Stop, text: str) -> bool:
    """Tell whether a question or cry in quotation marks goes on with who said it: `“Why?” Ms Lee asked`."""
    if not set(stop.closers) & set("\"'”’»"):
        return False
    name = _SPOKEN.match(text, stop.after_at)
    return bool(name and _SAYING.match(text, name.end()))


def _abbreviation(stop: _Stop) -> Before | None:
    known = ABBREVIATIONS.get(stop.language, {})
    shared = ABBREVIATIONS[""]
    folded = stop.before.lower() if len(stop.before) > 1 else stop.before  # P. is an initial, p. a page
    for word in (stop.before, folded):
        found = known.get(word) or shared.get(word)
        if found:
            return found
    return None


def _ends_after(stop: _Stop, text: str) -> bool:
    """Tell whether a single full stop ends a sentence, from the word before it and the word behind."""
    before = stop.before
    if before.isdigit():
        return _ends_after_number(stop)
    if before.lower() in _CLOCK:
        return stop.after not in _AFTER_CLOCK
    if before in _STATES and stop.earlier.endswith(","):
        return _is_opening(stop) or not (stop.openers or stop.after in _AFTER_PLACE)
    kind = _abbreviation(stop)
    return _ends_after_letters(stop, text) if kind is None else _ends_after_abbreviation(stop, kind, text)


def _ends_after_letters(stop: _Stop, text: str) -> bool:
    """Tell whether a full stop after no abbreviation ends a sentence: that of initials and acronyms may not."""
    if _ACRONYM.fullmatch(stop.before):
        return _is_opening(stop) or _begins_behind_acronym(stop, text)
    if len(stop.before) == 1 and stop.before.isalpha():
        return bool(stop.earlier) and (_is_opening(stop) or bool(_LETTERED.search(stop.earlier)))
    return True


def _begins_behind_acronym(stop: _Stop, text: str) -> bool:
    """Tell `the U.S. Wages fell` and `the U.S. Ortega said` from `the U.S. Marines` and `the U.S. Army said`."""
    article = stop.earlier.endswith("the")
    if (article or stop.before in _COUNTRIES) and _is_plural(stop, text):
        return True
    spoken = article and not stop.openers and stop.after not in _INSTITUTIONS
    return spoken and bool(_SAYING.match(text, stop.after_at + len(stop.after) + 1))


def _is_plural(stop: _Stop, text: str) -> bool:
    """Tell whether what follows begins with a common word in the plural: within a sentence it had no capital."""
    return stop.after not in _NAMED_PLURALS and bool(_PLURAL.match(text, stop.after_at))


def _ends_after_number(stop: _Stop) -> bool:
    """Tell whether `5.` ends a sentence: not as a list's number, nor as an ordinal where these are so written."""
    if not stop.earlier and len(stop.before) <= 3:
        return False
    if stop.language in _ORDINAL_DOT and len(stop.before) <= 2:
        return _is_opening(stop)
    return True


def _ends_after_abbreviation(stop: _Stop, kind: Before, text: str) -> bool:
    if kind is Before.NAME:
        return False
    if kind is Before.NUMBER:
        return not (stop.after[:1].isdigit() or set(stop.openers) & set("-–—("))
    named = stop.earlier.rsplit(None, 1)[-1:]  # Baker St. Residents left, but the town of St. Albans has
    return _is_opening(stop) or bool(named and named[0][0].isupper() and _is_plural(stop, text))


def _is_opening(stop: _Stop) -> bool:
    """Tell whether the word behind opens sentences more often than it follows an abbreviation."""
    if stop.after_is_initial or set(stop.openers) & set("-–—"):
        return False
    if set(stop.openers) & set('"“„«'):
        return True
    word = re.split(r"['’]", stop.after)[0]
    return stop.after in OPENINGS.get(stop.language, OPENINGS["en"]) or word in OPENINGS.get(
        stop.language, OPENINGS["en"]
    )
