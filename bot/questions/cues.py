"""What in the wording of a question tells which intent it has: each cue by a name.

The text is in plain letters; each name found before stands in it as its filter in brackets
(`hur gar det for <municipality>`).
"""

import re
from collections.abc import Mapping

from bot.questions.wordings import pattern_of

Places = list[tuple[int, int]]

WORDINGS: Mapping[str, str] = {
    "personal": """
        tjanar lon loner lonen loneniva* hogst_lon arvode* gift skild gravid alder aldst yngst
        gammal hur_gammal personnummer privat privata mobilnummer telefonnummer hemadress snygg*
        duktig* lat lata latast dum dumma dummast bast_pa samst trevlig* otrevlig* jobbig*
        inkompetent* popular* gillar hatar alskar dejtar tycker_om facklig* facket parti partiet
        partitillhorighet religion religios* skvaller ryktet skulder alkohol* foraldraledig*
        sparken sparkas avskedad pension* favorit* smart smartast tycker_att bra_chef dalig_chef
        in_i_vaggen kompis* bast_i_laget
        """,
    "elsewhere": """
        vader vadret regnar snoar fotboll* hockey* recept* lunch* skamt* dikt dikter huvudstad*
        statsminister* musik* film* horoskop* oversatt* aktiekurs* borskurs* bensinpris* elpris*
        matsedel* nyheterna_pa_tv riksdagsval* kommunval* kommunalrad* lotto* spelresultat
        """,
    "private": "sjuk sjuka sjukskriv* semester* ledig lediga vabbar barnen",
    "why": "varfor orsak orsaken orsaker anledning anledningen beror_pa hur_kommer_det_sig",
    "missing": """
        inte ingen inga inget aldrig utan saknar saknas saknades saknad saknade saknat fattas missat
        missade missar glomt glomde aterstar kvar vantar_vi vantar_ni vantar_man drojer drojt
        obesvarad* sega ar_tyst ar_tysta tyst tysta hort_av hallit_sig_borta aterstaende kvarstaende
        kvarvarande resterande utestaende uteblivna uteblivit uteblir skyldig* lat_bli latit_bli
        struntat_i underlatit underlater avstatt luckor lucka luckorna brister brist brustit
        forsumma* haller_inne haller_fortfarande_inne jaga jagar lyser_med_sin_franvaro franvarande
        franvaro efterfraga* fler_an_vi an_mer sena sent sedan_med forsenad_med fortfarande..svara
        aterstar_att_svara kvar_att_svara fortfarande..rosta ligger..efter_med efter_med
        """,
    "report": "*rapport* redovisat redovisar uppdaterat_sin_status statusuppdater* lagesuppdater*",
    "unreported": "orapport* oredovisa* rapportskuld* rapporteringsluck* rapportluck*",
    "lags": """
        slapar slapar_efter efterslap* ligger_efter ar_efter sena_med sen_med sedan_med
        drojer_med slarva* ligger..efter efter_med eftersatt* forsumma*
        """,
    "need": """
        *behov *behoven *behovet *behovens *behovets *behovslist* *behovsko* *behovsregist*
        onskemal*
        """,
    "poll": """
        *omrostning* rost rosta rostat rostade rostats rostar roster rosterna rostning*
        *rostlage* *votering* enkat* svarsfrekvens* *sondering* avstamning* rostdeltag* valdeltag*
        rostsedl* rostresultat*
        """,
    "answer": """
        svar svara svarat svarar svarade svaren svaret svars besvarat besvarad* obesvarad*
        hort_av_sig tyckt_till besked beskedet aterkoppl*
        """,
    "co_financing": "*medfinansiering* medfinansier* *medfina*",
    "priority": "*prioritering* prioriter* *prioordning*",
    "assignment": """
        uppdrag uppdraget uppdragen uppdrags *uppdragslist* arbetsuppgift* uppgifter uppgift
        ombed* ombetts tillfragad* tillfragats bett..om_att bett..att bett..ta_pa_sig bett..gora
        resurssatt* resurssatta att_gora_lista* att_gora
        """,
    "application": """
        *ansokan *ansokning* *ansokans ansok* sokt sokta soker soka sokts soks sokes
        *finansiarer finansiar* utlysning* esf* eruf* eu_medel eu_pengar eu_bidrag eumedel
        eupengar eubidrag externa_medel statliga_medel externa_pengar statliga_pengar
        projektmedel bidrag bidragen bidraget bidragsansok*
        """,
    "granted": "bevilja* avslag* besked beskedet svar svaret sokt sokta soka fatt gett",
    "lacks": """
        saknas saknar fattas felas feltas kvar_att_hitta kvar_att_finansiera kvar_att_skaffa
        kvar_att_fa_fram aterstar_att_finansiera aterstar_att_hitta aterstar_att_fa_fram otackt*
        hitta skrapa_ihop fa_ihop star_utan star..utan behover..fa_in behover..hitta
        behover..skaffa inte_tackt inte_tackta inte_betalt inte_betald
        """,
    "gap": """
        *gap *gapet *gapen gapar ofinansiera* underfinansiera* underskott* *glapp*
        finansieringshal* hal_i_budget* hal_i_finansiering* halet halet_i saknar_finansiering
        saknar_full_finansiering utan_finansiering utan_full_finansiering inte_finansiera*
        inte_ar_finansiera* inte_fullt_finansiera* inte..finansiera* fullt_finansiera*
        helt_finansiera* kvarstaende_finansiering* finansieringsbehov* finansieringsbrist*
        finansieringen_i_hamn finansieringen_klar pengar..inte_racker pengarna..inte_racker
        pengar..fattas pengar..saknas pengar..utan tomt..finansiering* star_utan_pengar
        """,
    "money": """
        pengar pengarna kronor kr miljon* mkr tkr belopp* summa* summan *budget* *kostnad*
        kosta* *finansier* medel medlen kapital stalar kosing hur_mycket ekonomin ekonomiskt
        """,
    "pledge": """
        *lova *lovat *lovade *lovar *lovad *lovats lovt *lofte* utfast* bidrar bidra bidragit
        skjuter_till skjuta_till skjutit_till skot_till tillskjut* atagit atar ataganden
        atagande atagandena gar_in_med gatt_in_med gick_in_med ga_in_med gar..in_med lagger_in
        lagt_in staller_upp_med stallt_upp_med satsar satsat satsa betalar betala betalat
        star_for sta_for statt_for sagt_ja_till sagt_sig tecknat tecknat_sig avsatt avsatter
        garanterat garanterar medfinansierar medfinansierat medfinansiera forbundit_sig
        forbinder_sig forbundit
        """,
    "decide": """
        *beslut *besluten *beslutet besluta beslutar beslutat beslutas beslutats *besluts*
        beslutade ta_stallning tar_stallning tagit_stallning taga_stallning stallningstagande*
        bestamma bestammer bestams avgora avgor avgors avgoras avgorande* godkanna godkannas
        godkannande* klubba* saga_ja saga_nej fatta fatta_beslut fattas_beslut satta_ner_foten
        satter_ner_foten faststalla faststaller faststallas anta antas skriva_under_pa pa..bord
        """,
    "waits": "vantar invantar ligger_hos ligger_pa pa_bordet hos vantas ska_upp uppe_hos",
    "meeting": """
        *mote *motet *moten *motena *motes motesdag* *sammantrad* traff traffen traffar traffas
        traffades mots *motestid* *motesdatum* *kalend* *kalender* dagordning* kallelse*
        radslag* fokusdag* sammankomst* *sammankomster fordjupning*
        """,
    "papers": """
        handling handlingar handlingarna handlingen moteshandling* motesunderlag* underlag
        underlagen underlaget papper papperen papperna dokument dokumenten utskick*
        beslutsunderlag*
        """,
    "who": """
        vem vems vilken_person vilken_tjansteperson vilka_personer vem_alla vilken_tjansteman
        nagon
        """,
    "who_all": "vem vilka vilken vems vilka_kommuner vilka_personer nagon nagra",
    "owns": """
        ansvar ansvaret ansvarar ansvarig ansvariga ansvarade ansvarat ansvara *ansvarsfordel*
        huvudansvar* ansvarsom* ager agare agaren aga agarskap* driver drivs leder leds leda
        haller_i haller_ihop har_hand_om hand_om skoter skots kontaktperson* kontakt kontakta
        kontakten kontaktar kontaktuppgift* prata_med snacka_med tala_med vanda_mig vanda_oss
        vanda_sig vanda_man vander hora_av_mig hora_av_oss fragar_jag vems_bord pa_sitt_bord
        pa_sina_bord pa_vems_bord projektled* samordnar samordnas samordnare samordnaren_for
        koordiner* jobbar_med arbetar_med rodd* har_bollen bar_huvudansvar* sitter_pa basar
        mandat mandatet mandaten far_svara_for ringa_om mejla_om nar_jag star_bakom
        """,
    "member": """
        sitter_i sitter_med_i med_i ledamot ledamoter ledamoterna medlem medlemmar medlemmarna
        ingar_i bestar_av tillhor
        """,
    "takes_part": """
        deltar delta deltagit med_i med_pa medverkar medverka ingar inblandad* involverad*
        engagerad* tillhor hor_till hor_hemma sorterar_under ligger_under finns_under omfattas
        """,
    "activities": """
        *aktivitet* insatser insatserna insatsen projekt projekten projektet satsningar
        satsningarna delprojekt*
        """,
    "change": """
        andrat andrats andrades andringar andringarna andring andringen andras forandr*
        skillnad* skiljer annorlunda nyheter nyheterna nyhet uppdateringar uppdateringarna
        vad_ar_nytt nytt hant hande tillkommit rort_sig rort_pa_sig missat skett intraffat
        andra_status gick_over gatt_over overgatt bytt_farg bytt_status bytt_lage andrat_farg
        sedan_sist vant utvecklats forbattrats forsamrats uppdaterats har_ni_gjort har_gjorts
        revider* justera* flyttats omarbeta* tillkom
        """,
    "milestone": """
        *milstolp* milestone* *deadline* *slutdatum* *maldatum* delmal* hallpunkt* halltid*
        tidsfrist* frist frister fristerna *leverans *leveranser *leveransen *leveranserna
        *leveransdatum* levereras levererat levererad* forfaller infaller lanser* pa_gang
        star_pa_tur pa_tur haller_tidsplan* i_almanackan viktiga_datum datum
        """,
    "when": """
        nar hur_dags vilken_dag vilket_datum vilka_datum vilka_dagar vilken_vecka hur_lange
        nar_som
        """,
    "regarding": "nar_det_galler nar_det_kommer_till nar_det_handlar_om",
    "starts": """
        startar borjar oppnar oppnas lanseras drar_igang slutar avslutas ar_klar ar_klart
        blir_klar blir_klart ar_fardig blir_fardig ar_fardigt undertecknas skrivs invigs
        kommer_igang gar_av_stapeln levereras stanger intraffar infaller ager_rum
        """,
    "closes": """
        stanger stangs stangde sista_dag* sista_svarsdag* svara_senast oppen oppnar oppnas
        avslutas pagar avslutad*
        """,
    "overview": """
        *oversikt* overgripande *overblick* lagesbild* helhetsbild* helhetslage* helhet helheten
        sammanfatt* *nulage* totalbild* summera* summering* i_stort overlag alltihop allting
        hela_planen over_hela_linjen rubbet rasket lagesgenomgang* samlad_bild stora_hela
        det_stora allt_som_allt pa_det_hela i_korthet i_stora_drag totala_laget hela_laget
        alltsammans hela_omstallningen hela_bilden omstallningen_som_helhet
        """,
    "how": """
        hur_gar hur_gick hur_gatt hur_ligger hur_lag hur_star hur_stod hur_ser hur_sag hur_ar
        hur_var hur_mar hur_har hur_funkar hur_fungerar hur_flyter hur_loper hur_rullar
        hur_tuffar hur_langt hur_blev hur_utvecklas hur_fortskrider hur_fortloper
        hur_framskrider hur_tar hur_artar hur_det status statusen lage laget stallningen
        framdrift* framsteg* vad_hander vad_sker gar_det star_det_till ligger_vi_till
        ligger_till pa_banan hur..gar hur..ligger_till hur..ser_ut
        """,
    "show": """
        visa lista listan ge_mig ge_oss beratta redogor ta_fram plocka_fram skriv_ut rakna_upp
        sammanstall* far_jag_se kan_jag_fa finns_det vilka vilket vilken vad antal hur_manga
        """,
    "count": "hur_manga antal antalet andel andelen hur_stor_andel",
    "turnout": """
        utfall utfallet resultat resultatet resultaten hur_gick vad_blev valdeltagande*
        deltagandet hur_manga hur_star hur_gar vunnit vann ledde leder laget lage status
        """,
    "mine": """
        ansvarar_jag ager_jag driver_jag jag_ansvarar jag_ager jag_driver mina min_uppdragslista
        mitt_uppdrag mitt_bord min_aktivitet min_rapport min_nasta min_milstolpe mina_rapporter
        mitt_behov
        """,
    "i_do": "ska_jag maste_jag bor_jag behover_jag har_jag jag_maste jag_behover pa_mig",
    "my_municipality": """
        min_kommun var_kommun vaara egna_kommunen egen_kommun var_egen_kommun min_kommuns
        var_kommuns
        """,
}
"""The cues that are lists of wordings."""

_ASKED_TO = (
    r"^(?:(?:kan|skulle|kunde|vill|hinner|ska) (?:(?:ni|samspel|nagon|jag|vi) )?(?:kunna )?"
    r"(?:vara )?(?:(?:snall|snalla|vanlig|hygglig) )?(?:(?:och|att) )?"
    r"|(?:jag|vi) (?:vill|skulle vilja|behover)(?: att)? (?:ni |samspel )?"
    r"|hjalp (?:mig|oss) (?:med )?(?:att )?|ga och |var (?:vanlig|snall) och |vanligen )?"
)
_OF_ME = r"(?:mig|oss) om (?:nar|vad|var|vilka|vilken|vilket|hur|vem)\b"
"""What follows when somebody has forgotten, and asks."""

_ORDERS = (
    r"satt(?:a|er)?(?! vi ligger| det ner)|andra(?! kvart)|uppdatera|radera|ta bort|tar bort",
    rf"paminn(?:a|er)?(?! {_OF_ME})|boka(?:r)?|avboka|flytta|stang(?:a|er)?|oppna|skapa",
    r"lagg(?:a|er)?",
    r"registrera|godkann(?:a)?|avsla|mejla|maila|ring(?:a)?|tilldela|utse|markera|hoj(?:a)?",
    r"sank(?:a)?|rosta|svara(?! mig| oss| pa)|rapportera|anmal(?:a)?|bjud|kalla|publicera",
    r"pausa|avsluta|starta",
    r"byt(?:a)?|skriv(?:a)? (?:in|om|under|ett|en|till)|skicka(?! (?:mig|over en|over|hit))",
    r"ge (?!mig|oss|en|ett|besked)\S+|gor(?:a)? om|stall(?:a)? in|dra tillbaka|tacka|lova|betala",
    r"mata in|fyll(?:a)? i|spara|importera|exportera|for in|bestall|stryk|skjut(?:a)? (?:upp|fram)",
    r"senarelagg|tidigarelagg|bekrafta|neka|arkivera|forlang|korta|justera|korrigera|ratta",
)
_ENDS = r"klar(?:t|a)?|fardig(?:t|a)?"
_DUE = (
    r"\b(?:ska|bor|maste|skulle|kommer|planeras|beraknas|vantas|tankt|ar det tankt att)\b"
    rf".{{0,60}}?\b(?:{_ENDS}|slutfor\w*|levereras?|levererat|lanseras?|avslutas|intraffa|ske|"
    r"hinna\w*|invigas|undertecknas|skrivas under|vara i mal|inne|i drift|pa plats|starta|borja|"
    r"oppna|passa)\b",
    rf"\b(?:blir|ar)\b.{{0,40}}?\b(?:{_ENDS}) (?:<period>|till|nar|forst)",
    rf"\b(?:{_ENDS}) (?:senast|innan|fore|till|under)? ?<period>",
)

CUES: Mapping[str, re.Pattern[str]] = {
    **{name: pattern_of(wordings) for name, wordings in WORDINGS.items()},
    "order": re.compile(rf"{_ASKED_TO}(?:{'|'.join(_ORDERS)})(?!\w)"),
    "due": re.compile("|".join(_DUE)),
}


def cues_in(text: str) -> dict[str, Places]:
    """Where in the plain text each cue stands, of those that do."""
    found = {
        name: [match.span() for match in pattern.finditer(text)] for name, pattern in CUES.items()
    }
    return {name: places for name, places in found.items() if places}
