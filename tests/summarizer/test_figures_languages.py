"""Number formats, scale words and dates of other languages; English never reads them."""

import pytest

from summarizer.figures import extract
from summarizer.model import Sentence

Row = tuple[float | tuple[float, float], str, str, str]
FOREIGN: dict[tuple[str, str], list[Row]] = {
    ("fr", "Le budget atteint 1 234 567 euros, soit 3,5 % du total."): [
        (1234567, "euro", "=", ""),
        (3.5, "percentage", "=", ""),
    ],
    ("fr", "Plus de 2,4 millions de personnes ont fui en mars 2024."): [(2.4e6, "personne", ">", "2024-03")],
    ("fr", "Le chiffre a progressé de 12,5 pour cent à 3,2 milliards d’euros."): [
        (12.5, "percentage", "up", ""),
        (3.2e9, "euro", "=", ""),
    ],
    ("fr", "Quatre soldats et 21 civils ont été tués."): [(4, "soldat", "=", ""), (21, "civil", "=", "")],
    ("de", "Der Umsatz stieg um 3,5 Prozent auf 1.234,5 Millionen Euro."): [
        (3.5, "percentage", "up", ""),
        (1234.5e6, "euro", "=", ""),
    ],
    ("de", "Rund 1,2 Mio. Menschen leben dort."): [(1.2e6, "menschen", "~", "")],
    ("de", "Mindestens 40 Menschen starben, 1.500 wurden verletzt."): [
        (40, "menschen", ">", ""),
        (1500, "menschen", "=", ""),
    ],
    ("de", "Das Projekt kostet 2,5 Mrd. Euro bis 2030."): [(2.5e9, "euro", "=", "2030")],
    ("de", "Der Kurs liegt bei 4.25 und ½ Liter bei 3.4.5 und 1.2."): [
        (4.25, "litre", "=", ""),
        (0.5, "litre", "=", ""),
        (1.2, "litre", "=", ""),
    ],
    ("de", "Millionen Menschen kamen am 5. Mai 2024 und sahen 3 Tore."): [(3, "tore", "=", "")],
    ("es", "El gobierno destinará 1.500 millones de euros en 2025."): [(1.5e9, "euro", "=", "2025")],
    ("es", "Unas 20 mil personas marcharon."): [(20000, "persona", "~", "")],
    ("es", "La inflación subió un 3,2 por ciento en enero de 2025."): [(3.2, "percentage", "up", "2025-01")],
    ("ru", "В 2024 году призвали 150 тыс. человек, а в 2023 году — 147 000."): [
        (150000, "человек", "=", "2024"),
        (147000, "человек", "=", ""),
    ],
    ("ru", "Более 1,5 млн рублей и 12,3 процента."): [
        (1.5e6, "russian ruble", ">", ""),
        (12.3, "percentage", "=", ""),
    ],
    ("it", "Circa 3.500 persone hanno partecipato."): [(3500, "persone", "~", "")],
    ("en", "The price of 1.234,5 is odd, 1.234 is not."): [(1.234, "-", "=", "")],
}


@pytest.mark.parametrize(("language", "text"), FOREIGN, ids=str)
def test_foreign(language: str, text: str) -> None:
    found = extract((Sentence(0, len(text), text),), None, language)
    got = [(f.value, f.unit, f.change, f.as_of.label if f.as_of else "") for f in found]
    assert got == FOREIGN[language, text]


SPOKEN: dict[tuple[str, str], str] = {
    ("fr", "Selon Eurostat, 300 personnes sont mortes."): "Eurostat",
    ("fr", "Quelque 300 personnes sont mortes, a déclaré Marie Dupont."): "Marie Dupont",
    ("de", "Laut Eurostat starben 300 Menschen."): "Eurostat",
    ("de", "Es starben 300 Menschen, sagte Anna Weber."): "Anna Weber",
    ("es", "Según Eurostat, murieron 300 personas."): "Eurostat",
    ("es", "Murieron 300 personas, dijo Ana Ruiz."): "Ana Ruiz",
}


@pytest.mark.parametrize(("language", "text"), SPOKEN, ids=str)
def test_spoken(language: str, text: str) -> None:
    (figure,) = extract((Sentence(0, len(text), text),), None, language)
    assert figure.source is not None
    assert figure.source.name == SPOKEN[language, text]
