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
_WIDEST_CELL = 60  # of a table's row, on average, in characters
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
    rf"|{_NAME}(?: {_NAME}){{0,3}} \(@\w+\)(?: (?:[A-Z][a-z]+ \d|\d)|\Z)"
    r"|(?:\d{1,2}[:.]\d\d|\d{1,2}(?=[ap]))(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: (?:[A-Z]{2,4}|local time))?\Z"
)
_DATE_LINE = re.compile(r"\d{4}[/.-]\d{1,2}[/.-]\d{1,2}\b|\d{1,2}[/.]\d{1,2}[/.]\d{4}\b")
_LONGEST_DATE = 80
_DATE_WORDS = 10
_CLOCK = re.compile(r"\d[:h.]\d\d")
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
    r"|(?:download|install|try|use) (?:our|the) [^.]{0,30}\bapp\b|follow (?:us\b|me\b|him\b|her\b|them\b|our\b|@)"
    r"|(?:follow|find|visit|be sure to visit) (?:us|our|[\w’' ]{2,60}? on (?:twitter|facebook|x|instagram|threads"
    r"|youtube|linkedin))\b"
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
    r"(?![^.]{0,200}?\b(?!(?:19|20)\d\d\b|\d+ ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))(?<!on )\d)"
    r"|this (?:story|article|report|post) (?:was|has been) (?:corrected|updated|amended|edited)\b"
    r"|(?:he|she|they) can be (?:reached|followed|contacted)\b"
    r"|all rights reserved|copyright (?:©|\(c\)|\d{4})|©|\(c\) ?\d{4}"
    r"|this (?:story|article|report|post|material|content) (?:was|has been|is|may|first|originally|appeared"
    r"|may not)\b[^.]{0,60}"
    r"(?:published|produced|republished|appeared|reproduced|redistributed|syndicated|sponsored|adapted"
    r"|auto-?generated|translated|licen[cs]e|posted)"
    r"|if you (?:buy|purchase|click)\b[^.]{0,80}\b(?:commission|share of the sale|earn|affiliate)"
    r"|we (?:may|might) (?:earn|receive|get) (?:a |an )?(?:small )?(?:affiliate )?(?:commission|share of)"
    r"|read (?:our|his|her|their|the)\b[^.]{2,80}\bhere\W*\Z|read this:"
    r"|(?:please )?(?:consider (?:joining|becoming|subscribing|supporting)|support (?:us|me|my"
    r"|our) (?:on |patreon))"
    r"|want to stay (?:updated|informed)|stay (?:up to date|informed) with\b|thank you for (?:reading|subscribing)"
    r"|(?:got|have) (?:a|any) (?:tips?|story|confidential|news tip)\b|tell us (?:what you|your|in the)\b"
    r"|we(?:’d|'d| would) (?:like|love) to hear (?:what you|from you|your)\b|and here(?:’s|'s) our e-?mail\b"
    r"|(?:you are|you’re|you're) receiving this e-?mail\b|view (?:this (?:e-?mail|post|photo)|in browser|online)\b"
    r"|(?:was this (?:e-?mail|newsletter) )?forwarded (?:this|to you)\b|manage (?:your )?(?:preferences"
    r"|subscription)"
    r"|that(?:’s|'s) (?:all|it) for (?:today|this week)(?:’s|'s)? (?:newsletter|briefing|edition)"
    r"|image (?:copyright|credits?)\b|listen to this article"
    r"|this (?:live )?(?:blog|page|feed) (?:is|has|will be) (?:now |being )?(?:closed|updated|paused|over|refresh)"
    r"|(?:we are|we’re|we're) (?:now )?(?:closing|wrapping up|pausing) (?:this|our|the) (?:live )?"
    r"(?:blog|page|coverage)|(?:here is|here’s|here's) a (?:re)?cap\b|refresh (?:this|the) page"
    r"|there was an error\b|an error (?:has )?occurred\b|(?:your|this) browser (?:does not|is)\b"
    r"|copyright [\w ]{1,40} \d{4}|clique aqui|cliquez ici|haga clic|haz clic|klicken sie hier"
    r"|clicca qui|klik hier"
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
_ENDED_ABOUT_THE_PAGE = re.compile(  # likewise, by the words that end such a sentence
    r"[^.]{0,80}\bclick(?:ing)? here\W*\Z|[^.]{0,160}\bcontributed (?:to this|reporting|from \w+\W*\Z)"
    r"|the post .{2,150} (?:first )?appeared (?:first )?on\b"
)
_ENDING_WORDS = ("click", "contribut", "appeared")
_SPEAKING = (
    r"(?:speaks|walks|arrives|poses|gestures|waves|attends|looks|stands|leaves|holds|shakes|delivers"
    r"|addresses|listens"
    r"|reacts|sits|smiles|hugs|waits?|gathers?|queues?|protests?|marches?|carry|carries|inspects?"
    r"|watch(?:es)?|drives?"
    r"|passes|rises|burns|works?|speak|walk|arrive|pose|wave|attend|look|stand|leave|hold|shake|sit|hug|react)"
)
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_SHOWN = re.compile(  # what captions say without a photographer's name
    r"(?!He |She |It |They )(?:\S+ ){1,40}?(?:is|are) (?:seen|pictured|photographed|shown) (?:here|above"
    r"|left|right|outside|inside|during"
    r"|leaving|arriving|walking|speaking|on (?:a|the) (?:street|screen)|at (?:a|the|an|his|her|their)"
    r"|near|after)\b"
    r"|(?:\S+ ){0,40}?[Ii]n this (?:\S+ ){0,6}?(?:photo|photograph|picture|image|handout|screengrab|frame"
    r"|video grab)\b(?! of)"
    r"|(?:This|An?) (?:\w+ ){0,3}?(?:photo|photograph|picture|image|handout)(?: \w+){0,3}? (?:provided|released"
    r"|made available|taken|obtained)\b"
)
_SHOWING = ("photo", "icture", "image", "frame", "grab", " seen ", " shown ")
_DATED_SCENE = re.compile(  # in the present tense, and yet with a day long past
    rf"(?:\S+ ){{1,14}}?{_SPEAKING} (?:[^.]|\.(?! [A-Z])){{5,200}}(?:, | on )"
    rf"(?:{_MONTHS} \d{{1,2}},|\d{{1,2}} {_MONTHS}) (?:19|20)\d\d\.?\Z"
)
_CODE = re.compile(r"[{}]|\w\(\)|;\Z|;\d|==|=>|->|::|&&|\|\||\w = [\w\"'\[]|</?\w+>|(?<= )--?\w")
_LEAST_CODE = 3
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
    if paragraph.count(" | ") > max(1, len(paragraph) / _WIDEST_CELL):
        return (SentenceKind.HEADING,) * len(spans)
    if len(spans) <= _CAPTION_SENTENCES and _is_caption(paragraph):
        return (SentenceKind.CAPTION,) * len(spans)
    if len(spans) == 1 and stands_out:
        listed = text[max(spans[0][0] - 3, 0) : spans[0][0]].rstrip().endswith(_LIST_MARK)
        return (_kind(paragraph) if listed else _unfinished_kind(paragraph, first),)
    if len(spans) == 1 and _is_dated(paragraph):
        return (SentenceKind.BYLINE,)
    return tuple(_kind(text[start:end]) for start, end in spans)


def _is_caption(paragraph: str) -> bool:
    """Tell whether a short paragraph begins as a caption does or ends in the name of a photographer."""
    if len(paragraph) > _CAPTION_CHARACTERS:
        return False
    if _CAPTION_HEAD.match(paragraph) or _is_scene(paragraph):
        return True
    tail = paragraph[-_CREDIT_CHARACTERS:]
    credit = _CREDIT_TAIL.search(tail) if any(mark in tail for mark in _CREDIT_MARKS) else None
    if not credit or len(paragraph) - len(tail) + credit.start() <= _SHORTEST_CAPTION or paragraph[0] in _QUOTES:
        return False
    return not credit["name"] or _is_name(credit["name"])


def _is_scene(paragraph: str) -> bool:
    """Tell whether a paragraph tells what a picture shows."""
    if any(word in paragraph for word in _SHOWING) and _SHOWN.match(paragraph):
        return True
    return paragraph[-5:].rstrip(".")[-4:].isdigit() and bool(_DATED_SCENE.match(paragraph))


def _is_name(text: str) -> bool:
    """Tell a person's name from a signature in capitals, and from words whose script the pattern cannot tell."""
    return not text.isupper() and all(word[0].isupper() for word in text.replace("/", " ").split())


def _kind(sentence: str) -> SentenceKind:
    """Return the kind that a sentence shows by its own words."""
    if _is_about_the_page(sentence[:200].lower()) or _LINK.fullmatch(sentence[:2000]) or _is_code(sentence):
        return SentenceKind.BOILERPLATE
    if len(sentence) < 160 and _BYLINE.match(sentence) and not _is_prose(sentence):
        return SentenceKind.BYLINE
    return SentenceKind.BODY


def _is_about_the_page(sentence: str) -> bool:
    """Tell whether a sentence in lower case speaks of the page, not of the news."""
    if _ABOUT_THE_PAGE.match(sentence):
        return True
    return any(word in sentence for word in _ENDING_WORDS) and bool(_ENDED_ABOUT_THE_PAGE.match(sentence))


def _is_code(sentence: str) -> bool:
    """Tell whether a sentence is written for a machine."""
    return any(mark in sentence for mark in "{=;>") and len(_CODE.findall(sentence[:1000])) >= _LEAST_CODE


def _is_prose(sentence: str) -> bool:
    """Tell `Published by the ministry on Monday, the list names 12 firms.` from a byline."""
    return sentence.endswith((".", "”", '"')) and len(sentence.split()) > 12 and "eporting by" not in sentence


def _is_dated(line: str) -> bool:
    """Tell whether a line says when an article was written: few words, a year and a day, no full stop."""
    if len(line) > _LONGEST_DATE or _FINAL.search(line[-8:]) or not _YEAR.search(line):
        return False
    return len(line.split()) <= (_DATE_WORDS if _CLOCK.search(line) else _DATE_WORDS - 2) and bool(
        _DAY.search(line) or _DATE_LINE.search(line)
    )


def _unfinished_kind(line: str, first: bool) -> SentenceKind:
    """Return the kind of a line of its own without a full stop."""
    kind = _kind(line)
    words = line.split()
    if kind is not SentenceKind.BODY:
        return kind
    if _is_dated(line):
        return SentenceKind.BYLINE
    if len(words) <= (_TITLE_WORDS if first else _HEADING_WORDS):
        return SentenceKind.HEADING
    return SentenceKind.BODY
