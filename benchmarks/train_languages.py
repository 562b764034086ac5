"""Write which words say nothing in other languages than English, so that no story is made of them.

    python benchmarks/train_languages.py                  write `bot/dedupe/silent/`

They are the commonest words of each language, from the lists that jusText (BSD licence) took from Wikipedia, the
stop words by which summaries are made (sumy's, Apache licence), and the everyday words of the news below, as the
commonest ones of English news are. Needs justext, which comes with trafilatura.
"""

import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

import justext

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.dedupe.terms import STEMS, WEIGHTS, words_of
from summarizer.rank.words import stop_words_of

FOLDER = Path("bot/dedupe/silent")
KEPT_WORDS = 150
KEPT_SHARE = 40
"""Languages with many forms of a word have longer lists; of those one word in so many is kept."""

WIDTH = 100
LANGUAGES = {
    "af": "Afrikaans",
    "ar": "Arabic",
    "az": "Azerbaijani",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "gl": "Galician",
    "gu": "Gujarati",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "",
    "ka": "Georgian",
    "kk": "Kazakh",
    "kn": "Kannada",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "ml": "Malayalam",
    "mr": "Marathi",
    "ms": "Malay",
    "ne": "Nepali",
    "nl": "Dutch",
    "no": "Norwegian_Bokmal",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "",
}
"""ISO 639-1 codes with jusText's names; it has no list for languages written without spaces."""

NEWS = {
    "ar": """
    قال قالت وقال وقالت أضاف وأضاف أعلن أعلنت وأعلنت اليوم أمس الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت
    الأحد يوم أيام أسبوع شهر سنة سنوات عاما مليون مليار ألف آلاف المئة بالمئة رئيس الرئيس وزير الوزير وزارة
    الوزراء حكومة الحكومة دولة الدولة الدول بلاد البلاد مدينة الناس الشعب أشخاص شخص شخصا مسؤول مسؤولون بيان
    تصريح مصادر مصدر وكالة الأنباء رويترز الشرطة قوات الأمن السلطات سلطات جديد جديدة كبير كبيرة ثلاثة أربعة خمسة
    اثنين عدم سيتم لهذا هؤلاء ليس وسط تقرير حرب عمل حسب وفقا
    """,
    "cs": """
    řekl řekla uvedl uvedla prohlásil dodal oznámil podle dnes včera zítra pondělí úterý středa středu čtvrtek
    pátek sobota sobotu neděle neděli leden únor březen duben květen červen červenec srpen září říjen listopad
    prosinec den dny dnů týden měsíc rok roku let procent procenta milion milionu milionů miliarda miliard tisíc
    tisíce korun prezident premiér ministr ministerstvo vláda vlády země zemi stát státu lidé lidí člověk osob
    mluvčí policie agentura zpráva nový nová nové velký musí chce chtějí bude budou nejméně dalších
    """,
    "de": """
    sagte sagt sagten erklärte teilte mitteilte berichtet berichtete berichten angaben laut zufolge sprecher
    sprecherin heute gestern morgen montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar
    märz april mai juni juli august september oktober november dezember tag tage tagen woche wochen monat monate
    monaten jahr jahre prozent million millionen milliarde milliarden tausend hundert euro präsident minister
    ministerin regierung land länder ländern staat stadt menschen mann frau polizei behörden agentur dpa afp
    reuters neue neuen neuer neues neu soll sollen sollte muss müssen will wollen mindestens viele bisher weiter
    weitere weiteren große großen geht gab machen kommen lassen könnte
    """,
    "el": """
    είπε δήλωσε ανακοίνωσε ανέφερε τόνισε πρόσθεσε σύμφωνα σήμερα χθες αύριο δευτέρα τρίτη τετάρτη πέμπτη
    παρασκευή σάββατο κυριακή ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου
    σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου ημέρα ημέρες εβδομάδα μήνα μήνες έτος έτη χρόνια τοις εκατό
    εκατομμύρια δισεκατομμύρια χιλιάδες ευρώ πρόεδρος προέδρου πρωθυπουργός υπουργός υπουργείο κυβέρνηση χώρα
    χώρες κράτος πόλη άνθρωποι άνθρωπος άτομα εκπρόσωπος αστυνομία αρχές πρακτορείο ειδήσεις νέα νέο νέος νέες
    μεγάλη μεγάλο πρέπει τουλάχιστον
    """,
    "es": """
    dijo dice dijeron afirmó aseguró anunció informó explicó añadió señaló según hoy ayer mañana lunes martes
    miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre
    noviembre diciembre día días semana semanas mes meses año años ciento millón millones mil euros dólares
    presidente presidenta ministro ministra ministerio gobierno país países estado ciudad gente personas persona
    hombre mujer policía autoridades portavoz agencia efe noticias nuevo nueva nuevos nuevas gran grandes debe
    deben quiere hará será serán menos pasado próximo tras hace ante
    """,
    "fa": """
    گفت گفته افزود اعلام امروز دیروز فردا دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه روز روزها هفته ماه
    سال درصد میلیون میلیارد هزار تومان رئیس جمهور رئیس‌جمهور وزیر وزارت دولت کشور کشورهای شهر مردم نفر پلیس
    مقامات مقام سخنگوی خبرگزاری گزارش خبر جدید بزرگ حداقل خواهد باید
    """,
    "fr": """
    dit a-t-il déclaré déclare affirmé annoncé annonce indiqué expliqué précisé ajouté selon aujourd'hui hier
    demain lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août
    septembre octobre novembre décembre jour jours semaine semaines mois an ans année années cent million
    millions milliard milliards mille euros dollars président présidente ministre ministère premier première
    gouvernement pays état ville gens personnes personne homme femme police autorités porte-parole agence afp
    reuters nouveau nouvelle nouveaux nouvelles grand doit doivent veut sera seront moins dernier dernière
    prochain après avant depuis fait faire encore toujours déjà
    """,
    "he": """
    אמר אמרה אמרו מסר נמסר הודיע הודיעה הוסיף דיווח היום אתמול מחר ראשון שני שלישי רביעי חמישי שישי שבת ינואר
    פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר יום ימים שבוע שבועות חודש חודשים שנה אחוז
    אחוזים מיליון מיליארד אלף אלפי שקל נשיא ראש שר השרים משרד ממשלה ממשלת מדינה מדינת עיר אנשים אדם איש אישה
    משטרה משטרת רשויות דובר סוכנות חדשות חדש חדשה גדול גדולה צריך לפחות עוד
    """,
    "hi": """
    कहा बताया बताई कहना आज कल सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार जनवरी फरवरी मार्च अप्रैल मई
    जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर दिन दिनों सप्ताह हफ्ते महीने साल वर्षों प्रतिशत फीसदी लाख करोड़
    हजार हज़ार रुपये राष्ट्रपति प्रधानमंत्री मंत्री मंत्रालय सरकार सरकारी देश देशों शहर लोग लोगों व्यक्ति पुलिस
    अधिकारी अधिकारियों प्रवक्ता एजेंसी समाचार खबर रिपोर्ट नया नई नए बड़ा बड़ी बड़े चाहिए कम दौरान मुताबिक पास
    यानी वहीं
    """,
    "it": """
    detto dice dichiarato affermato annunciato spiegato aggiunto riferito secondo oggi ieri domani lunedì
    martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio giugno luglio agosto
    settembre ottobre novembre dicembre giorno giorni settimana settimane mese mesi anno anni cento milione
    milioni miliardo miliardi mila euro dollari presidente ministro ministero governo paese paesi stato città
    gente persone persona uomo donna polizia autorità portavoce agenzia ansa notizie nuovo nuova nuovi nuove
    grande deve devono vuole sarà saranno meno scorso prossimo dopo prima ancora già fa fatto
    """,
    "ja": """
    発表 会見 日本 今日 昨日 明日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 午前 午後 今年 昨年 来年 今月
    先月 来月 年度 首相 大統領 大臣 政府 当局 関係者 関係 警察 国内 世界 情報 必要 可能 可能性 場合 人々 自分
    問題 以上 以下 現在 今回 予定 報道 説明 影響 対応 対象 全国 都市 記者 通信 億円 万円 万人 百万 時間 期間
    開始 終了 実施 確認 方針 理由 一方 時点 人以 年間 ニュース ニュ ュー ース
    """,
    "ko": """
    말했다 밝혔다 전했다 발표했다 따르면 오늘 어제 내일 월요일 화요일 수요일 목요일 금요일 토요일 일요일 지난
    올해 작년 내년 이날 오전 오후 퍼센트 만원 억원 달러 대통령 총리 장관 정부 국가 나라 도시 사람 사람들 명이
    경찰 당국 대변인 관계자 통신 뉴스 기자 새로운 최소 이상
    """,
    "nl": """
    zei zegt zeggen verklaarde meldt meldde aldus volgens vandaag gisteren morgen maandag dinsdag woensdag
    donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus september oktober
    november december dag dagen week weken maand maanden jaar jaren procent miljoen miljard duizend honderd euro
    president premier minister ministerie regering kabinet land landen staat stad mensen man vrouw politie
    autoriteiten woordvoerder persbureau nieuws nieuwe nieuw grote groot moet moeten wil willen zal zullen
    zouden zeker minstens vorig volgende maken gaan gaat komt komen laatste
    """,
    "pl": """
    powiedział powiedziała poinformował poinformowała dodał oświadczył przekazał według dziś dzisiaj wczoraj
    jutro poniedziałek wtorek środa środę czwartek piątek sobota sobotę niedziela niedzielę stycznia lutego
    marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia dzień dni tydzień
    tygodnia miesiąc miesiące miesięcy rok roku lat proc procent milion milionów miliard miliardów tysiąc
    tysięcy złotych prezydent premier minister ministerstwo rząd rządu kraj kraju państwo miasto ludzi ludzie
    osób osoby policja policji władze rzecznik agencja pap nowy nowa nowe nowych wielki musi będzie będą mają
    można został została zostały jednak także
    """,
    "pt": """
    disse dizem afirmou anunciou informou explicou acrescentou segundo hoje ontem amanhã segunda-feira
    terça-feira quarta-feira quinta-feira sexta-feira sábado domingo janeiro fevereiro março abril maio junho
    julho agosto setembro outubro novembro dezembro dia dias semana semanas mês meses ano anos cento milhão
    milhões bilhão bilhões mil euros reais dólares presidente ministro ministra ministério governo país países
    estado cidade gente pessoas pessoa homem mulher polícia autoridades porta-voz agência lusa notícias novo
    nova novos novas grande deve devem quer será serão menos passado próximo após ainda já
    """,
    "ru": """
    сказал сказала заявил заявила заявили сообщил сообщила сообщили сообщает сообщению отметил добавил словам
    рассказал говорит сегодня вчера завтра понедельник вторник среда среду четверг пятница пятницу суббота
    субботу воскресенье января февраля марта апреля мая июня июля августа сентября октября ноября декабря день
    дня дней неделя неделю недели месяц месяца месяцев год лет процент процента процентов миллион миллиона
    миллионов млн миллиард миллиарда миллиардов млрд тысяча тысяч тыс рублей долларов президент премьер министр
    министерство правительство правительства страна страны стране власти государство город люди людей человек
    полиция полиции агентство риа тасс интерфакс новости новый новая новые новых большой должен будет будут
    может могут менее данным ранее поводу связи
    """,
    "sv": """
    säger sade sa enligt idag igår imorgon måndag måndagen tisdag tisdagen onsdag onsdagen torsdag torsdagen
    fredag fredagen lördag lördagen söndag söndagen januari februari mars april maj juni juli augusti september
    oktober november december dag dagar dagen vecka veckan veckor månad månader år året procent miljon miljoner
    miljard miljarder tusen kronor president statsminister minister regeringen regering land länder landet
    staten staden människor personer person man kvinna polisen polis myndigheter talesperson nyhetsbyrån nya ny
    nytt stor stora måste vill ska skulle minst förra nästa
    """,
    "tr": """
    dedi söyledi açıkladı belirtti ifade etti kaydetti bildirdi göre bugün dün yarın pazartesi salı çarşamba
    perşembe cuma cumartesi pazar ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık gün
    günü hafta ay yıl yılı yılında yüzde milyon milyar bin lira dolar cumhurbaşkanı başkan başkanı bakan bakanı
    bakanlığı hükümet hükümeti ülke ülkenin devlet şehir insan insanlar kişi kişinin polis yetkililer sözcüsü
    ajansı haber haberler yeni büyük gerekiyor edildi olacak en az geçen
    """,
    "uk": """
    сказав сказала заявив заявила повідомив повідомила повідомили повідомляє зазначив додав словами розповів
    сьогодні вчора завтра понеділок вівторок середа середу четвер п'ятниця п'ятницю субота суботу неділя неділю
    січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня день дня днів тиждень
    тижня місяць місяця місяців рік років відсоток відсотків мільйон мільйона мільйонів млн мільярд мільярдів
    млрд тисяча тисяч тис гривень доларів президент президента прем'єр міністр міністерство уряд уряду країна
    країни країні влада держава місто люди людей людина осіб поліція поліції агентство новини новий нова нові
    нових великий має буде будуть може можуть менше щонайменше даними раніше
    """,
    "zh": """
    表示 指出 宣布 宣佈 报道 報導 報道 消息 记者 記者 新闻 新聞 新华社 中新社 今天 昨天 明天 今日 昨日 明日 星期
    周一 周二 周三 周四 周五 周六 周日 週一 週二 週三 週四 週五 週六 週日 去年 今年 明年 上午 下午 晚上 目前
    已经 已經 没有 沒有 可以 可能 必须 必須 进行 進行 认为 認為 通过 通過 由于 由於 因为 因為 所以 但是 如果
    他们 他們 我们 我們 自己 这些 一个 一個 一些 其中 有关 有關 方面 情况 情況 问题 問題 工作 中国 中國 国家
    國家 总统 總統 总理 總理 主席 部长 部長 政府 当局 當局 官员 官員 发言人 發言人 警方 人民 城市 地区 地區 全国
    全國 国际 國際 世界 至少 超过 超過 以上 以下 百分 万人 萬人 万元 亿元 億元 美元 不是 不会 不會 时间 時間
    今后 发生 發生 发布 發布 要求 需要 继续 繼續 成为 成為 作为 作為 以及 同时 同時 之后 之後 之前 以来 以來
    """,
}
"""Who says it, when, and whom every other report is about: as common in these languages as in English."""

HEADING = '"""Words that say nothing, as stems; by `benchmarks/train_languages.py`, not by hand."""'


def main() -> None:
    """Write the tables."""
    for name, text in tables().items():
        (FOLDER / f"{name}.py").write_text(text, "utf-8")


def tables() -> dict[str, str]:
    """Return the modules that list the words of each language: those in Latin letters, and the others."""
    words = {code: " ".join(sorted(stems_of(code))) for code in LANGUAGES}
    latin = {code: listed for code, listed in words.items() if sum(map(str.isascii, listed)) * 2 > len(listed)}
    others = {code: listed for code, listed in words.items() if code not in latin}
    return {"latin": table("LATIN", latin), "others": table("OTHERS", others)}


def table(name: str, words: Mapping[str, str]) -> str:
    """Return a module with the words of these languages."""
    rows = [HEADING, "", f"{name} = {{"]
    for code, listed in words.items():
        width = WIDTH // 2 if code in ("ja", "ko", "zh") else WIDTH
        lines = textwrap.wrap(listed, width, break_on_hyphens=False, break_long_words=False)
        rows += [f'    "{code}": (', *(f'        "{line} "' for line in lines), "    ),"]
    return "\n".join([*rows, "}", ""])


def stems_of(code: str) -> set[str]:
    """Return the stems of a language's commonest words and of its everyday words of the news."""
    written = [*common(code), *sorted(stop_words_of(code)), *NEWS.get(code, "").split()]
    stems = {STEMS[word] for text in written for word in words_of(text)}
    return {stem for stem in stems if WEIGHTS[stem] or stem.isalpha()}


def common(code: str) -> Iterator[str]:
    """Yield the commonest words of a language; English ones among them only if it has Latin letters."""
    name = LANGUAGES[code]
    path = Path(justext.__file__).with_name("stoplists") / f"{name}.txt"
    words = path.read_text("utf-8").split() if name else []
    latin = sum(map(str.isascii, words)) * 4 > len(words)
    own = list(dict.fromkeys(word for word in words if latin or not word.isascii()))
    yield from own[: max(KEPT_WORDS, len(own) // KEPT_SHARE)]


if __name__ == "__main__":
    main()
