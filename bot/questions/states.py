"""States of activities and stages of needs, as questions say them in plain letters."""

from collections.abc import Mapping

from bot.questions.wordings import pattern_of

Places = list[tuple[int, int]]

STATES: Mapping[str, str] = {
    "not_started": """
        opaborja* ostarta* vit vita vitt inte..borjat inte..borjade inte..borjad inte..paborja*
        inte..startat inte..startade inte..startats inte..startad inte..kommit_igang
        inte..kommit_i_gang inte..igang inte..i_gang inte..igangsatt* inte..dragit_igang
        inte..satts_igang inte..satt_igang inte..startgroparna aldrig..startat aldrig..borjat
        inget_paborjat inga_paborjade ogjort ogjorda
        """,
    "on_track": """
        gron grona gront gronmarkera* enligt_plan enligt_planen enligt_tidplan enligt_tidplanen
        enligt_planering enligt_planeringen i_fas pa_spar pa_sparet pa_ratt_spar som_det_ska
        som_planerat som_den_ska rullar_pa loper_pa flyter_pa i_tid utan_problem haller_tidplan
        haller_tidplanen tuffar_pa gar_bra
        """,
    "at_risk": """
        risk risker risken riskerna riskerar riskabelt riskzon riskzonen i_fara gul gula gult
        gulmarkera* gulflagga* osaker osakra osakert hotad hotade skakig skakiga vacklar oroande
        orosmoln*
        """,
    "off_track": """
        rod roda rott rodmarkera* rodflagga* forsenad forsenat forsenade forsenas forsenats
        forsening forseningar forseningarna forseningen avvikelse avvikelser avvikelsen avvikelserna
        avviker ur_fas ur_spar spart_ur sparat_ur strular strul krisar kris efter_tidplan
        efter_i_tidplan efter_tidplanen efter_i_tidplanen bakom_plan bakom_planen bakom_tidplan
        bakom_tidplanen ligger_efter halkat_efter halkar_efter slapar_efter akut akuta
        """,
    "paused": """
        pausad pausat pausade pausas pausats paus pa_is vilande vilar stillastaende star_still
        star_stilla avstanna* stoppad stoppat stoppade stoppats fryst frysta frysts satts_pa_vant
        pa_vant parkera*
        """,
    "done": """
        klar klara klart fardig fardiga fardigt fardigstallda avslutad avslutade avslutat avslutats
        slutford slutforda slutfort slutforts genomford genomforda genomfort genomforts i_mal i_hamn
        avklara* avbockad avbockade avbockat
        """,
}
STAGES: Mapping[str, str] = {
    "registered": """
        registrerad registrerat registrerade registrerats obehandla* oberedda ohanterade i_inkorgen
        inte_beretts inte_beredda inte_borjat_beredas inte..beretts inte..beredas inte..bereds
        inte..beredda inte..beredning
        """,
    "preparing": """
        bereds beredning beredningen bereda bereder beredas under_arbete under_handlaggning
        forbereds handlaggs utreds utredning
        """,
    "accepted": """
        accepter* antagna antagit antagen antagits antaget antas godkanda godkant godkand godkants
        godtagits godtagna antogs godkandes klubbades beviljades bifolls bifall* fatt_ja
        fatt_gront_ljus sagt_ja sa_vi_ja sa_ja tummen_upp blivit_aktivitet blivit_en_aktivitet
        blivit_aktiviteter beviljad beviljade beviljat beviljats gatt_igenom klubbade klubbat
        klubbats klubbad lett_till_aktivitet* lett_till_en_aktivitet
        """,
    "declined": """
        avslagna avslagits avslaget avslagen avslag avslags avslogs avbojda avbojt avbojts nekade
        nekat nekats nekad fatt_nej fick_nej sagt_nej sa_vi_nej sa_nej tummen_ner avvisa* forkasta*
        avfarda* nobbade nobbats
        """,
    "resting": """
        vilande vilar pa_vant lagda_at_sidan lagts_at_sidan parkera* pausa* pa_is bordlagda
        bordlagts vila
        """,
}
_STATE_PATTERNS = {name: pattern_of(each) for name, each in STATES.items()}
_STAGE_PATTERNS = {name: pattern_of(each) for name, each in STAGES.items()}


def states_said(text: str) -> dict[str, Places]:
    """Where the plain text says each state, of those that it says."""
    found = {n: [m.span() for m in each.finditer(text)] for n, each in _STATE_PATTERNS.items()}
    return _but_within(found, "not_started")


def stages_said(text: str) -> dict[str, Places]:
    """Where the plain text says each stage; bodies that have needs are names and told elsewhere."""
    found = {n: [m.span() for m in each.finditer(text)] for n, each in _STAGE_PATTERNS.items()}
    return _but_within(found, "registered")


def _but_within(found: Mapping[str, Places], whole: str) -> dict[str, Places]:
    """What was found, but for what is only a part of `whole`: `inte klar`, `inte beretts`."""
    return {
        name: kept
        for name, places in found.items()
        if (kept := [each for each in places if name == whole or not _inside(each, found[whole])])
    }


def _inside(place: tuple[int, int], others: Places) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in others)
