"""Words that end in a full stop within a sentence, and words that open sentences, by language.

Written for this project from the style of newspapers; the empty language holds for all.
"""

from enum import Enum


class Before(Enum):
    """What an abbreviation stands before, which decides when its full stop ends a sentence."""

    NAME = "name"  # never ends one: Mr., Gen., vs.
    NUMBER = "number"  # ends one unless a digit follows: No. 5, p. 12
    OPENING = "opening"  # ends one where a word follows that opens sentences: Inc. The


def _table(names: str = "", numbers: str = "", openings: str = "") -> dict[str, Before]:
    return {
        **dict.fromkeys(names.split(), Before.NAME),
        **dict.fromkeys(numbers.split(), Before.NUMBER),
        **dict.fromkeys(openings.split(), Before.OPENING),
    }


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list written as text."""
    return frozenset(text.split())


ABBREVIATIONS: dict[str, dict[str, Before]] = {
    "": _table(
        names="mr mrs ms mx messrs mme mlle dr drs prof gen gov sen sens rep reps lt col capt cpt sgt cpl"
        " pvt maj cmdr adm brig const"
        " rev fr hon pres supt insp det atty ald amb cllr mt ft vs cf viz e.g i.e ca approx v orig lt.gen Rt",
        numbers="no nos art sec fig figs vol ch pp p par para rs approx ca c est ext tel nr num núm nº"
        " jan feb apr aug sept sep oct nov dec Mar Jun Jul",
        openings="inc corp co ltd bros llc plc jr sr st ave blvd rd dept univ assn al"
        " tue tues wed thu thur thurs ft lb lbs oz yd mi hr hrs min mins sq Mon Fri",
    ),
    "de": _table(
        names="hr fr frl dipl ing bzw z.b z d.h u.a u sog bspw evtl ggf inkl vgl geb v.a insb",
        numbers="nr abs art s bd kap ca rd",
        openings="mio mrd str usw etc jh jhd tel jan feb okt dez",
    ),
    "fr": _table(
        names="m mm mme mmes mlle mgr me st ste dr pr cf env j.-c",
        numbers="n no art p vol chap env av",
        openings="av bd",
    ),
    "es": _table(
        names="sr sra sres srta d dña dn dr dra ud uds vd gral lic ing prof mons sto sta fr cía",
        numbers="núm n pág págs art aprox tel",
        openings="ee.uu ee uu a.c d.c av avda",
    ),
    "it": _table(names="sig sigg dott prof ing avv on sen gen s", numbers="art n pag"),
    "pt": _table(names="sr sra srs dr dra prof eng exmo d", numbers="art n pág núm", openings="av"),
    "nl": _table(names="dhr mevr mr drs ir prof bijv o.a m.n z.g", numbers="nr art blz", openings="jl"),
    "cs": _table(
        names="např tzv tj resp mj popř mgr ing mudr judr phdr rndr bc doc prof sv gen plk pozn vč cca",
        numbers="č čl str odst tel r",
        openings="mil mld tis atd apod aj kč hod min nám ul st",
    ),
    "sk": _table(
        names="napr tzv tj resp ing mgr mudr judr prof doc sv", numbers="č čl str", openings="mil mld tis atď"
    ),
    "pl": _table(
        names="np tzw tj m.in prof dr inż mgr gen im św ks",
        numbers="nr art ok s",
        openings="mln mld tys itd itp r ul",
    ),
    "ru": _table(
        names="т.е т.н им ул пр просп г-н г-жа акад проф доц тов св см напр ср кв д стр гг",
        numbers="ст п пп гл рис табл №",
        openings="т.д т.п др г гг в вв тыс млн млрд трлн руб коп долл евро чел км кг н.э обл мин сек",
    ),
    "uk": _table(
        names="ім вул просп бул пров пл див напр тобто проф акад св",
        numbers="ст п рис",
        openings="р рр тис млн млрд грн коп",
    ),
    "el": _table(
        names="π.χ κ κα κος δρ βλ δηλ αγ στρ λεωφ",
        numbers="αρ σελ άρθρ",
        openings="κ.λπ κ.ά κ.α εκατ δισ χιλ π.μ μ.μ μ.χ",
    ),
    "hi": _table(names="डॉ श्री प्रो पं सु कु मो मि यू के एस एम पी बी सी डी जे आर", openings="रु"),
    "ar": _table(names="د أ م ص"),
    "sv": _table(names="bl.a t.ex s.k dvs dr prof", numbers="nr ca kap", openings="m.m osv milj kr tkr"),
    "da": _table(names="bl.a f.eks dvs dr prof", numbers="nr ca", openings="mio mia osv kr"),
    "no": _table(names="bl.a f.eks dvs dr prof", numbers="nr ca", openings="mill mrd osv kr"),
    "tr": _table(names="dr prof doç av sn hz", numbers="no s", openings="vb vs"),
}

OPENINGS: dict[str, frozenset[str]] = {
    "en": words_of(
        "The A An It Its He She They We You I His Her Their Our My Your This That These Those There Here In"
        " On At But"
        " And Or Nor So Yet If When While After Before As For From With Without By To Of Into Among Amid"
        " Since Until"
        " Despite Although Though Because Unless However Meanwhile Moreover Instead Still Also Then Now"
        " Today Yesterday"
        " Tomorrow Once Some Many Most More Few Several Both Each Every All Any Another Other Others Such"
        " No Not Nobody"
        " None Nothing What Why How Who Where Which Whether According During Under Over Between About"
        " Against Asked Last"
        " Next Earlier Later Even Just Only Perhaps Maybe One Two Three Officials Authorities Analysts"
        " Investigators"
        " Prosecutors Researchers Witnesses Let Did Does Is Are Was Were Can Could Will Would Should Please"
        " Thanks Additionally Similarly Previously Recently Currently Apart Besides Like Unlike Given Following"
        " Citing Speaking Elsewhere Thus Hence Never Rather Across Around Outside Inside Throughout Beyond"
        " Whatever Four Five Six Seven Eight Nine Ten Dozens Hundreds Thousands Millions People Critics Experts"
    ),
    "de": words_of(
        "Der Die Das Ein Eine Einen Einem Er Sie Es Wir Ihr Ich Dies Diese Dieser Dieses In Im Am An Auf"
        " Aus Bei Beim Mit"
        " Nach Von Vom Vor Zu Zum Zur Und Aber Doch Denn Auch Als Wenn Während Seit Für Gegen Bis Durch"
        " Damit Dabei Danach"
        " Dazu So Nun Jetzt Hier Dort Zudem Außerdem Allerdings Insgesamt Laut Nur Noch Man Was Wer Wie Wo"
        " Warum Seine Ihre"
    ),
    "fr": words_of(
        "Le La Les L Un Une Des Il Elle Ils Elles On Ce Cet Cette Ces C Nous Vous Je J En Dans Au Aux À A"
        " De Du D Par Pour"
        " Sur Sous Avec Sans Mais Et Ou Or Donc Car Si Quand Lorsque Selon Après Avant Depuis Pendant Son"
        " Sa Ses Leur Leurs"
        " Plus Tous Toutes Qui Que Cela Ainsi Alors Toutefois Cependant Puis"
    ),
    "es": words_of(
        "El La Los Las Lo Un Una Unos Unas Él Ella Ellos Ellas Este Esta Estos Estas Ese Esa En De Del Al A"
        " Por Para Con"
        " Sin Sobre Según Pero Y O Si Cuando Mientras Desde Hasta Tras Ante Entre Su Sus Se No Es Fue Más"
        " También Además"
        " Sin Aunque Como Ya Así Todo Todos"
    ),
    "ru": words_of(
        "В Во На По Из От До За К Ко С Со О Об У При Для Это Этот Эта Эти Он Она Они Оно Мы Вы Я Но И А"
        " Если Когда Как Что"
        " Так Также По Его Её Их Не После Перед Во Однако При Все Всего Ранее Кроме Между Среди Тем Там Тогда"
    ),
    "cs": words_of(
        "V Ve Na Po Z Ze Do Od K Ke S Se O U Při Pro To Ten Ta Ty Tento Tato On Ona Oni Ale A I Pokud Když"
        " Jak Co Tak Také"
        " Podle Jeho Její Jejich Ne Není Je Jsou Byl Byla Bylo Byli Už Však Více Další"
    ),
    "el": words_of(
        "Ο Η Το Οι Τα Τον Την Ένας Μια Μία Ένα Στο Στη Στην Στον Σε Από Για Με Και Αλλά Αν Όταν Ενώ Αυτό Αυτή"
    ),
}
