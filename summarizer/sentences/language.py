"""The language of a text, from its script and its commonest words."""

import re
from collections import Counter

_SAMPLE = 3000
_MOSTLY = 1.4
_WORD = re.compile(r"\w+")

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("en", re.compile(r"[A-Za-z\u00c0-\u024f]")),
)
_LETTERS_OF = (
    ("fa", "ar", re.compile(r"[پچژگی]")),
    ("uk", "ru", re.compile(r"[іїєґІЇЄҐ]")),
)
_COMMON_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in a is that for it on was with as by at from he be are his has have an not"
        " they this had said",
        "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an"
        " werden aus er hat",
        "fr": "de la le et les des en un une du dans est que pour qui par sur au plus pas il ne ce se avec"
        " sont aux cette",
        "es": "de la que el en y los del las un por con una para es al se no su lo como más ha fue sus este"
        " pero también",
        "it": "di e il la che in un per è una del con non sono le della da i si dei nel alla più anche al"
        " gli ha dal",
        "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como foi ao das à são"
        " pela também",
        "nl": "de van het een en in is dat op te zijn voor met die niet aan er om ook als bij naar door uit"
        " over heeft",
        "cs": "a se v na je že s z do o k i ve pro za by ale to jako po které který byl jeho není už podle"
        " také od",
        "sk": "a sa v na je že s z do o k aj vo pre za by ale to ako po ktoré ktorý bol jeho nie už podľa od sú",
        "pl": "w i na z do się nie że jest to o od po jak za przez przy ale dla są oraz co jego które który"
        " był tym",
        "sv": "och i att det som en på är av för med den till har inte om ett var men från de vid han sig kan nu",
        "da": "og i at det er en til af på for med de den har ikke der som et var men fra vi han sig kan nu blev",
        "no": "og i at det er en til av på for med de den har ikke som et var men fra vi han seg kan nå ble etter",
        "fi": "ja on ei että se oli hän mutta ovat kuin myös joka sen ole mukaan jo kun tai nyt sekä voi vuonna",
        "ro": "și de în a la cu pe că din nu o care este un mai au fost pentru să ce prin dar sunt după al lui",
        "hu": "a az és hogy nem is egy van volt de meg ez már csak mint ki el még szerint lesz azt után vagy",
        "tr": "ve bir bu da için de ile olarak çok daha olan gibi ne kadar sonra en olduğu dedi var ancak ise",
    }.items()
}


def detect_language(text: str) -> str:
    """Return the language of a text as its ISO 639-1 code, `en` when unsure."""
    sample = text[:_SAMPLE]
    script = "en" if 2 * len(sample.encode("ascii", "ignore")) > len(sample) * _MOSTLY else _script(sample)
    if script == "en":
        return _latin_language(sample)
    for language, family, letters in _LETTERS_OF:
        if script == family and len(letters.findall(sample)) > len(sample) / 50:
            return language
    return script


def _script(sample: str) -> str:
    """Return the language that stands for the sample's commonest script; kana decide for Japanese."""
    counts = [(len(letters.findall(sample)), language) for language, letters in _SCRIPTS]
    most, language = max(counts, key=lambda found: found[0])
    kana = counts[0][0]
    if language == "zh" and kana * 20 > most:
        return "ja"
    return language if most else "en"


def _latin_language(sample: str) -> str:
    words = Counter(_WORD.findall(sample.lower()))
    hits = {language: sum(words[word] for word in common) for language, common in _COMMON_WORDS.items()}
    best = max(hits, key=lambda language: hits[language])
    return best if hits[best] >= 2 and hits[best] > 2 * hits["en"] else "en"


def common_words(language: str) -> frozenset[str]:
    """Return the commonest words of a language, which carry no content."""
    return _COMMON_WORDS.get(language, frozenset())
