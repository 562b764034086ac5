"""Which currency or unit of measure stands at an atom, and what it is called."""

from typing import NamedTuple

from summarizer.figures.atoms import WORD, Line
from summarizer.figures.lexicon import is_plural, word_set
from summarizer.figures.tables import CURRENCY_CODES, CURRENCY_NAMES, UNIT_NAMES, UNIT_SYMBOLS
from summarizer.model import FigureKind

MONEY, MEASURE, DURATION = FigureKind.MONEY, FigureKind.MEASURE, FigureKind.DURATION
PERCENT, _POINT, INDEX = FigureKind.PERCENT, FigureKind.PERCENTAGE_POINT, FigureKind.INDEX


class Unit(NamedTuple):
    """A unit as it stands in the text: its name, what kind of figure it makes, and the atom after it."""

    name: str
    kind: FigureKind
    end: int


_DURATIONS = word_set(
    "millisecond second minute hour day week fortnight month quarter year decade century season generation"
    " nanosecond microsecond night semester"
)
SIGNS = {
    "$": "dollar", "€": "euro", "£": "pound sterling", "¥": "japanese yen", "₹": "indian rupee",
    "₽": "russian ruble",
    "₩": "south korean won", "₺": "turkish lira", "₴": "ukrainian hryvnia", "₪": "shekel", "₫": "vietnamese dong",
    "₱": "philippine peso", "₦": "nigerian naira", "₡": "costa rican colón", "₲": "paraguayan guarani",
    "₵": "ghanaian cedi",
    "฿": "thai baht", "₸": "kazakhstani tenge", "₼": "azerbaijani manat", "₾": "georgian lari", "¢": "cent",
}  # fmt: skip
# Letters that touch a sign or a number: `US$5`, `A$3m`, `RM79`, `Rs 500`.
_DOLLARS = {
    "us": "dollar", "u.s.": "dollar", "a": "australian dollar", "au": "australian dollar",
    "aus": "australian dollar",
    "c": "canadian dollar", "ca": "canadian dollar", "cad": "canadian dollar", "can": "canadian dollar",
    "hk": "hong kong dollar",
    "nz": "new zealand dollar", "s": "singapore dollar", "sg": "singapore dollar", "nt": "new taiwan dollar",
    "r": "brazilian real", "aud": "australian dollar", "usd": "dollar", "tt": "trinidad & tobago dollar",
    "j": "jamaican dollar", "z": "zimbabwean dollar", "mx": "mexican peso",
}  # fmt: skip
_LETTER_SIGNS = {
    "RM": "malaysian ringgit", "Rs": "rupee", "Rs.": "rupee", "Re": "rupee", "PS": "pound sterling",
    "Y": "japanese yen",
    "R": "south african rand", "kr": "krona", "Sh": "shilling", "KSh": "kenyan shilling", "Ksh": "kenyan shilling",
    "Rp": "indonesian rupiah", "Tk": "bangladeshi taka", "Dh": "dirham", "Dhs": "dirham", "SFr": "swiss franc",
    "Fr": "swiss franc",
    "RMB": "chinese yuan", "N": "nigerian naira", "GH": "ghanaian cedi", "CHF": "swiss franc",
    "P": "philippine peso", "Ft": "hungarian forint",
    "US": "dollar",
}  # fmt: skip
# After a number: `15 euros`, `9 billion yuan`, `150 kn`.
_MONEY_WORDS = {
    "dollar": "dollar", "dollars": "dollar", "bucks": "dollar", "euro": "euro", "euros": "euro",
    "yen": "japanese yen",
    "yuan": "chinese yuan", "renminbi": "chinese yuan", "rupee": "rupee", "rupees": "rupee", "ruble": "ruble",
    "rubles": "ruble", "rouble": "ruble", "roubles": "ruble", "shekel": "shekel", "shekels": "shekel",
    "peso": "peso",
    "pesos": "peso", "franc": "franc", "francs": "franc", "krona": "krona", "kronor": "krona", "krone": "krone",
    "kroner": "krone", "rand": "south african rand", "rands": "south african rand", "baht": "thai baht",
    "lira": "lira",
    "liras": "lira", "dirham": "dirham", "dirhams": "dirham", "dinar": "dinar", "dinars": "dinar",
    "riyal": "riyal",
    "riyals": "riyal", "rial": "rial", "rials": "rial", "ringgit": "malaysian ringgit",
    "rupiah": "indonesian rupiah",
    "forint": "hungarian forint", "forints": "hungarian forint", "zloty": "polish zloty", "zlotys": "polish zloty",
    "hryvnia": "ukrainian hryvnia", "hryvnias": "ukrainian hryvnia", "naira": "nigerian naira",
    "cedi": "ghanaian cedi",
    "cedis": "ghanaian cedi", "taka": "bangladeshi taka", "dong": "vietnamese dong", "cent": "cent",
    "cents": "cent",
    "penny": "penny", "pence": "penny", "pennies": "penny", "quid": "pound sterling", "sterling": "pound sterling",
    "tenge": "tenge", "d'euros": "euro", "d'euro": "euro", "kuna": "croatian kuna", "kunas": "croatian kuna",
    "kn": "croatian kuna",
    "reais": "brazilian real",
    "won": "south korean won", "bitcoin": "bitcoin", "bitcoins": "bitcoin", "shilling": "shilling",
    "shillings": "shilling",
    "koruna": "koruna", "crowns": "crown", "lei": "romanian leu", "lev": "bulgarian lev", "leva": "bulgarian lev",
    "доллар": "dollar", "доллара": "dollar", "долларов": "dollar", "евро": "euro", "рубль": "russian ruble",
    "рубля": "russian ruble", "рублей": "russian ruble", "dólares": "dollar", "dólar": "dollar",
    "pesetas": "peseta",
}  # fmt: skip
_EXTRA_UNITS = {
    "mph": "mile per hour", "kph": "kilometre per hour", "kmh": "kilometre per hour", "mpg": "mile per gallon",
    "bhp": "brake horsepower",
    "hp": "horsepower", "ps": "horsepower", "kt": "knot", "kts": "knot", "sq m": "square metre",
    "sq ft": "square foot",
    "sq km": "square kilometre", "sq mi": "square mile", "sq miles": "square mile", "sq yd": "square yard",
    "sqm": "square metre",
    "sqft": "square foot", "sqkm": "square kilometre", "sq metres": "square metre", "sq feet": "square foot",
    "cc": "cubic centimetre", "lb": "pound-mass", "lbs": "pound-mass", "pound": "pound-mass",
    "pounds": "pound-mass",
    "oz": "ounce", "ft": "foot", "yd": "yard", "yds": "yard", "mi": "mile", "mins": "minute", "min": "minute",
    "hr": "hour",
    "hrs": "hour", "secs": "second", "sec": "second", "yrs": "year", "yr": "year", "ha": "hectare",
    "rpm": "revolution per minute",
    "ppm": "part per million", "ppb": "part per billion", "psi": "pound per square inch", "dpi": "dot per inch",
    "ppi": "pixel per inch", "fps": "frame per second",
    "decibel": "decibel", "decibels": "decibel", "db": "decibel", "kilo": "kilogram", "kilos": "kilogram",
    "tonne": "tonne",
    "tonnes": "tonne", "ton": "ton", "tons": "ton", "metric ton": "metric ton", "metric tons": "metric ton",
    "metric tonnes": "metric ton",
    "cubic metres": "cubic metre", "barrel": "barrel", "barrels": "barrel", "bpd": "barrel per day",
    "celsius": "celsius",
    "fahrenheit": "fahrenheit", "centigrade": "celsius", "degrees c": "celsius", "degrees f": "fahrenheit",
    "degf": "fahrenheit",
    "degc": "celsius", "deg c": "celsius", "deg f": "fahrenheit", "degrees centigrade": "celsius",
    "light years": "light year",
    "light year": "light year", "nautical miles": "nautical mile", "newton metres": "newton metre",
    "newton metre": "newton metre",
    "nm": "nanometre", "lightyears": "light year", "fortnight": "fortnight", "fortnights": "fortnight",
    "season": "season",
    "seasons": "season", "generation": "generation", "generations": "generation", "night": "night",
    "nights": "night",
    "gbit": "gigabit", "gig": "gigabyte", "gigs": "gigabyte", "ppg": "point per game", "rpg": "rebound per game",
    "apg": "assist per game", "spg": "steal per game", "bpg": "block per game", "ypg": "yard per game",
    "ypc": "yard per carry",
    "mp": "megapixel", "bps": "basis point", "basis point": "basis point", "basis points": "basis point",
    "bp": "basis point",
    "square kilometres": "square kilometre", "miles per hour": "mile per hour", "mile per hour": "mile per hour",
    "μm": "micrometre", "micron": "micrometre", "microns": "micrometre", "roentgen": "roentgen",
    "roentgens": "roentgen",
    "magnitude": "magnitude", "lumens": "lumen", "kilobits": "kilobit", "milliamps": "milliampere",
    "amps": "ampere",
    "amp": "ampere", "kw": "kilowatt", "mw": "megawatt", "gw": "gigawatt", "kwh": "kilowatt hour",
    "mwh": "megawatt hour",
    "gwh": "gigawatt hour", "twh": "terawatt hour", "khz": "kilohertz", "mhz": "megahertz", "ghz": "gigahertz",
    "hz": "hertz", "gb": "gigabyte",
    "tb": "terabyte", "mb": "megabyte", "kb": "kilobyte", "mbps": "megabit per second",
    "gbps": "gigabit per second",
    "kbps": "kilobit per second", "mah": "milliampere-hour", "km": "kilometre", "kms": "kilometre",
    "cm": "centimetre", "cms": "centimetre",
    "mm": "millimetre", "kg": "kilogram", "kgs": "kilogram", "mg": "milligram", "ml": "millilitre",
    "cl": "centilitre", "gsm": "gram per square metre", "lb ft": "foot pound-force",
    "ft lb": "foot pound-force", "ft lbs": "foot pound-force", "foot pounds": "foot pound-force",
    "pound feet": "foot pound-force",
    "km²": "square kilometre", "m²": "square metre", "m³": "cubic metre", "cm²": "square centimetre",
    "ft²": "square foot", "cm³": "cubic centimetre",
    "tsp": "teaspoon", "tbsp": "tablespoon", "qt": "quart", "gal": "gallon",
    "gigatonne": "gigatonne", "gigatonnes": "gigatonne", "megatonne": "megatonne", "megatonnes": "megatonne",
    "tco": "tonne", "teu": "teu", "teus": "teu", "kilometer": "kilometre", "meter": "metre",
    "kcal": "kilocalorie", "btu": "british thermal unit",
    "jahre": "year", "jahren": "year", "jahr": "year", "tage": "day", "tagen": "day", "wochen": "week",
    "monate": "month",
    "monaten": "month", "stunden": "hour", "minuten": "minute", "ans": "year", "années": "year", "jours": "day",
    "semaines": "week", "mois": "month", "heures": "hour", "años": "year", "días": "day", "semanas": "week",
    "meses": "month",
    "horas": "hour", "minutos": "minute", "kilómetros": "kilometre", "kilomètres": "kilometre", "метров": "metre",
    "километров": "kilometre", "км": "kilometre", "кг": "kilogram", "тонн": "tonne", "года": "year", "лет": "year",
    "дней": "day", "дня": "day", "недель": "week", "месяцев": "month", "часов": "hour", "минут": "minute",
    "tonnen": "tonne",
    "toneladas": "tonne", "mètres": "metre", "metros": "metre", "metern": "metre", "kilometern": "kilometre",
    "hectares": "hectare",
}  # fmt: skip
# One or two letters that mean a unit only where they touch the digits, or stand where nothing else can be meant.
SHORT_UNITS = {
    "g": "gram", "l": "litre", "L": "litre", "W": "watt", "V": "volt", "A": "ampere", "J": "joule",
    "N": "newton", "h": "hour",
    "s": "second", "p": "penny", "C": "celsius", "F": "fahrenheit", "K": "kelvin", "t": "tonne",
    "Nm": "newton metre", "nm": "nanometre",
    "MB": "megabyte", "Mb": "megabit", "mW": "milliwatt", "MW": "megawatt", "T": "tesla", "Gb": "gigabit",
    "cal": "calorie", "B": "byte", "R": "roentgen", "y": "year", "yo": "year of age", "m": "metre", "in": "inch",
}  # fmt: skip
_SCALE_WORDS = frozenset(("million", "billion", "trillion", "thousand", "m", "bn", "k"))
_SPACED_SIGNS = frozenset(("Rs", "RM", "RMB", "Tk", "Rp", "Dh", "Dhs"))
_SPACED_SHORTS = word_set("W V A J g L l Nm nm MB Mb mW MW p R m K N")

# "5,200 season passes": a singular before a plural only says of which kind it is.
_MODIFYING = word_set("season night day generation decade quarter degree second")
_PERCENTS = word_set("% percent pct percentage pourcent prozent porciento процент процента процентов")
_LENGTHS = frozenset(("metre", "kilometre", "centimetre", "millimetre", "foot", "mile"))

_NAMES = {**UNIT_NAMES, **_EXTRA_UNITS}
_LONG_MONEY = {name: unit for name, unit in CURRENCY_NAMES.items() if " " in name}
_LONG = {name: unit for name, unit in _NAMES.items() if " " in name}
_LONG_FIRST = frozenset(name.split()[0] for name in (*_LONG, *_LONG_MONEY))


def _measure_kind(name: str) -> FigureKind:
    """Return whether a unit measures time or something else."""
    return DURATION if name in _DURATIONS else MEASURE


def _find_long(line: Line, index: int) -> Unit | None:
    """Find a unit of two to four words: `square metres`, `Hong Kong dollars`."""
    if line.lows[index] not in _LONG_FIRST:
        return None
    if line.lows[index + 1] == "-" and line.glued(index + 1):
        name = f"{line.lows[index]} {line.lows[index + 2]}"
        return Unit(_LONG[name], _measure_kind(_LONG[name]), index + 3) if name in _LONG else None
    for length in (4, 3, 2):
        name = " ".join(line.lows[index : index + length])
        if name in _LONG_MONEY:
            return Unit(_LONG_MONEY[name], MONEY, index + length)
        if name in _LONG:
            return Unit(_LONG[name], _measure_kind(_LONG[name]), index + length)
    return None


def find_percent(line: Line, index: int) -> Unit | None:
    """Find `%`, `percent`, `per cent`, `pc`, or percentage points and basis points after a number."""
    low = line.lows[index]
    if low in _PERCENTS:
        end = index + 1
    elif (low, line.lows[index + 1]) in (("per", "cent"), ("pour", "cent"), ("por", "ciento")):
        end = index + 2
    elif low == "pc" and line.glued(index):
        end = index + 1
    elif low == "pp" and line.glued(index):
        return Unit("percentage point", _POINT, index + 1)
    else:
        return None
    at = end + 1 if line.lows[end] == "-" else end
    if line.lows[at] in ("point", "points"):
        return Unit("percentage point", _POINT, at + 1)
    return Unit("percentage", PERCENT, end)


def _find_degree(line: Line, index: int) -> Unit | None:
    """Find `°C`, `°F`, `°` and a prime for feet after a number."""
    if line.words[index] == "'" and line.glued(index) and not line.glued(index + 1):
        return Unit("foot", MEASURE, index + 1) if line.words.count("'") % 2 else None
    if line.words[index] == '"' and line.glued(index):
        closes = line.words[index - 2] != "'" and line.words[:index].count('"') % 2
        return None if closes else Unit("inch", MEASURE, index + 1)
    if line.words[index] not in ("°", "º"):
        return None
    scale = {"C": "celsius", "F": "fahrenheit"}.get(line.words[index + 1])
    return Unit(scale, MEASURE, index + 2) if scale else Unit("degree", MEASURE, index + 1)


def find_measure(line: Line, index: int) -> Unit | None:
    """Find a unit of measure or time, or a currency's noun, after a number."""
    word, low = line.words[index], line.lows[index]
    if line.kinds[index] != WORD:
        return _find_degree(line, index)
    glued = line.glued(index)
    short = SHORT_UNITS.get(word)
    if short and (glued or _may_stand_apart(line, index)):
        return _squared(line, Unit(short, MONEY if short == "penny" else _measure_kind(short), index + 1))
    if word in UNIT_SYMBOLS and (glued or len(word) > 1):
        return _squared(line, Unit(UNIT_SYMBOLS[word], MEASURE, index + 1))
    return _find_long(line, index) or _named(line, low, index)


def _may_stand_apart(line: Line, index: int) -> bool:
    """Whether a unit of one or two letters may follow a space: "5 W", "68 p at the close", not "5 p.m."."""
    if line.words[index] not in _SPACED_SHORTS or (line.lows[index + 1] == "-" and line.glued(index + 1)):
        return False
    return line.lows[index + 1] != "." or index + 2 >= line.size


def _named(line: Line, low: str, index: int) -> Unit | None:
    """Return the unit that one lower-case word names."""
    if low in _MONEY_WORDS:
        return Unit(_MONEY_WORDS[low], MONEY, index + 1)
    name = _NAMES.get(low.replace(".", ""))
    if low in _MODIFYING and is_plural(line.lows[index + 1]) and line.lows[index - 1] not in ("-", "one", "1"):
        return None
    return _squared(line, Unit(name, _measure_kind(name), index + 1)) if name else None


def _squared(line: Line, unit: Unit) -> Unit:
    """Return a unit of length raised to the power written after it: `32 m2`."""
    if unit.name not in _LENGTHS:
        return unit
    power = {"2": "square ", "3": "cubic "}.get(line.words[unit.end])
    return Unit(power + unit.name, unit.kind, unit.end + 1) if power and line.glued(unit.end) else unit


def find_sign(line: Line, index: int) -> tuple[str, int] | None:
    """Find the currency written before the number at `index`: its name and its first atom."""
    at = index - 1
    if line.words[at] == "=" and line.words[at - 1] in ("Y", "PS") and line.glued(index):
        return _LETTER_SIGNS[line.words[at - 1]], at - 1
    if line.words[at] in SIGNS:
        letters = _DOLLARS.get(line.lows[at - 1]) if line.words[at] == "$" else None
        attached = letters and (line.glued(at) or len(line.lows[at - 1]) == 2) and line.words[at - 1].isupper()
        return (letters, at - 1) if letters and attached else (SIGNS[line.words[at]], at)
    word = line.words[at]
    if word == "." and line.words[at - 1] == "Rs":
        return "rupee", at - 1
    if len(word) == 3 and word.isupper() and word in CURRENCY_CODES:
        return CURRENCY_CODES[word], at
    return (_LETTER_SIGNS[word], at) if word in _LETTER_SIGNS and _is_sign(line, index, word) else None


def _is_sign(line: Line, index: int, word: str) -> bool:
    """Whether letters before a number are a currency: "Rs 500", "RM79", "R450m", not "P5" or "PLX-R18"."""
    if (line.glued(index - 1) and line.words[index - 2] != "(") or not (
        line.glued(index) or word in _SPACED_SIGNS
    ):
        return False
    return len(word) > 1 or len(line.words[index]) >= 3 or line.lows[index + 1] in _SCALE_WORDS


def find_code(line: Line, index: int) -> Unit | None:
    """Find a currency's code or sign written after the number: `110 JPY`, `1,200€`."""
    word = line.words[index]
    if word in SIGNS and (line.glued(index) or word != "$"):
        return Unit(SIGNS[word], MONEY, index + 1)
    if len(word) == 3 and word.isupper() and word in CURRENCY_CODES:
        return Unit(CURRENCY_CODES[word], MONEY, index + 1)
    return None
