"""Where sentences end: a table of hard cases as news writes them, and laws for any text."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import sentences
from summarizer.model import SentenceKind

BODY, HEADING, CAPTION = SentenceKind.BODY, SentenceKind.HEADING, SentenceKind.CAPTION
BYLINE, BOILERPLATE = SentenceKind.BYLINE, SentenceKind.BOILERPLATE

# Each line is one text; "¦" stands where one sentence ends and the next begins, and is a space in the text itself;
# "§" is such a place where the text has no space.
ENGLISH = """
The vote passed.¦Turnout was low.
Is it over?¦Nobody knows!¦Ask again.
Mr. Okafor met Mrs. Lind and Dr. Sato in St. Petersburg.¦They spoke for an hour.
U.S. President Adam Reyes flew to Oslo.¦He returned on Sunday.
He moved to the U.S. in 1998.¦She followed.
They live in the U.S.¦The children go to school there.
The U.N. Security Council met at 3 p.m. Monday.¦No vote was held.
The meeting began at 10 a.m. on Friday.¦It ended at noon.
The train left at 9 a.m. Dec. 5 from Oslo.¦It was full.
Polls close at 9 p.m.¦Results are due by midnight.
Trading opens at 9.30 a.m. ET in New York.¦Shares rose.
Gov. Dana Fell and Sen. Ray Ortiz, D-Calif., signed it.¦Both will speak.
Rep. Lee Marsh (R-Tex.) objected.¦Others did not.
Prices rose 3.5 per cent.¦Wages rose 2.1 per cent.
The deal is worth $4.2bn.¦Shares fell 1.3%.
She ranked No. 5 in the world.¦He ranked No. 12.
"No. 10 Downing Street declined to comment."¦The Treasury also declined.
He said no.¦She said yes.
Acme Inc. said profit fell.¦Its rival Delta Corp. did better.
The buyer is Orion Ltd.¦The seller was not named.
The suit names Bell Co. and Hart Bros. of Ohio.¦Both deny it.
It happened on Jan. 6 in Washington.¦Nine people were hurt.
The talks run from Sept. 3 to Oct. 9.¦A deal is unlikely.
George W. Hill and J. R. Stone wrote it.¦It sold well.
J.K. Marsh signed the letter.¦So did A. B. Cole.
Martin Luther King Jr. spoke there.¦He was 34.
The firm was run by John Webb Jr.¦He died in 2011.
The Ph.D. student found it.¦Her tutor agreed.
“We will not stop,” she said.¦“We cannot.”
“It is over.”¦He walked out.
"I left early. ¦I was tired."
“Why now?” Ms Adeyemi asked.¦Nobody answered.
“Get out!” he shouted.¦They ran.
"Are we safe?" asked the mayor.¦"Not yet," the chief replied.
The report said: “Nothing was found.”¦Police disagreed.
He called it “a disgrace.”¦The minister resigned.
The brutality of the strikes.. .show that he does not care.¦Talks go on.
We had problems ... we had delays.¦Then it worked.
He paused... and then went on.¦She laughed.
“I don’t know...”¦The line went dead.
They waited…¦Nothing came.
Visit www.example.org.¦The site is free.
The file is at https://example.org/a.b?c=d.e and is public.¦Read it.
Version 2.0.1 fixes it.¦Install it now.
The storm hit at 4.15pm.¦Power failed.
A 7.1-magnitude quake struck.¦No one died.
The U.K.-based group said so.¦Others agreed.
The court ruled in Roe v. Wade and in Hill vs. Stone.¦It was 1973.
About 3,000 people, i.e. half the town, fled.¦Some returned.
Use tools, e.g. Hammers, with care.¦Ask first.
Costs, fees, etc. were waived.¦Taxes were not.
They grow rice, maize, etc.¦The land is rich.
Smith et al. published it in 2019.¦It was cited widely.
The win took Ajax to 2nd.¦PSV are 1st.
It is 5 ft. 3 in. tall.¦That is rare.
Fort Worth, Tex., and Miami, Fla., were hit.¦Both flooded.
He is from Springfield, Ill.¦He left in 1990.
Gen. Mark Olsen and Lt. Col. Ann Wu spoke.¦Neither gave figures.
Yahoo! Finance reported it.¦Yahoo! declined to comment.
What?!¦Nobody told us.
He lives at 221 Baker St.¦The house is small.
The 5.30 p.m. train left.¦We missed it.
The plan was plan B.¦The first had failed.
He is as tall as I.¦The others are shorter.
It costs Rs. 500 a day.¦Few can pay.
Is 60% enough?¦60% is not.
The index fell 2%.¦10 of 11 sectors lost.
It ended 2-1.¦1,200 fans sang.
He joined in 2004.¦In 2010 he left.
Sales hit £5m.¦Profit was £1m.
She has a B.A. from Yale.¦He has none.
The D.C. Council met.¦It voted 9-4.
The company (Acme Inc.) declined.¦Its lawyer too.
KYIV, Ukraine (AP) — Two people died.¦Four were hurt.
WASHINGTON, D.C. — The House voted.¦The Senate did not.
LONDON, Jan. 3 (Reuters) - Shares fell.¦Oil rose.
It was sold for 1.5 million.¦The buyer is unknown.
He said: 'It is fine.'¦It was not.
The law was passed.[1]¦It was repealed.[2]¦Nobody noticed.
The minister went to Congress.§The vote was delayed.
The price rose.§Analysts shrugged.
He called it unfair.§“We will appeal,” he said.
Try Booking.Com or Node.Js.¦Both work.
He was fired.”¦The board agreed.
“Stop.¦Think.¦Act.”
Mt. Etna and Ft. Bragg are far apart.¦Very far.
The Rev. Al Dunn prayed.¦Others sang.
Prof. Dr. Weiss agreed.¦Her peers did not.
Messrs. Bell and Hart won.¦Mr. Orr lost.
The firm, S.A. Duval, lost.¦It will appeal.
Apple makes it.¦iPhone sales rose.
He fled.¦al-Shabab claimed the attack.
Eat 1 lb. of fruit.¦Drink water.
See Art. 5 and Sec. 12.¦Both apply.
Turn to pp. 12-14.¦Read them.
It rose to approx. 300.¦It then fell.
It was founded c. 1500.¦Nobody is sure.
The U.S. 10-year yield rose.¦Gold fell.
Do it for the U.S.A.¦It is time.
“Is that a ‘no’?” she asked.¦“Yes.”
(He had left.)¦She stayed.
He won [the vote].¦She lost.
Police (on Monday) left.¦(They came back.)
He bought a .22 rifle.¦It was legal.
A: Yes.¦B: No.
Deaths: 12.¦Injured: 30.
$5 was stolen.¦$3 was found.
He quit.¦@mayor replied on Twitter.
Look!¦#Vote2024 is trending.
The Washington Monument, in Washington, D.C., closed.¦It reopens in May.
Col. Sanders and Capt. Cook never met.¦Of course.
It was 98.6 degrees.¦That is normal.
The score was 6-3, 6-4.¦Match over.
Aug. was hot.¦Sept. was not.
The No. 1 seed lost.¦The No. 2 seed won.
“We won!”¦The crowd roared.
Wait for it. . . .¦There it is.
She said "hello."¦"Hi," he said.
He did not go to St. Mary's.¦He went to St. John's.
The S&P 500 fell 1.2%.¦The Dow rose.
The vessel, M.V. Arcadia, sank.¦All were saved.
Officials in the E.U. Commission agreed.¦Diplomats did not.
Thousands marched in Washington, D.C.¦Officials counted them.
The film stars Robert Downey Jr. and Emma Cole.¦It opens in June.
Over 2 ½ hours passed.¦Help came.
"This cannot stand," he said.¦"We will appeal."
He told the BBC: "It was awful.¦I ran."
The price fell.§"We will appeal," he said.
1. Start small and wait.¦Then grow.
He moved to the U.S.¦“It was hard,” he said.
James P. Kennedy Jr. wrote it.¦See p. 12.
Write to www.HarbourPost.example for more.
It was free (orig. $1,599).¦Few knew.
The pact was signed in Washington, D.C.¦President Ortega was there.
They met in Newark, N.J.¦Residents cheered.
He drove to Reno, Nev.¦Snow fell.
He flew to Washington, D.C. Tuesday for talks.¦She did not.
A suit was filed in Trenton, N.J. Superior Court.¦It failed.
Jobs rose by a million, said the B.L.S.¦Wages stayed flat.
Prices fell in the U.S.¦Exporters cheered.
U.S. Marines were sent to help.¦The U.S. Congress agreed.
Sales doubled in the U.K.¦Apart from that, little changed.
They sell books, maps, etc.¦Oslo has three such shops.
He took vitamin C.¦Doctors approved.
Police Const. Tim Fells spoke.¦He was calm.
The deal was done in Feb.¦President Ortega signed it.
It was bought by Acme Inc.¦Shares rose.
He lives on Baker St.¦Neighbours like him.
The town of St. Albans was flooded.¦Roads were closed.
They sold it in the U.S.¦Ortega said the price was fair.
The U.S. Embassy said so.¦The U.S. Army told the press.
“It is over. ”¦He walked out.
" It is over . "¦She left .¦" We stay . "
He shouted : " Go . "¦" No , " she said .
`` It is over . ''¦He left .
(CNN)A.J. Mills, a drummer, died.¦He was 55.
"""

# As above, after the language and a space.
OTHER_LANGUAGES = """
de Am 3. Oktober kamen 20 000 Menschen.¦Es blieb ruhig.
de Der 1. FC Köln gewann 2:1.¦Die Fans jubelten.
de Dr. Weber und Prof. Klein, u.a. aus Bonn, kamen.¦Sie blieben bis 18.30 Uhr.
de Es kostet ca. 3,5 Mio. Euro bzw. 4 Mrd. Dollar.¦Das ist viel.
de „Wir bleiben.“¦Das sagte er am Montag.
de Das Gesetz gilt z.B. für Firmen.¦Nr. 5 fehlt.
fr M. Dupont a rencontré Mme. Leroy à Paris.¦Ils ont parlé.
fr « Nous restons. »¦Le ministre est parti.
fr Il a dit : « Pourquoi ? » avant de partir.¦Elle est restée.
fr La hausse est de 3,5 %.¦Les prix baissent.
fr Il est né en 44 av. J.-C. à Rome.¦Il y est mort.
es El Sr. Ruiz llegó a EE.UU. el lunes.¦La Sra. Gil se quedó.
es ¿Qué pasó?¦¡Nadie lo sabe!
es Subió un 3,5 por ciento.¦El dólar cayó.
ru В 2024 г. призвали 150 тыс. человек.¦Это рекорд.
ru А. С. Пушкин родился в Москве.¦Он умер в 1837 г.
ru «Мы остаёмся».¦Так сказал министр.
ru Цена выросла на 5 млн. руб. за год.¦В мае она упала.
cs Zákon platí od 1. ledna 2005.¦Vláda ho schválila.
cs Přišlo např. 300 lidí, tj. polovina.¦Ostatní ne.
cs Ing. Novák a MUDr. Malá přijeli.¦Zůstali týden.
el Πότε θα γίνει;¦Κανείς δεν ξέρει.
el Ο κ. Παππάς μίλησε.¦Η κα. Νικολάου όχι.
ar وصل الوفد إلى القاهرة.¦هل يبقى؟¦لا أحد يعرف.
he הוועדה התכנסה ביום ראשון.¦מה הוחלט?¦לא ידוע.
hi यू.एस.जी.एस. के प्रमुख ने कहा।¦यू. के. ने व्यापार रोका।
hi सरकार ने कहा।¦क्या यह सच है?¦कोई नहीं जानता।
zh 总统周一宣布。¦他说：“我们不会停。”¦没有人回答。
ja 首相は月曜日に発表した。¦誰も答えなかった。
it Il sig. Rossi è partito.¦È tornato lunedì.
pt O Sr. Silva chegou.¦A Sra. Costa saiu.
nl Dhr. Jansen kwam om 10.30 uur.¦Hij bleef.
pl Przyszło np. 300 osób, tj. połowa.¦Reszta nie.
uk У 2024 р. приїхало 5 тис. людей.¦Це рекорд.
sv Det kostar ca. 5 kronor.¦Det är billigt.
tr Dr. Kaya geldi.¦Prof. Demir gitti.
"""


def lines(table: str) -> list[str]:
    return [line for line in table.splitlines() if line]


@pytest.mark.parametrize("marked", lines(ENGLISH))
def test_english_news_splits_where_a_reader_would(marked: str) -> None:
    text = marked.replace("¦", " ").replace("§", "")
    assert texts(text, "en") == [part.strip() for part in re.split("[¦§]", marked)]


def texts(text: str, language: str = "") -> list[str]:
    return [sentence.text for sentence in sentences.split(text, language)]


@pytest.mark.parametrize("line", lines(OTHER_LANGUAGES))
def test_other_languages_split_by_their_own_abbreviations(line: str) -> None:
    language, marked = line.split(" ", 1)
    assert texts(marked.replace("¦", " "), language) == marked.split("¦")


TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(
            [*"aA.!?…;\n \"'“”‘’«»()[]-–—5•", "U.S.", "Dr. ", "No. ", "e.g. ", "St. ", "said ", "。", "؟ ", "\x00"]
        ),
        max_size=80,
    ).map("".join),
)


@given(TEXTS)
@settings(max_examples=200)
def test_offsets_slice_back_in_order_without_overlap_whatever_the_text(text: str) -> None:
    found = sentences.split(text)
    assert all(text[s.start : s.end] == s.text and s.text.strip() == s.text != "" for s in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert found == sentences.split(text)


@given(TEXTS)
@settings(max_examples=100)
def test_no_letter_is_lost(text: str) -> None:
    kept = "".join(s.text for s in sentences.split(text, "en"))
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


@given(
    st.lists(st.sampled_from(["One went. ", "He left", "Mr. Lee came. ", "so it is"]), min_size=1).map("\n\n".join)
)
@settings(max_examples=50)
def test_a_blank_line_always_ends_a_sentence(text: str) -> None:
    assert not any("\n\n" in s.text for s in sentences.split(text, "en"))


@pytest.mark.timeout(600)  # by the clock; below, what counts is the time of this process
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("7" * 1_000_000, id="digits"),
        pytest.param("It was so. " * 100_000, id="100,000 sentences"),
        pytest.param("." * 1_000_000, id="dots"),
        pytest.param("A." * 500_000, id="initials"),
        pytest.param("\n" * 1_000_000, id="line ends"),
        pytest.param(" " * 1_000_000, id="spaces"),
        pytest.param("a." * 100_000, id="letters and dots"),
        pytest.param("1. " * 50_000, id="list numbers"),
        pytest.param("“" * 500_000, id="quotes"),
        pytest.param('."A' * 50_000, id="glued quotes"),
        pytest.param("— Ann Lee/" * 50_000, id="credits"),
        pytest.param("\x00 \u202eA. " * 50_000, id="controls"),
        pytest.param("🙂. " * 50_000, id="emoji"),
        pytest.param("U.S. " * 50_000, id="acronyms"),
    ],
)
def test_a_megabyte_of_anything_takes_seconds_at_most(text: str) -> None:
    started = time.process_time()
    sentences.split(text)
    assert time.process_time() - started < 60  # what grew by the square would take hours


def kinds(text: str) -> list[SentenceKind]:
    return [sentence.kind for sentence in sentences.split(text, "en")]


OUTSIDE_THE_ARTICLE = {
    BOILERPLATE: """
Sign up for our newsletter and get the news every morning.
Sign up here to receive the daily briefing.
Read more: how the vote was won
Read more about the flood here.
Related: the mayor resigns
Subscribe to our channel for more stories.
Click here to see the gallery.
Follow us on Twitter and Facebook.
We use cookies to improve your experience.
This website uses cookies.
All rights reserved.
© 2024 The Harbour Post
Copyright 2024 The Harbour Post.
Advertisement
Download our app for breaking news.
This article was originally published in the Harbour Post.
Share this story
Do you have a story for us?
Watch: the moment the bridge fell
https://example.org/news/1
Most read in sport
Your support powers our journalism.
If you value our reporting, become a member from three pounds a month.
Please enable JavaScript to continue to the site.
Ann Reed in Oslo and Tom Hale contributed to this report.
She can be reached at the newsroom.
Follow her on Twitter.
Correction: an earlier version of this article gave the wrong year.
Read our full guide to the vote here.
If you buy something through this page, we may earn a commission.
Be sure to visit Harbour Crafts on Facebook and Instagram.
Please consider joining our members.
To see the whole list, click here.
Vera Lund contributed from Oslo.
The post Bridge falls in Oslo appeared first on Harbour Post.
You are receiving this email because you signed up.
This live blog is now closed.
Got a tip?
const total = (a, b) => { return a + b; }
Clique aqui para ver mais.
""",
    CAPTION: """
The minister speaks to reporters at the port – Maria Keller
Residents clear mud from a street in the old town – Jon Park/Getty Images
A ferry leaves the harbour on Monday. (AP Photo/Ann Reed)
Protesters outside the court (Photo: Ann Reed)
Image caption: the bridge before the flood
Photograph by Ann Reed
The new line opens in May. Picture: Tom Hale/PA
File photo of the minister at the port
Image source, Getty Images
FILE - The minister speaks at the port on Jan. 5.
1 of 4 | The old bridge before the flood
Mayor Adams speaks during a visit to the new bridge in Oslo, on Monday, May 3, 2021.
A diver holds a torch in the harbour on 3 May 2021.
The mayor is seen outside the town hall.
In this undated photo, workers mend the old bridge.
This image provided by the port shows the sunken ferry.
""",
    BYLINE: """
By Ann Reed
By Ann Reed and Tom Hale, political editor
Reporting by Ann Reed in Oslo; Editing by Tom Hale
(Additional reporting by Ann Reed)
Published: 3 May 2024
Last updated on Monday at 10:14
Saturday, January 8, 2005
5 min read
10:42 GMT
segunda-feira, 22 de janeiro de 2018 às 0:13
10.42am BST
9pm
— Ann Reed (@annreed)
Ann Reed (@annreed) May 3, 2021
ann.reed@example.org
""",
    HEADING: """
What we know so far
Flood waters rise again in the north
| 1 | Oslo | 5,035 | 0 |
Team | Played | Won
""",
}


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind, table in OUTSIDE_THE_ARTICLE.items() for line in lines(table)]
)
def test_a_line_outside_the_article_is_told_by_its_words(kind: SentenceKind, line: str) -> None:
    text = f"The bridge fell on Monday.\n\n{line}\n\nNobody was hurt, police said."
    found = kinds(text)
    assert found[0] is found[-1] is BODY
    assert set(found[1:-1]) == {kind}


PROSE = """
Sign-ups for the scheme rose by 12 per cent, the ministry said.
Read more than 50 books a year and you will sleep better, a study says.
By Monday the river had fallen by two metres, officials said.
By Ann Reed’s count, 40 houses were lost.
Published by the ministry on Monday, the list of 14 names includes two serving judges and a mayor.
The union – Solidarity for All – said no.
“Nobody asked us” – the words hung in the air.
Shares in Getty rose 4 per cent on Tuesday.
Should I have called the police that day? -- WORRIED IN OSLO
Двадцать граммов сахара легко набрать за день - это всего три чайные ложки
The photos were taken in May, the court heard.
He is seen near the bank in a video that police showed to the court.
The picture is bleak, the bank said in its report of May 3, 2021.
Voters are seen as tired, says a poll.
The post office appeared in 1921.
Click beetles are back, farmers say.
If f(x) = 2, then the value is 4.
Watch repairers are in short supply, the guild says.
"""


@pytest.mark.parametrize("line", lines(PROSE))
def test_prose_that_looks_like_a_page_stays_in_the_article(line: str) -> None:
    text = f"The bridge fell on Monday.\n\n{line}\n\nNobody was hurt."
    assert not set(kinds(text)) & {BOILERPLATE, CAPTION, BYLINE}


def test_one_line_without_a_full_stop_is_body() -> None:
    assert kinds("Police found 12 bikes") == [BODY]


def test_lines_are_body_where_most_have_no_full_stop() -> None:
    assert kinds("Police found 12 bikes\nThree were stolen\nNobody was held") == [BODY] * 3


def test_a_date_on_a_line_of_its_own_is_none_of_the_article() -> None:
    assert kinds("Police found 12 bikes\nThree were stolen\n3 May 2021") == [BODY, BODY, BYLINE]


def test_a_long_line_without_a_full_stop_is_body() -> None:
    line = (
        "The council of the old town by the river met on Monday to debate the budget and the bridge and the school"
    )
    assert kinds(f"The bridge fell.\n\n{line}\n\nNobody was hurt.") == [BODY] * 3


def test_a_list_under_a_text_is_body_and_its_marks_are_no_part_of_it() -> None:
    text = (
        "The toll rose again. It is high. \nIt is this:\n• 12 dead in Oslo\n- 3 hurt in Bergen\nThe count goes on."
    )
    assert texts(text, "en")[3:5] == ["12 dead in Oslo", "3 hurt in Bergen"]
    assert kinds(text)[3:] == [BODY] * 3


def test_the_borders_of_a_cell_are_no_part_of_its_sentences() -> None:
    assert texts("| It fell. Nobody was hurt. |\n\n| |", "en") == ["It fell.", "Nobody was hurt.", "|"]


def test_text_wrapped_to_a_width_is_one_paragraph() -> None:
    text = (
        "The bridge over the river fell on Monday, shortly after\n"
        "noon, when Mayor Adams was speaking to reporters at the\n"
        "Town Hall about the repairs that were due in the spring.\n"
        "Nobody was hurt.\n"
    )
    assert [found.split()[-1] for found in texts(text)] == ["spring.", "hurt."]


def test_a_line_that_goes_on_in_lower_case_is_joined() -> None:
    assert texts("The bridge fell on\nmonday.\nNobody was hurt.", "en") == [
        "The bridge fell on\nmonday.",
        "Nobody was hurt.",
    ]


LANGUAGES = {
    "en": "The council said on Monday that it would not sell the land to the company.",
    "de": "Der Rat hat am Montag erklärt, dass er das Grundstück nicht an die Firma verkaufen wird.",
    "fr": "Le conseil a dit lundi que les terrains ne sont pas à vendre pour une entreprise.",
    "es": "El consejo dijo el lunes que no va a vender los terrenos a la empresa, pero sí una parte.",
    "it": "Il consiglio ha detto che non venderà il terreno della città alla società, ma solo una parte.",
    "pt": "O conselho disse que não vai vender os terrenos da cidade para uma empresa, mas uma parte.",
    "nl": "De raad zei dat het land niet wordt verkocht aan het bedrijf, maar een deel wel.",
    "cs": "Rada v pondělí řekla, že se pozemek neprodá, ale jeho část je na prodej podle zákona.",
    "pl": "Rada powiedziała, że nie sprzeda działki, ale jest to możliwe dla firm, które są z miasta.",
    "sv": "Rådet sade att det inte är till salu, men att en del av marken kan säljas och att det har tid.",
    "ru": "Совет сообщил, что земля не продаётся.",
    "uk": "Рада повідомила, що її землі не є на продаж і їх не продадуть.",
    "el": "Το συμβούλιο είπε ότι η γη δεν πωλείται.",
    "ar": "قال المجلس إن الأرض ليست للبيع.",
    "fa": "شورا گفت که این زمین برای فروش نیست و پول آن چقدر می‌شود گفته نشد.",
    "he": "המועצה אמרה שהקרקע אינה למכירה.",
    "hi": "परिषद ने कहा कि ज़मीन बिकाऊ नहीं है।",
    "ja": "評議会は土地を売らないと述べた。",
    "zh": "委员会表示土地不出售。",
    "ko": "위원회는 땅을 팔지 않겠다고 말했다.",
    "th": "สภากล่าวว่าที่ดินไม่ได้มีไว้ขาย",
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), LANGUAGES.items())
def test_a_language_is_known_by_its_script_and_common_words(language: str, text: str) -> None:
    assert sentences.detect_language(text) == language


def test_a_line_of_spaces_is_a_blank_line() -> None:
    assert texts("One went\n  \nHe left\n\n \n", "en") == ["One went", "He left"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Inflation stieg auf 3,5 Prozent."),
        ("fr", "Le chômage a baissé de 3,5 % en 2023."),
        ("es", "La inflación subió al 3,5 por ciento en mayo."),
    ],
)
def test_a_short_sentence_shows_its_language_too(language: str, text: str) -> None:
    assert sentences.detect_language(text) == language


def test_a_few_kana_among_han_are_japanese() -> None:
    assert sentences.detect_language("評議会は土地売却計画撤回方針決定発表") == "ja"


@pytest.mark.parametrize("text", ["", "12345", "Oslo", "🙂🙂", "El Salvador and Los Angeles"])
def test_the_language_is_english_when_unsure(text: str) -> None:
    assert sentences.detect_language(text) == "en"
