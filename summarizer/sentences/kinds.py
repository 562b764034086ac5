"""What a stretch of an article is: its text, or a heading, a caption, a byline, the page about itself."""

import re
from collections.abc import Sequence

from summarizer.model import SentenceKind, Span

_FINAL = re.compile(r"[.!?…。！？।؟۔][\"'”’»“)\]」』）]*\Z")
_HEADING_WORDS = 16
_TITLE_WORDS = 24
_CAPTION_CHARACTERS = 500
_CREDIT_CHARACTERS = 140
_SHORTEST_CAPTION = 12
_CAPTION_SENTENCES = 3
_QUOTES = tuple("\"“„«'‘")

_NAME = r"(?:[^\W\d_a-z][\w.’'-]*+)"
_AGENCIES = (
    r"(?:Getty|AFP|Reuters|EPA|PA(?: Wire| Media| Images)?|AP(?: Photo)?|Associated Press|Shutterstock"
    r"|Alamy|Rex|NurPhoto"
    r"|Anadolu|Xinhua|TASS|iStock|Bloomberg|ZUMA|Zuma|DPA|dpa|ANSA|EFE|Keystone|Ritzau|NTB|TT|ČTK|Flickr"
    r"|Wikimedia)"
)
_CREDIT_MARKS = (" –", " —", " -", "/", "(", "hoto", "icture", "mage", "Foto", "Credit")
_CREDIT_TAIL = re.compile(
    rf"(?:\s[–—-]{{1,2}}\s?(?P<name>{_NAME}(?:[ /]{_NAME}){{1,4}})(?: via {_NAME}(?: {_NAME}){{0,2}})?"
    rf"|[(\[]?\b(?:Photo|Picture|Image|Foto|Credit|Photograph|Photo credit)s?(?: by)?: ?[^.!?]{{2,60}}[)\]]?\.?"
    rf"|[(/]\s?(?:{_NAME} ?/ ?)*{_NAME}?(?: {_NAME}){{0,3}} ?/? ?{_AGENCIES}(?:[ /]{_NAME}){{0,3}}(?: via"
    rf" [^)]{{2,40}})?\)?"
    rf"|\b{_AGENCIES}(?: Images)?/{_NAME}(?: {_NAME}){{0,3}})\Z"
)
_CAPTION_HEAD = re.compile(
    r"(?:Photos?|Pictures?|Images?|Photographs?|File photo|Image (?:caption|source|credit)|Media caption"
    r"|Picture credit"
    r"|Pictured|Above|Left|Right|Photo credit|Photograph by|Foto|Bild|Légende|Crédit photo|Фото"
    r"|Φωτογραφία)\s?(?:[:©]|(?<=by)\s)"
    r"|(?:Image|Media) (?:caption|source)\b|File photo\b|FILE(?: PHOTO)?\s?[:–—-]|\d+ of \d+ \||© ?[A-Z]"
)
_BYLINE = re.compile(
    rf"(?:By|BY|Von|Par|Por|Di|Автор:|Από)\s{_NAME}(?:[\s,]+(?:and|und|et|y|e|de|van|von|in|for|the|at|of|,"
    rf"|&|{_NAME})){{0,12}}(?:, [\w ]{{3,40}})?\Z"
    r"|(?:Written|Reported|Posted|Published|Updated|Edited|First published|Last (?:updated|modified)|Story"
    r" by|Text by)"
    r"\b(?: (?:by|on|at)\b|:|\s\d|\s[A-Z][a-z]{2,8} \d)"
    r"|\(?(?:Additional )?[Rr]eporting by\b|\(?Editing by\b|\(?Writing by\b|Compiled by\b"
    r"|[\w.+-]+@[\w.-]+\.\w+\Z|@\w+\Z"
    r"|\d{1,2} (?:min(?:ute)?s?|hours?|days?) (?:read|ago)\b"
)
_DATE_LINE = re.compile(r"\d{4}[/.-]\d{1,2}[/.-]\d{1,2}\b|\d{1,2}[/.]\d{1,2}[/.]\d{4}\b")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_ABOUT_THE_PAGE = re.compile(  # for text in lower case: its branches are told apart by their first letters
    r"(?:[>»→▶*\[(]\s*)?(?:"
    r"(?:read|see|watch|listen|hear|learn|find out|discover|view|show|load) (?:more|also|next|now"
    r"|here)\b(?!\s+than)"
    r"|(?:read|watch|listen|see|related|more|recommended|trending|also|latest|live|explainer|analysis"
    r"|opinion|in pictures"
    r"|quiz|podcast|video|tags?|topics?|filed under|share|source|sources)(?:\s(?:stories|articles?|topics"
    r"|news|video|reading|on this story))?\s?[:|]"
    r"|read (?:the|our) (?:full|whole|latest|original)\b|continue reading|keep reading|scroll (?:down|for)"
    r"|swipe\b"
    r"|related (?:stories|articles|topics|content|news)\b|most (?:read|popular|viewed|shared)\b|you (?:may"
    r"|might) also (?:like|be interested)"
    r"|sign[ -]?up (?:to|for|here|now|today|below)\b[^.]{0,80}(?:newsletter|email|e-mail|alert|briefing"
    r"|free|inbox|updates|account|here|daily|weekly)"
    r"|sign in\b|log in (?:to|or)\b|register (?:now|here|for free)\b|create (?:a|an|your) (?:free )?account\b"
    r"|subscribe\b|unsubscribe\b|become a (?:member|subscriber|supporter)\b|already a (?:member|subscriber)\b"
    r"|get (?:our|the|all the|more)\b[^.]{0,60}(?:newsletter|inbox|app\b|briefing|delivered|alerts)"
    r"|(?:download|install|try|use) (?:our|the) [^.]{0,30}\bapp\b|follow (?:us|me|him|her|them|our"
    r"|@|[\w ]{2,30} on"
    r" (?:twitter|facebook|x|instagram|threads))"
    r"|like us on\b|join (?:us on|the conversation|the discussion|our (?:newsletter|mailing|channel"
    r"|whatsapp|telegram))"
    r"|(?:click|tap) (?:here|on|to|below)\b|share (?:this|on|via|your (?:views|thoughts|story))\b|send"
    r" (?:us )?(?:your|a) (?:tips?|stor(?:y|ies)|letters?)\b"
    r"|(?:email|contact) (?:us|the (?:author|newsroom|reporter|editor))\b|do you have (?:a|any) (?:story"
    r"|tip|information|news)\b"
    r"|have you (?:been affected|got a story)\b|let us know\b|leave a comment\b|comments? (?:are|is)"
    r" (?:closed|off|open|moderated)\b|view comments\b"
    r"|advertis(?:ement|ing|e with us)\b|sponsored\b|promoted\b|story continues|article continues|this"
    r" (?:is an advertisement|article contains affiliate)"
    r"|we (?:and our partners )?use cookies|(?:this|our) (?:web)?site uses cookies|(?:accept|reject|manage"
    r"|allow) (?:all )?cookies"
    r"|(?:by (?:clicking|continuing|using)|please (?:enable|disable|turn))\b[^.]{0,80}(?:cookies|javascript"
    r"|privacy|terms|blocker|site|agree)"
    r"|(?:privacy|cookie) (?:policy|notice|settings)\b|terms (?:of (?:use|service)|and conditions)\b"
    r"|(?:correction|clarification|editor[’']s note|note to readers)s?\b[^.]{0,40}?[:–—]"
    r"|this (?:story|article|report|post) (?:was|has been) (?:corrected|updated|amended|edited)\b"
    r"|(?:he|she|they) can be (?:reached|followed|contacted)\b|[^.]{0,160}\bcontributed (?:to this|reporting)\b"
    r"|all rights reserved|copyright (?:©|\(c\)|\d{4})|©|\(c\) ?\d{4}"
    r"|this (?:story|article|report|post|material|content) (?:was|has been|is|may|first|originally|appeared"
    r"|may not)\b[^.]{0,60}"
    r"(?:published|produced|republished|appeared|reproduced|redistributed|syndicated|sponsored"
    r"|auto-?generated|translated|licen[cs]e)"
    r"|the views expressed\b|the opinions expressed\b|support (?:our|independent|quality) journalism"
    r"|(?:donate|give) (?:now|today)\b"
    r"|if you (?:value|like|enjoy|appreciate|care about)\b[^.]{0,80}\b(?:become a|subscribe|support|join|donate)"
    r"|your (?:support|contribution|subscription) (?:helps|makes|powers|will|has)\b|loading\b\W*\Z|skip"
    r" (?:to|past|advert)\b|back to (?:top|home)\b"
    r"|for (?:more|all) (?:the latest )?(?:news|stories|information|on this story"
    r"|coverage)\b[^.]{0,60}(?:visit|click|follow|follow us|go to|sign|subscribe|see|app)"
    r"|lesen sie (?:auch|mehr|hier|dazu)|mehr zum thema|jetzt (?:abonnieren|anmelden|lesen)|(?:den |unseren"
    r" )?newsletter (?:abonnieren|bestellen)|anzeige\W*\Z"
    r"|(?:à )?lire aussi|lire (?:la suite|plus)|abonnez[- ]vous|inscrivez[- ]vous|(?:publicité|newsletter)\W*\Z"
    r"|l(?:ea|ee) (?:también|más)|suscr[ií]b(?:ete|ase)|le(?:er|ggi) (?:más|anche)|publicidad\W*\Z|leia"
    r" (?:também|mais)|assine\b"
    r"|читайте (?:также|ещ[её])|подпи(?:шитесь|сывайтесь)|подробнее:|реклама\W*\Z|čtěte (?:také|více)"
    r"|přečtěte si|inzerce\W*\Z"
    r"|διαβάστε (?:επίσης|περισσότερα|ακόμα)|اقرأ (?:أيضا|المزيد|أيضًا)|קראו (?:גם|עוד)|यह भी पढ़ें"
    r")"
)
_LINK = re.compile(r"(?:https?://|www\.)\S+\Z|(?:https?://|www\.)\S{8,}")
_LIST_MARK = tuple("•▪‣◦●■*-–—")


def paragraph_kinds(text: str, paragraphs: Sequence[Sequence[Span]]) -> tuple[tuple[SentenceKind, ...], ...]:
    """Return the kind of each sentence of each paragraph.

    A text of one paragraph is taken for body, and so are its unfinished lines where most lines are unfinished:
    headings are told by standing out.
    """
    unfinished = [not _FINAL.search(_tail(text, spans[-1])) for spans in paragraphs]
    headed = len(paragraphs) > 1 and 2 * sum(unfinished) <= len(unfinished) + 1
    return tuple(
        _kinds(text, spans, index == 0, headed and unfinished[index]) for index, spans in enumerate(paragraphs)
    )


def _tail(text: str, span: Span) -> str:
    return text[max(span[0], span[1] - 8) : span[1]]


def _kinds(text: str, spans: Sequence[Span], first: bool, stands_out: bool) -> tuple[SentenceKind, ...]:
    paragraph = text[spans[0][0] : spans[-1][1]]
    if len(spans) <= _CAPTION_SENTENCES and _is_caption(paragraph):
        return (SentenceKind.CAPTION,) * len(spans)
    if len(spans) == 1 and stands_out:
        listed = text[max(spans[0][0] - 3, 0) : spans[0][0]].rstrip().endswith(_LIST_MARK)
        return (_kind(paragraph) if listed else _unfinished_kind(paragraph, first),)
    return tuple(_kind(text[start:end]) for start, end in spans)


def _is_caption(paragraph: str) -> bool:
    """Tell whether a short paragraph begins as a caption does or ends in the name of a photographer."""
    if len(paragraph) > _CAPTION_CHARACTERS:
        return False
    if _CAPTION_HEAD.match(paragraph):
        return True
    tail = paragraph[-_CREDIT_CHARACTERS:]
    credit = _CREDIT_TAIL.search(tail) if any(mark in tail for mark in _CREDIT_MARKS) else None
    if not credit or len(paragraph) - len(tail) + credit.start() <= _SHORTEST_CAPTION or paragraph[0] in _QUOTES:
        return False
    return not credit["name"] or _is_name(credit["name"])


def _is_name(text: str) -> bool:
    """Tell a person's name from a signature in capitals, and from words whose script the pattern cannot tell."""
    return not text.isupper() and all(word[0].isupper() for word in text.replace("/", " ").split())


def _kind(sentence: str) -> SentenceKind:
    """Return the kind that a sentence shows by its own words."""
    if _ABOUT_THE_PAGE.match(sentence[:200].lower()) or _LINK.fullmatch(sentence[:2000]):
        return SentenceKind.BOILERPLATE
    if len(sentence) < 160 and _BYLINE.match(sentence) and not _is_prose(sentence):
        return SentenceKind.BYLINE
    return SentenceKind.BODY


def _is_prose(sentence: str) -> bool:
    """Tell `Published by the ministry on Monday, the list names 12 firms.` from a byline."""
    return sentence.endswith((".", "”", '"')) and len(sentence.split()) > 12 and "eporting by" not in sentence


def _unfinished_kind(line: str, first: bool) -> SentenceKind:
    """Return the kind of a line of its own without a full stop."""
    kind = _kind(line)
    words = line.split()
    if kind is not SentenceKind.BODY:
        return kind
    if len(words) <= 8 and _YEAR.search(line) and (_DAY.search(line) or _DATE_LINE.search(line)):
        return SentenceKind.BYLINE
    if len(words) <= (_TITLE_WORDS if first else _HEADING_WORDS):
        return SentenceKind.HEADING
    return SentenceKind.BODY
