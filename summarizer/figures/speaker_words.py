"""Words of saying, of those who say, and of the papers they say it in. Written by hand from general knowledge."""

from summarizer.figures.lexicon import AUXILIARIES, word_set
from summarizer.figures.when import WEEKDAYS

SAYING = word_set(
    "say said says saying added adds told tells announced reported estimated found finds warned claimed confirmed"
    " noted stated wrote writes tweeted revealed reveals disclosed declared argued argues insisted insists"
    " acknowledged acknowledges admitted admits predicted projected calculated concluded concludes explained"
    " explains testified replied contended asserted remarked recalled conceded confirms boasted emphasised"
    " emphasized complained complains promised vowed pledged"
    " guessed cautioned cautions concurred countered counters quipped joked lamented commented"
    " responded reiterated affirmed affirms attested swore surmised speculated retorted opined hinted reasoned"
)
# Nouns as often as verbs: they are verbs only before "that" or a clause.
SAYING_IF_THAT = word_set(
    "show suggest indicate warn estimate predict estimates reports claims shows showed notes suggests"
    " suggested indicates indicated forecasts forecast predicts believes believed warns reckons reckoned thinks"
    " announces projects calculates recorded stressed underlined pointed allege alleges alleged believe reckon"
    " determined maintains maintained contends asserts states argue claim insist admit acknowledge report announce"
    " confirm think fear fears note contend calculate assessed observed ruled discovered learned agreed assumes"
    " assumed verified suspects suspected caution affirm mention guess"
)
# Before whatever is foreseen: "expects sales of $5bn", "had expected growth".
EXPECTING = word_set(
    "expect expects expected anticipate anticipates anticipated forecasts forecast predicts predict projects sees"
    " foresees alleges allege contends contend reckons reckon complain"
)
FORESEEN = frozenset(("expected", "anticipated", "forecast"))
# Before a result: "posted a loss of"; a forecast: "cut its growth forecast to"; or "at": "put the toll at".
POSTING = word_set("posted posts booked flagged")
RESULTS = word_set(
    "loss losses profit profits income sales revenue revenues earnings gain growth deficit surplus turnover result"
    " results rise fall drop increase decline jump surge slump"
)
REVISING = word_set(
    "cut cuts raised raises lowered lowers trimmed trims lifted lifts revised kept keeps maintained upgraded"
    " downgraded slashed nudged halved doubled reaffirmed reiterated issued left"
)
FORECASTS = word_set("forecast forecasts estimate estimates projection projections prediction outlook guidance")
PUTTING = word_set("put puts pegged pegs see estimates estimate estimated reckons reckon values")
RECKONED = word_set(
    "casualties fatalities dead injured wounded crowd turnout attendance membership strength unemployment worth"
    " cost costs toll number figure total price prices damage bill count value losses it chance chances odds rate"
    " growth inflation share population deficit size death deaths revenue sales output demand"
)
# Only documents show; for a person or a replay it is a manner of speaking.
SHOWING = word_set("show suggest indicate shows showed suggests suggested indicates indicated")
# ", adding that …" goes on with the words of whoever spoke, or of the sentence's subject.
GOING_ON = word_set("adding noting saying warning claiming estimating predicting stressing arguing")
PASSIVE = word_set(
    "estimated projected predicted calculated reported found put confirmed announced counted compiled"
)
VERBS = (
    SAYING
    | SAYING_IF_THAT
    | EXPECTING
    | POSTING
    | REVISING
    | PUTTING
    | {"according", "according-to"}
    | GOING_ON
    | PASSIVE
)
INVERTING = word_set(
    "said says added wrote noted warned tweeted explained reported argued claimed recalled explains insisted"
    " admitted writes recalls cautioned countered quipped joked lamented commented concluded remarked"
)
# They report only before a clause ("found that", "claimed the"): "found 12 bodies", "claimed 30 lives" do not.
NEED_CLAUSE = word_set("found finds added adds claimed recorded revealed confirmed wrote writes")
# What follows these without "that" or a pronoun is a thing: "found the bodies", "wrote two books", "added a room".
NEVER_NOUNS = frozenset(("found", "finds", "added", "adds", "wrote", "writes"))
# Nouns and names follow these as things done rather than told: "added 1.2 %", "confirmed him", "added his third".
NEVER_FIGURES = frozenset(("added", "adds"))
ALWAYS_FIGURES = frozenset(("confirmed", "claimed"))
COUNTING = word_set(
    "just only another a an more about nearly around some at over under roughly almost up him her them his their"
)
CLAUSE_STARTS = word_set("the there it its about more some they at he she we no")

AFTER_SAYING = word_set("on in late early earlier last this yesterday today also then again later in")
BEFORE_VERB = (
    AUXILIARIES
    | WEEKDAYS.keys()
    | {"now", "out", "still", "just", "also", "later", "then", "previously", "earlier", "on", "yesterday", "today"}
)
BEFORE_NO_VERB = word_set("'s to is are was were be been being of the a an as not by")
SUBORDINATE = frozenset(("as", "after", "when", "while", "although", "though", "which", "who", "whose", "because"))
RELEASED = word_set("released published issued compiled collected gathered provided obtained conducted reviewed")
POLLED = word_set("polled surveyed interviewed quoted contacted")

PERSON_PRONOUNS = word_set("he she they it")
TITLES = word_set(
    "housing education transport energy labour environment economy trade culture agriculture councillor senate"
    " republican democratic state treasury homeland security press assistant attorney house majority minority"
    " speaker mr mrs ms dr sir dame lord lady president minister prime chancellor senator governor mayor judge"
    " justice professor prof chief executive officer secretary general analyst economist spokesman spokeswoman"
    " spokesperson director chairman chairwoman ceo boss commissioner ambassador congressman congresswoman"
    " captain colonel lieutenant major sergeant representative rep sen gov gen col capt lt foreign defence"
    " defense finance health interior deputy vice leader king queen prince pope former sheriff detective inspector"
    " constable superintendent coach manager reverend bishop cardinal archbishop imam sheikh councilman premier"
    " lawmaker trooper commander admiral brigadier marshal corporal lt-gen cmdr supt insp sgt rev maj"
)
# After these a person's name begins wherever they stand: "Italian Prime Minister Matteo Renzi".
OFFICES = word_set(
    "president minister chancellor senator governor mayor judge professor secretary spokesman spokeswoman"
    " spokesperson director chairman chairwoman commissioner ambassador captain colonel lieutenant sergeant"
    " representative economist analyst king queen prince leader ceo executive sheriff detective inspector"
    " superintendent premier admiral commander brigadier marshal archbishop bishop cardinal coach manager"
)
DOCUMENTS = word_set(
    "tracker update report reports statement survey study data figures research release bulletin poll analysis"
    " statistics filing note review paper letter briefing post forecast estimate estimates assessment tally"
    " count census index document documents results numbers records"
)
# What is read in these, the paper itself says: "a copy of the decree".
COPIES = word_set("copy copies text transcript translation draft version extract extracts excerpts")
OF_DOCUMENTS = word_set(
    "tracker latest recent new annual monthly weekly official preliminary own internal intelligence quarterly"
    " public online"
)
PAPERS = DOCUMENTS | OF_DOCUMENTS
ORGANS = word_set(
    "department ministry office agency commission council bank institute university association court"
    " committee party union league service bureau board center centre administration organization organisation"
    " federation authority police group corp inc company fund foundation assembly house spokesman spokeswoman"
    " officials official"
)
FIRMS = word_set("firm company group provider agency institute consultancy tracker pollster body charity bank")
POLLING = word_set("poll polls survey estimate estimates report ministry officials police agency tally count")
NEVER_SPEAK = word_set(
    "number cases case deaths infections toll rate average injuries incidents crimes losses sales profits"
    " earnings revenue price prices shares share stock stocks amount total economy record records scan scans fans"
    " lives life index storm fire blaze flood floods crash quake earthquake virus disease attack strike war market"
    " markets inflation growth output unemployment population crowd film album song book tests test results"
)
FINDERS = word_set("researchers scientists survey poll study audit group panel inquiry economists analysts report")
NOT_NAMES = word_set(
    "not now then also still just only there this that these those here what which who whom someone anyone"
    " everyone nobody one others"
)
FIRST_WORDS = word_set("but and so yet meanwhile however still")
