"""Words of the language that questions are asked in, in plain letters.

What an organisation calls its own things is not here: that comes from its database.
"""

from bot.questions.body_names import NAMES
from bot.questions.cues import WORDINGS
from bot.questions.states import STAGES, STATES
from bot.questions.wordings import pattern_of, words_in

_SMALL = """
ad aktuell aktuella aktuellt aldrig all alla allra alls allt alltihop alltihopa allting alltsa an
and anda andra ang angaende annan annars annat annu antal antalet apr april apropa ar arbete arbetet
arbetets are aret arets arsskiftet aterstaende aterstar att aug augusti av aven bade banan bara bast
behover bekraftelse beror berord berorda beskrivning bestamt betraffande bl bland blev bli blir
blivit bor borde borja borjan borjar borjat borta bra by da dag dagar dagarna dagen dagens dar
darfor datum de dec december dej deltar dem den denna dennes dess dessa dessutom det detta dig din
dina direkt dit ditat ditt diverse dock dom du dvs dygn dygnen e efter egen egentlig egentliga
egentligen egna ej ekonomen eller en enbart enligt er era eran ert etc ett eventuella eventuellt ex
exakt exkl exklusive fall far fast fatt feb februari fel fem fick fin fina finnas finns fint fjol
fjorton fler flera flest flesta folk for forbi fore foredra foregaende forhand forlat form former
formodligen forra forsta fort fortfarande fortroendevalda forutom forvantas fraga fragade fragan
fragar fragat fragor fragorna fram framat framfor framover fran fredag fredagen fredags fullt
fundera funderade funderar fy fyra ga gadda gallande gang gangen gar gatt ge ger gick giltig gjort
god gor gora gott grej grejen grejer grejerna grejor ha hade halften hall halla hallaa haller hallet
hallo halsningar halva halvan halvar halvaret han hans har harnast hej heja hejsan hel hela helhet
heller helt heter hinner hit hittills hjalp hjalpa hon hoppsan hos host hosten hostens how hunnit
hur hurdant huruvida i iallafall ibland icke idag igar igen ihop imorgon in infor inga ingar ingen
ingens ingenting inget inkl inklusive innan inne inom inte intervju is istallet ja jag jaha jan
januari jo jobbet ju jul juli jun juni just kan kanske klockan koll kolla kollar kom komma kommande
kommer kort kortfattat kram kramar kravdes kraver kravs kring kul kunde kunna kv kvar kvarstaende
kvarstar kvartal kvartalet kvartalets la lage lagg lagger laggs lagt lange ligga ligger lilla lite
liten litet liv lordag lordagen lordags lyser ma maj man manad manaden manadens manader manaderna
mandag mandagen mandags manga mans mar mars maste med medan mej mellan men mer mera mest mig min
mina mindre minst minut minuter mitt mitten mm morgon mot mots mvh mycket nagon nagons nagonstans
nagonting nagot nagra nan nar narmar narmaste narmsta nasta nat nej ni nog nov november nr nu
nufortiden nummer nuvarande ny nya nyar nyss nytt och ocksa of ofta ok okay okej okey okt oktober
olika om omkring on onsdag onsdagen onsdags onskas oss osv otroligt over overlag ovriga ovrigt pa
passa per person personen personer planerar plats platsen please precis punkt q reda redan rent
respektive ringer rorande runt sa sadan sadana sadant saga sager sagt sagts sak saker samlat samma
sammanhang sammanlagt sammantaget samt samtliga san sann sant se sedan seg sej senare senast senaste
sep sept september ser sett sida sidan sig sin sina sist sista sitt sitta sitter sjalv sjalva ska
skulle skyldig skyldiga slutet snabb snabbt snalla snart som sommar sommaren sondag sondagen sondags
st sta stalld stallda stalle stallet stalls stallt star statt stor stora stort strax stycken svaret
t ta tack tagit talar talas tanker tankte tar tas tex the tid tiden tider tidigare tidigast till
tillbaka tills tillsammans tio tisdag tisdagen tisdags tjatar tjena to torsdag torsdagen torsdags
total totala totalt tre tror trots trycket tusen tva tydligen typ under undra undrade undrandes
undrar undrat ungefar upp uppe ur ursakta ut utan ute utfora utfort v vaara vad vadda vagen val
valdigt van vanlig vanligen vanligt var vara varan varandra varen varens varfor varit vars vart
vecka veckan veckans veckor veckorna vem vems verkar vet veta vi via vid vidare vilka vilken vilket
vill ville vintern visst vore what when who
"""
SMALL = frozenset(_SMALL.split())
"""Words that hold sentences together, or say nothing of what is asked for."""

_USUAL = """
accepterade accepterat accepterats agarskap aktiviteten aktiviteterna aktivitetsinriktning
aktivitetsinriktningen aktivitetsplan aktivitetsplanen anmala anmald anmalda anmalt anmalts anslag
anslagit ansoka ansokan ansokans ansoker ansokningar ansokningarna ansokningen ansokt
ansvarsomrade arbetsuppgift arbetsuppgifter arende arenden arendet arkivera avboka avgjord
avgjordes avgorande avsatta avsluta avtalat avvisade bedriver behoven behovet behovslistan
behovsregistret bekrafta bekymmer bekymmersamt belopp beloppet beskriv besluten beslutet besluts
beslutsarende beslutsarenden beslutspunkter beslutsunderlag bestall besvarade bidragsansokan
bifall bifallits bifallna bjud boka bokar bort boten budget budgeten byt byta chefen chefens
chefer dagordning datumen deadline deadlinen deadlines delmal deltagande deltagare dikt direktion
direktionen direktionens dras duktig eftersatt eftersatta eftersleparna egeninsats
engagerad engagerade enkat enkaten ersattare eruf esf esfansokan eu euansokan
euansokningar farger finansiar finansiarer finansierad finansierade finansieras finansierat
finansieringar finansieringsgap finansieringsgapet flagga flaggad flaggat flytta fokusdag
fokusdagen forandrat forandrats forandring forandringar forbund forbundet forbundsdirektor
forbundsdirektoren fordjupning fordjupningen foretrader forklara forlang fotboll framdrift
framdriften framsteg gap gapet gemensam gemensamma gemensamt generell generellt genomfors gissa
glapp glappet godkann godkanner gronmarkerade gulmarkerade gulmarkerat hallpunkt hallpunkter
halltid halltider halltiderna handa handelser handlaggare handlingsplan helhetsbild hittar
hoj hoja huvudansvar huvudansvarig huvudstad igangsatt igangsatta illa inblandad inblandade
inkommen inkommet inkommit inkomna inlamnad inlamnade inlamnat inriktning inriktningar
inriktningen insats insatsomrade insatsomraden insatsomradet inskickade invigning involverad
involverade jamfor jobbig jobbigast kalendarium kalender kalendern kalla kallelse kallelsen klarat
klubba klubbar klubbas kommunal kommunala kommunalforbund kommunalforbundet kommundirektor
kommundirektoren kommundirektorer kommundirektorerna kommundirektorernas kommundirektorsgrupp
kommundirektorsgruppen kommundirektorsgruppens kommunerna kommunernas kontaktperson
kontaktuppgifter koordinerar korta kosta kostar kostnad kostnader kr lagesbild lagesbilden
lagesrapport lagesrapporten lagesrapporter lagga lamna lamnade lamnat lamnats lanserad lanserades
lanserar lansering ledare leverans leveransdatum leveransen leveranser lofte loften loftena loftet
lopa lova lovade lovar lovat lunch lyft lyfta lyfts maila markera medfinansiar medfinansiering
medfinansieringar medfinansieringen medfinansieringsfragan medfinansieringsomrostning
medfinansieringsomrostningen mellanskillnad miljoner milstolpar milstolparna milstolpars milstolpe
milstolpen mote moten motena motesdatum motestid motestider motet motfinansiera motfinansiering
motfinansieringen natverk natverken natverkens natverket nulage nulaget obesvarade obesvarat
ofinansierad ofinansierade ofinansierat ombedd ombedda omfattar omrade omraden omradena omradet
omrostning omrostningar omrostningarna omrostningen omstallning opaborjad opaborjade opaborjat
oppna orapporterade orapporterat organisation organisationen oroa ostartad ostartade ouppdaterade
overblick oversatt oversikt oversikten paborjad pagaende paminn paminna paminner pausa planerad
planerade planeras politiker politikerna politisk politiska pratar presenteras presidiet
presidiets presidium prioritera prioriterar prioriterat prioritering prioriteringar
prioriteringarna prioriteringen prioriteringsomrostning prioriteringsomrostningen problematiskt
problemen projektansokan projektansokningar projektledare publicera rackt radera raderar radslag
radslaget rapporten rapportera rapporterade rapporterar rapporterat rapportering rapporteringen
rapporterna ratta recept redovisas referensgrupp referensgruppen referensgruppens registrera
resurs resurser resurssatt resurssatts ring rodmarkerad rodmarkerade rodmarkerat sammanfatta
sammanfattat sammanfattning sammanfattningen sammantrade sammantraden sammantrader sammantradet
samordningsansvar samspel sank sanka satsning satsningen semester signeras sjukskriven skamt skapa
skicka skickade skickar skickat skillnad skillnader skjut skjuta skota
skrivas slarva slarvar slarvat slut sluta slutdatum snygg sok spara stallforetradare
stallningstagande stang stanga start starta starten statusfarg statuslage statusrapport stodjer
stotta stottar stottat stryk styrgrupp styrgruppen styrgruppens styrgruppsmote summa svarsfrekvens
svarsfrekvensen tacka tackat tackning tidpunkt tidsplan tilldela tilldelade tilldelat tilldelats
tillforordnad tillfragad tillfragade tillskjuta tillskott timmar tipsa tjanade
totalbild trevlig trevligast underfinansierad underfinansierade underfinansierat underskott
underskottet uppdatera uppdaterad uppdaterade uppdatering uppgifterna upplys utfast utfasta
utfastelse utfastelser utfastelserna utfaster utlova utlovad utlovade utlovat utlysning
utlysningar utse utskick utveckling vader vadret valdeltagande votering
"""
_LISTS = (*WORDINGS.values(), *STATES.values(), *STAGES.values())
KNOWN = frozenset(_USUAL.split()).union(*map(words_in, (*_LISTS, *NAMES.values()))) - SMALL
"""Words that tell what is asked for, in the forms that are usual, for spelling."""

_LIGHT = """
aktivitet analys ansokningar arbete bilden budget data delade finansiering foretag foretagen forsta
gemensam gemensamma gemensamt insats jobbet kommun kommuner kontor medfinansiering mote
motfinansiering natverken ny nya pa plan planen program projekt rapport register
resurser samordning samverkan service stod utbildning
"""
LIGHT = frozenset(_LIGHT.split())
"""Words of titles that many things are called by: alone they mean no activity."""

_OPEN = pattern_of(
    " ".join(
        each
        for wordings in _LISTS
        for each in wordings.split()
        if "*" in each and "_" not in each and ".." not in each
    )
)


def is_asked_with(word: str) -> bool:
    """Whether the word tells what is asked for, by how it begins or ends."""
    return _OPEN.fullmatch(word) is not None


def is_ordinary(word: str) -> bool:
    """Whether a word is one of the language that questions are asked in, as the names Per, Bo and
    Ring are too."""
    return word in SMALL or word in KNOWN or is_asked_with(word)
