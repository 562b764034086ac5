"""Words that numbers, scales, fractions and noun phrases are made of. Written by hand from general knowledge."""

from typing import NamedTuple

from summarizer.figures.tables import MONTH_NAMES


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set: word lists stay readable."""
    return frozenset(text.split())


UNITS_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS_WORDS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "crore": 1e7, "crores": 1e7,
    "billion": 1e9, "trillion": 1e12, "quadrillion": 1e15, "dozen": 12.0,
}  # fmt: skip
# After digits alone: `$5bn`, `3.2m`, `10k`. One letter counts only where it touches the digits.
SHORT_SCALES = {
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6, "mm": 1e6, "bn": 1e9, "b": 1e9, "bln": 1e9, "tn": 1e12,
    "trn": 1e12, "t": 1e12, "cr": 1e7,
}  # fmt: skip
VAGUE = {
    "dozens": (24.0, 100.0), "scores": (40.0, 100.0), "hundreds": (100.0, 1e3), "thousands": (1e3, 1e4),
    "millions": (1e6, 1e7),
    "billions": (1e9, 1e10), "trillions": (1e12, 1e13), "tens": (10.0, 100.0), "lakhs": (1e5, 1e6),
    "crores": (1e7, 1e8),
}  # fmt: skip
GLYPHS = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5,
    "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
    "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100, "thousandth": 1000,
}  # fmt: skip
FOLDS = {f"{word}fold": float(value) for word, value in {**UNITS_WORDS, **TENS_WORDS, "hundred": 100}.items()}
SMALL_WORDS: dict[str, float] = {**UNITS_WORDS, **TENS_WORDS}


class Tongue(NamedTuple):
    """What a language calls small numbers and scales."""

    small: dict[str, float]
    scales: dict[str, float]


ENGLISH = Tongue(SMALL_WORDS, SCALES)
TONGUES: dict[str, Tongue] = {
    "en": ENGLISH,
    "fr": Tongue(
        {
            "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
            "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20,
            "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
        },
        {
            "cent": 1e2, "cents": 1e2, "mille": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9,
            "milliards": 1e9,
            "billion": 1e12, "billions": 1e12,
        },
    ),
    "de": Tongue(
        {
            "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
            "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "zwanzig": 20, "dreißig": 30,
            "vierzig": 40, "fünfzig": 50, "hundert": 100, "tausend": 1000,
        },
        {
            "hundert": 1e2, "tausend": 1e3, "million": 1e6, "millionen": 1e6, "mio": 1e6, "milliarde": 1e9,
            "milliarden": 1e9, "mrd": 1e9, "billion": 1e12, "billionen": 1e12,
        },
    ),
    "es": Tongue(
        {
            "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
            "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "veinte": 20, "treinta": 30,
            "cuarenta": 40, "cincuenta": 50, "cien": 100, "mil": 1000,
        },
        {"mil": 1e3, "millón": 1e6, "millones": 1e6, "billón": 1e12, "billones": 1e12},
    ),
    "ru": Tongue(
        {
            "два": 2, "две": 2, "двух": 2, "три": 3, "трех": 3, "трёх": 3, "четыре": 4, "пять": 5, "шесть": 6,
            "семь": 7,
            "восемь": 8, "девять": 9, "десять": 10, "двадцать": 20, "тридцать": 30, "сорок": 40,
            "пятьдесят": 50, "сто": 100,
        },
        {
            "тысяча": 1e3, "тысячи": 1e3, "тысяч": 1e3, "тыс": 1e3, "миллион": 1e6, "миллиона": 1e6,
            "миллионов": 1e6,
            "млн": 1e6, "миллиард": 1e9, "миллиарда": 1e9, "миллиардов": 1e9, "млрд": 1e9, "триллион": 1e12,
            "триллиона": 1e12, "триллионов": 1e12, "трлн": 1e12,
        },
    ),
}  # fmt: skip

# Little words of other languages in English, so that one grammar of cues, dates and nouns serves them all.
_GLOSSES = {
    "fr": "de of du of des of d' of à to au to aux to en in dans in entre between et and ou or par per le the"
    " la the les the un a une a ont have a has sont are est is étaient were que that qui that depuis since"
    " sur on contre against selon according-to déclaré said dit said annoncé announced affirmé said indiqué said"
    " précisé said rapporté reported estime says",
    "de": "um by auf to im in bis by von from und and oder or zwischen between pro per der the die the das the"
    " den the ein a eine a wurden were wurde was sind are ist is haben have hat has seit since mehr more"
    " als than laut according-to sagte said erklärte said teilte said berichtete reported meldete reported",
    "es": "de of del of en in entre between y and o or el the la the los the las the un a una a fueron were"
    " han have fue was son are es is que that desde since para for a to al to hasta by según according-to"
    " dijo said afirmó said anunció announced informó said señaló said aseguró said",
    "ru": "в in с from до to на by и and или or между between из of за for по for был was были were году year"
    " года year а but",
}
GLOSSES = {
    language: dict(zip(words.split()[::2], words.split()[1::2], strict=True))
    for language, words in _GLOSSES.items()
}
for _name, _month in MONTH_NAMES.items():
    GLOSSES[_name[:2]][_name[3:]] = _month
# "a year" is one year only after these: "more than a year", "rose a cent".
BEFORE_ONE = word_set("than over under nearly almost least rose fell up down gained lost by")
# After these "over a year" is longer than one; elsewhere it is during one.
LASTING = word_set("for after well just of with took lasted lasting spent is was in to")
ONE_OF_THEM = word_set(
    "second minute hour day week fortnight month year decade century mile kilometre kilometer metre meter foot"
    " inch pound tonne ton percentage point cent dollar euro degree percent quarter gallon litre"
)
# What a half or a quarter is of without "of": "a quarter cup", "a half-hour", "a quarter point".
PARTED = word_set(
    "mile hour inch pint cup pound point percentage percent ounce teaspoon tablespoon acre century gallon litre"
)
AFTER_A = ONE_OF_THEM | SCALES.keys() | {"half", "third", "quarter", "fifth", "tenth"}
_FRACTION_STARTERS = {"half", "third", "quarter"}
STARTERS = frozenset({*FOLDS, *SMALL_WORDS, *SCALES, *VAGUE, *GLYPHS, *_FRACTION_STARTERS, "a", "an"})
STARTERS_OF = {
    name: STARTERS if name == "en" else frozenset({*tongue.small, *tongue.scales, *GLYPHS})
    for name, tongue in TONGUES.items()
}

DETERMINERS = word_set("a an the this that these those its his her their our your my some any each every no")
PREPOSITIONS = word_set(
    "of in on at by for with from to into onto over under between among amid across after before since until"
    " till during within without against through throughout about above below near off up down than as per via"
    " despite around behind beyond inside outside toward towards upon versus vs unlike like except including"
    " compared because due following regarding concerning aboard along alongside apart aside atop"
)
PRONOUNS = word_set(
    "i you he she it we they me him them us who whom whose which what that there here himself herself itself"
    " themselves someone anyone everyone nobody myself yourself yourselves ourselves oneself"
)
CONJUNCTIONS = word_set(
    "and or but nor so yet if when while whereas although though unless because whether where how why then"
)
AUXILIARIES = word_set(
    "is are was were be been being am has have had having do does did will would shall should can could may"
    " might must isn't aren't wasn't weren't hasn't haven't hadn't won't wouldn't can't couldn't don't doesn't"
    " didn't cannot"
)
# Finite verbs that follow a counted noun in news; a noun phrase ends before them.
FINITE = word_set(
    "announces enters entered"
    " expects expect announces enters entered"
    " employs sees owns runs said says say told tells reported reports announced found showed shows"
    " show came comes come went goes go got gets get took takes take made makes make gave gives give left leaves"
    " won wins lost loses died dies die fell falls rose rises grew grows became becomes began begins remain"
    " remains remained stood stands sat led leads signed voted agreed agree want wants need needs seem seems"
    " seemed appear appears appeared happen happened attended took participated survived fled lived works worked"
    " proves prove say hit paid pay sold sells used"
)
_ADVERBS = word_set(
    "ago earlier later away apart hopes out including ahead afterwards already also still now not only even just"
    " so far yesterday today tomorrow tonight annually yearly monthly weekly daily respectively each alone"
    " together either too well almost nearly more less fewer most least whilst once twice ever never always often"
    " onstage abroad overseas ashore online offline nationwide worldwide statewide citywide downtown upstairs"
    " downstairs apiece elsewhere everywhere anywhere somewhere indoors outdoors instead"
)
STOPS = DETERMINERS | PREPOSITIONS | PRONOUNS | CONJUNCTIONS | AUXILIARIES | FINITE | _ADVERBS

_IRREGULAR_PLURALS = {
    "people": "people", "men": "man", "monies": "money", "women": "woman", "children": "child", "feet": "foot",
    "teeth": "tooth",
    "police": "police", "staff": "staff", "personnel": "personnel", "aircraft": "aircraft", "cattle": "cattle",
    "sheep": "sheep", "fish": "fish", "deer": "deer", "mice": "mouse", "lives": "life", "wives": "wife",
    "crises": "crisis", "data": "data", "species": "species", "series": "series", "troops": "troop",
    "dead": "dead",
    "injured": "injured", "wounded": "wounded", "missing": "missing", "servicemen": "serviceman",
    "policemen": "policeman",
    "firemen": "fireman", "fishermen": "fisherman", "businessmen": "businessman", "horsemen": "horseman",
    "gunmen": "gunman", "militiamen": "militiaman", "servicewomen": "servicewoman", "spacecraft": "spacecraft",
    "homeless": "homeless", "knives": "knife", "wolves": "wolf", "loaves": "loaf", "halves": "half",
    "thieves": "thief",
    "leaves": "leaf", "media": "media", "criteria": "criterion", "phenomena": "phenomenon", "alumni": "alumnus",
    "analyses": "analysis", "bases": "base", "oxen": "ox", "dice": "die", "geese": "goose", "poultry": "poultry",
    "livestock": "livestock", "offspring": "offspring", "youth": "youth", "crew": "crew", "elderly": "elderly",
    "faithful": "faithful", "unemployed": "unemployed", "buses": "bus", "viruses": "virus", "gases": "gas",
    "heroes": "hero", "potatoes": "potato", "tomatoes": "tomato", "shoes": "shoe", "movies": "movie",
    "cookies": "cookie",
    "calories": "calorie", "zombies": "zombie", "rookies": "rookie", "selfies": "selfie", "ties": "tie",
    "pies": "pie",
    "kilos": "kilo", "euros": "euro", "cases": "case", "houses": "house", "horses": "horse", "nurses": "nurse",
    "purchases": "purchase", "increases": "increase", "doses": "dose", "licenses": "license",
    "licences": "licence",
    "exercises": "exercise", "promises": "promise", "premises": "premises", "releases": "release",
    "courses": "course",
    "responses": "response", "expenses": "expense", "diseases": "disease", "causes": "cause", "clauses": "clause",
    "warehouses": "warehouse", "greenhouses": "greenhouse", "enterprises": "enterprise", "franchises": "franchise",
    "axes": "axe", "aches": "ache", "caches": "cache", "headaches": "headache", "phases": "phase",
    "phrases": "phrase",
    "databases": "database", "leases": "lease", "noses": "nose", "roses": "rose", "bruises": "bruise",
    "cruises": "cruise",
    "corpses": "corpse", "senses": "sense", "verses": "verse", "universes": "universe", "defenses": "defense",
    "diagnoses": "diagnosis", "hypotheses": "hypothesis", "theses": "thesis", "prognoses": "prognosis",
    "oases": "oasis", "neuroses": "neurosis", "barracks": "barracks", "headquarters": "headquarters",
    "crossroads": "crossroads", "excuses": "excuse", "abuses": "abuse", "fuses": "fuse", "uses": "use",
    "hostages": "hostage", "fourths": "fourth", "quizzes": "quiz", "goes": "go", "does": "doe", "echoes": "echo",
}  # fmt: skip
_NOT_PLURAL = word_set(
    "as is was has this his its us yes thus plus less across perhaps always besides unless whereas news"
    " politics economics physics mathematics athletics always towards afterwards sometimes overseas james paris"
    " texas business process access success campus status virus bus gas loss class glass press boss mass pass"
    " address census focus bonus surplus crisis basis analysis series species various previous serious"
    " religious dangerous continuous gorgeous famous consecutive los las des measles mumps rabies diabetes herpes"
)


def singular(noun: str) -> str:
    """Return the singular of an English noun, lower-case; a noun that is no plural comes back as it is."""
    noun = noun.lower()
    if noun in _IRREGULAR_PLURALS:
        return _IRREGULAR_PLURALS[noun]
    if noun in _NOT_PLURAL or not noun.endswith("s") or noun.endswith(("ss", "us", "is")) or len(noun) < 3:
        return noun
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes", "zzes")) or _is_latin(noun):
        return noun[:-2]
    return noun[:-1]


def _is_latin(noun: str) -> bool:
    """Whether a plural in "-uses" is one of "-us": "campuses", "bonuses", not "houses" or "causes"."""
    return noun.endswith("uses") and noun[-5:-4] not in ("o", "a")


def is_plural(word: str) -> bool:
    """Whether a lower-case English word looks like a plural noun."""
    if word in _IRREGULAR_PLURALS:
        return True
    return (
        len(word) > 2 and word[-1] == "s" and word not in _NOT_PLURAL and word not in STOPS
        and not word.endswith(("ss", "us", "is", "'s"))
    )  # fmt: skip
