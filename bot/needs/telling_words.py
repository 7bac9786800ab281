"""Words that tell little of what a need is about, since many needs have them."""

ACTIONS = """
analys ansvarig arbete avgift avtal behandling bemanning beslut beställning bevakning bild bokning
brist bygga byte center central checklista dag data dialog digitalisering distans distribution
e-tjänst enhet finansiering forskning forum funktion förbindelse förbud förbättring försök
försörjning garanti gratis grupp handbok hantering hyra information insamling insats intyg
investering jour kampanj kanal kapacitet kartläggning kompetens kompetensförsörjning kontor
kostnad kostnader krav kvalitet lager ledning lokalt lägesbild lösning mall marknadsföring metod
minska mobil modell mottagande mått möte mötesplats nyttjande nämnd närvaro nätverk ombud
personalbrist pilot plan planresurs plats pool pris process produkt prognos program projekt prov
provtagning påverkan register rekrytering renovering resurs riktlinje rutin rätt råd rådgivning
samband samordnare samtal satsning service skydd specialist station strateg stöd system säker
säkerhet sälja sårbar sårbarhet taxa team teknik test tillgänglig tillgänglighet tillsyn tjänst
underhåll underlag undervisning uppdrag uppföljning upphandling utbildning utbud utbyte utrustning
utvecklare utveckling vecka verksamhet verktyg webbplats yta ärende återbruk återvinning åtgärd
övning
"""
"""What is done, and by what means."""

SETTINGS = """
anhörig barn batterifabrik besökare bibliotek billingen brukare chef e20 elev essunga etablering
fabrik falköping familj finskspråkig flicka fordon förening företag förskola förtroendevald
förälder grästorp gullspång gymnasieelev gymnasium götaland göteborg götene hall handläggare helg
hem hemtjänst hjo hornborgasjön högskola industri industriområde inflyttare invånare kanal
karlsborg kinnekulle kommungräns kommunhus kund kvinna kväll landsbygd landstinget lidköping lokal
län länsstyrelse lärare man mariestad medarbetare mindre natt nyanländ nyföretagare område patient
personal pojke politiker sjukhus skara skift skiftarbetare skola skövde småföretag
socialsekreterare sommar stockholm tak tibro tidaholm tillväxt tonåring turist tätort töreboda
utanför utländsk vara vinter vuxen väg vänern västra vättern vård vårdpersonal äldre äldreboende
äldreomsorg
"""
"""For whom, where and when."""

EMPTY = """
aktuell aktör akut aldrig alla alldeles allt andra angående annan annorlunda anpassa anpassad
ansvar ansvara ansvarig antal antalet använd använda användning bara behov behålla behöva
behövande behöver behövs beror berörd besluta bestämma betyda betydande bevara bidra bidrar bland
bli blir blivande bo borde bort bra bygd bygger bästa bättre både bör börja dag daglig del dela
delad delar delregional dessutom dit dra drabbas dras driva dyr dyra dyrare där därför då dålig
effekter effektiv effektivare efter eftersom egen egentligen egna emellan emot enbart enda enkel
enklare enligt erbjuda erfarenhet ersätta ersättning extra faktisk fall fast fel femton finnas
finns fler flera flest flesta folk form fortfarande fortsatt fortsätta fram framförallt framtid
framtida framöver fri fria främst fråga frågor full fungera fungerande färre få får följande följd
förbättra förbättrad fördel förebygga förra förslag första förstärka förstå försvinna
förutsättning gamla gammal ganska ge gemensam gemensamhet generell genom genomföra genomgående
gentemot ger glömma gott grupp gällande gå går gör göra göras halv hantera hej hel hela helhet
helt hem hinder hinna hinner hit hitta hos hur hända händer hänga här hålla hållning hålls hög
högre höja höjd höra ibland idag idé igen ihop in inför införa ingen inne innebär inom inrätta
inte intresse inträffa just kan klar klara kolla komma kommande kommer kommun kommunal kommunerna
kort kortsiktig kosta kraftig kring kräva krävas kräver krävs kunna kvalificerad kvar känd känna
köra land ledde leder leva ligga ligger lika lite liten lyckas läge lägga läggs lämna lämplig
länet länge längs låg låna lång långsiktig långt löpande lösa maximera medan mellan mena mer mera
mest mindre minimera minst modern mot motsvarande motverka mycket mängd människa märka märks mäta
mål månad månadsvis många måste möjlighet möjligt möta nackdel ner nivå nog nu nuvarande ny nya
nytt nytta nära nästa nå någon något nås nödvändig obekväm också ofrivillig ofta okänd olik olika
omfattande område ordentlig ordna ordning orka orsak orsaka ovanlig par part passa passar
permanent person perspektiv prata problem prova pröva redan redo region regional relevant resultat
riktig rimlig risk roll runt räcka räcker rädda rätt råda råder sak saker saknar saknas samarbeta
samarbete samla samlad samma sammanhang samordna samordning samt samtliga samverka samverkan sedan
senare sent sida sidor sista sitta situation själv ska skaffa skapa skaraborg skaraborgs ske sker
skriva skulle skäl slippa sluta slå slår smidig små snabb snarast spara specifik sprida stabil
stanna starta stiger stoppa stor stort ställa ställning stänga stärka stärkt stå större svår svårt
syfte syn sämre sämst särskild särskilt sätt sätta såsom söka sökas ta tack tappa tar testa tid
tidig tidigare tillfällig tillgång tillräcklig tills tillsammans tom tredje tro trots träffa tung
tvinga tydlig typ tänka under underlätta undvika upp uppdatera uppdaterad uppgift upplevd upplever
uppstå ur ut utan ute utmaning utmed utsatt utsätts utveckla utveckling vanlig vara varaktig
varandra varför varje veckovis vet veta vi vid viktig vilka vilken vill villkor vinst visa vision
väl välja vända vänta värd värre yngre ytterligare äldst är även åka år årlig årligen återkommande
åtgärda åtminstone öka ökad önskan önskar öppen öppet öppna över överallt övriga
"""
"""Words that tell next to nothing."""

PARTS = """
administratör advokat affisch aktie ambulans anmälan annons ansökan antenn apotek arbetsterapeut
arena arkitekt arv asbest asfalt aska assistent avdelning avgift baby bageri bakterie bana bank
barnbarn barnmorska barnskötare bensin berg betong bevis bi bibliotekarie bild biljett biologi
björn blankett blod blogg blomma bok boll bomb bonde bord brand brandman bro bror broschyr bruk
brunn bränsle bröd bröllop buller buske by bygd bär båt bön camping cancer chaufför cistern dal
damm dans deltid diabetes dietist dom drönare dygn däck dörr ekonom eld elektriker elmätare
engelska ergonomi faktura familj far film filosofi fisk fiskare flagga flicka flod flyg fond
formulär fornminne fotboll foto franska frisör fritid fritidsledare frukt fukt fysik fysioterapeut
fågel fånge får fönster förare församling försäkring förälder gas generation geografi gift glas
golv grav gris grus gruva gränd gräns gräs gummi gård gåva hage hall handske hav helg heltid hem
herrgård hiss historia hjul hjälm hjärna hjärta hotell hund hus hyra häst höns hörsel höst
infektion ingenjör insekt intyg is isolering jord jul jurist kabel kaffe kanal kapten kartong katt
kemi klinik kläder ko kock kol korsning kort korttid kropp kurator kust kvarn kvitto kyla kyrka
kyrkogård källare kök kön kött lag lampa land ledning lek leksak licens ljud ljus logoped lok
lokal lokalvårdare luft läder läkare lärare lån långtid lås mamma mask maskin mast matematik matta
medicin mejeri metan mina minne minnesmärke mjölk moms mor moské motor mottagning murare märke
mätare målare möbel mögel nyckel nyhet odling officer olja operation ort ost pappa papper pass
pedagogik piller pilot plan plast podd pojke polis potatis programmerare präst psykiatri psykolog
psykologi pump påsk radio radon receptionist regel regn rektor religion remiss restaurang revisor
ridning robot rondell rum ränta rätt rök rör rörmokare samhälle sand satellit scen schakt
sekreterare servitör sjuk sjukdom skatt skepp skilsmässa sko skott skydd skärm sköterska slakteri
slam slott smedja smärta snickare snö sol soldat sommar spanska spel spruta sprängning spädbarn
spår stad sten stol storm straff strand stroke stuga stål svetsare syn syskon syster säd säng
säsong sågverk sång sömn tak tal tandläkare tangent tank te teater tegel tekniker textil tidning
tidskrift tillstånd tobak torg trappa tro trä träd tull tunnel tv tvilling tyska uniform vaccin
vagn vakt vaktmästare vapen varg vattenmätare ved ventil ventilation verkstad veterinär vin vind
vinter virus visum vägg värme väska väte vår ägg älg äng åker ålder öl
"""
"""Words that compounds are made of, beside those that are listed elsewhere."""
