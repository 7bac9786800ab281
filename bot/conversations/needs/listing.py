"""`behov lista`: needs by focus area, municipality, stage or network, a page at a time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.clock import in_stockholm
from bot.conversations.activity_card import shortened
from bot.conversations.needs.need_card import title_of
from bot.conversations.needs.wording import capital, need_name, stage_label, stage_word, stands
from bot.conversations.protocol import Pressed, Replies, Turn
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, Part, Table, bold, press, quiet, text
from bot.finding import plain, read_number
from bot.language import _, ngettext, short_date
from bot.needs.need import Need
from bot.needs.reading import Filter, Page, counts_by_stage, needs_listed
from bot.needs.rights import municipalities_of
from bot.needs.stages import Stage
from bot.people import BodyId, OrganisationId, PersonId
from bot.plan import Plan

A_PAGE = 6
READ = 6

_STAGE_WORDS: Mapping[str, Stage] = {
    "registrerade": Stage.REGISTERED,
    "registrerat": Stage.REGISTERED,
    "registered": Stage.REGISTERED,
    "bereds": Stage.PREPARING,
    "beredning": Stage.PREPARING,
    "preparing": Stage.PREPARING,
    "referensgruppen": Stage.REFERENCE_GROUP,
    "referensgrupp": Stage.REFERENCE_GROUP,
    "presidiet": Stage.PRESIDIUM,
    "presidium": Stage.PRESIDIUM,
    "direktionen": Stage.BOARD,
    "direktion": Stage.BOARD,
    "board": Stage.BOARD,
    "antagna": Stage.ACCEPTED,
    "antaget": Stage.ACCEPTED,
    "accepted": Stage.ACCEPTED,
    "avslagna": Stage.DECLINED,
    "avslaget": Stage.DECLINED,
    "declined": Stage.DECLINED,
    "vilande": Stage.RESTING,
    "resting": Stage.RESTING,
}
_FILLERS = frozenset(
    (
        *("alla", "behov", "natverk", "natverket", "kommun", "politiska"),
        *("i", "for", "fran", "hos", "om", "som", "av", "med", "till", "och"),
    )
)
_MINE = frozenset(("mina", "mine", "my"))
_MY_MUNICIPALITY = ("min kommun", "var kommun", "my municipality")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Asked:
    """A filter as somebody put it, short enough for a button."""

    area_id: int | None = None
    municipality: OrganisationId | None = None
    network: BodyId | None = None
    stage: Stage | None = None
    mine: bool = False
    words: str = ""

    def encoded(self) -> tuple[str, ...]:
        """As arguments of a press: a letter for what it is, then its value."""
        pairs = (
            ("o", self.area_id),
            ("k", self.municipality),
            ("n", self.network),
            ("s", self.stage.value if self.stage else None),
            ("m", 1 if self.mine else None),
            ("w", _short(self.words) or None),
        )
        return tuple(f"{letter}{value}" for letter, value in pairs if value is not None)

    def filter(self, person: PersonId) -> Filter:
        """What is looked up: decided ones too, unless a stage is asked for."""
        return Filter(
            area_id=self.area_id,
            municipality=self.municipality,
            network=self.network,
            stages=frozenset((self.stage,)) if self.stage else frozenset(),
            concerns=person if self.mine else None,
            words=self.words,
        )


def decoded(arguments: tuple[str, ...]) -> Asked:
    """The filter that `encoded` made; what cannot be read is left out."""
    asked = Asked()
    for each in arguments:
        letter, value = each[:1], each[1:]
        match letter:
            case "o" if value.isdecimal():
                asked = replace(asked, area_id=int(value))
            case "k" if value.isdecimal():
                asked = replace(asked, municipality=OrganisationId(int(value)))
            case "n" if value.isdecimal():
                asked = replace(asked, network=BodyId(int(value)))
            case "s" if value in {stage.value for stage in Stage}:
                asked = replace(asked, stage=Stage(value))
            case "m":
                asked = replace(asked, mine=True)
            case "w":
                asked = replace(asked, words=value)
            case _:
                pass
    return asked


def read_filter(words: str, plan: Plan, own: tuple[OrganisationId, ...]) -> Asked:
    """What words ask for, in any order: area, municipality, network, stage, mine; else a search."""
    left = f" {' '.join(_WORD.findall(plain(words)))} "
    asked = Asked()
    for phrase in _MY_MUNICIPALITY:
        if f" {phrase} " in left and own:
            left, asked = left.replace(f" {phrase} ", " "), replace(asked, municipality=own[0])
    is_network = " natverk" in left
    areas = {plain(name): key for key, name in plan.focus_areas.items()}
    networks = {plain(b.name): b.id for b in plan.bodies.values() if b.kind == "network"}
    for name, key in sorted(networks.items(), key=lambda pair: -len(pair[0])):
        if (is_network or name not in areas) and (rest := _without(left, name)) is not None:
            left, asked = rest, replace(asked, network=key)
    for name, area in sorted(areas.items(), key=lambda pair: -len(pair[0])):
        if (rest := _without(left, name)) is not None:
            left, asked = rest, replace(asked, area_id=area)
    for each in plan.organisations.values():
        rest = _without(left, plain(each.name)) if each.kind == "municipality" else None
        if rest is not None:
            left, asked = rest, replace(asked, municipality=each.id)
    typed = {plain(word): word for word in _WORD.findall(words)}
    return _rest(asked, [typed.get(word, word) for word in left.split()])


def _without(words: str, name: str) -> str | None:
    """The words without the name, also in the genitive; None when it is not there."""
    for form in (f" {name} ", f" {name}s ", f" {name}s kommun "):
        if form in words:
            return words.replace(form, " ", 1)
    return None


def _rest(asked: Asked, words: Sequence[str]) -> Asked:
    free: list[str] = []
    for each in words:
        word = plain(each)
        if word in _STAGE_WORDS:
            asked = replace(asked, stage=_STAGE_WORDS[word])
        elif word in _MINE:
            asked = replace(asked, mine=True)
        elif word not in _FILLERS and not word.startswith("natverk"):
            free.append(each)
    return replace(asked, words=_short(" ".join(free)))


def _short(words: str) -> str:
    """The words as far as a button can carry them to the next page."""
    return re.sub(r"[|,]", " ", words)[:24].strip()


async def list_needs(turn: Turn, rest: str) -> Replies:
    """A page of needs that fit the words, or what a button carries."""
    if isinstance(turn.doing, Pressed):
        skip, *encoded = turn.doing.press.arguments[1:] or ("0",)
        asked = decoded(tuple(encoded))
        at = read_number(skip, 6)
    else:
        asked = read_filter(rest, turn.plan, municipalities_of(turn.person, turn.plan))
        at = 0
    wanted = asked.filter(turn.person.id)
    page = await needs_listed(turn.db, wanted, most=A_PAGE, skip=at)
    if not page.total:
        return (here(turn, none_fits(described(asked, turn.plan))),)
    return (here(turn, listed(page, asked, at, turn.plan)),)


async def my_needs(turn: Turn, rest: str) -> Replies:
    """Those that the person registered, follows, supports or prepares."""
    asked = Asked(mine=True)
    page = await needs_listed(turn.db, asked.filter(turn.person.id), most=A_PAGE)
    if not page.total:
        return (here(turn, none_fits(described(asked, turn.plan))),)
    return (here(turn, listed(page, asked, 0, turn.plan)),)


def described(asked: Asked, plan: Plan) -> str:
    """The filter in words; empty when nothing was asked for."""
    said: list[str] = []
    if asked.mine:
        said.append(_("mina"))
    if asked.area_id is not None and asked.area_id in plan.focus_areas:
        said.append(plan.focus_areas[asked.area_id])
    if asked.municipality is not None and asked.municipality in plan.organisations:
        said.append(plan.organisations[asked.municipality].name)
    if asked.network is not None and asked.network in plan.bodies:
        said.append(_("nätverket {name}", name=plan.bodies[asked.network].name))
    if asked.stage is not None:
        said.append(stage_word(asked.stage))
    if asked.words:
        said.append(f"”{shortened(asked.words, 60)}”")
    return ", ".join(said)


def none_fits(wanted: str) -> Card:
    """What is said when no need fits, or there is none yet."""
    said = (
        _("Inga behov passar: {wanted}.", wanted=wanted)
        if wanted
        else _("Ingen har registrerat något behov än.")
    )
    buttons = [register_button()]
    if wanted:
        buttons.insert(0, Button(label=_("Visa alla behov"), press=press("behov", "lista")))
    hint = _("Skriv behov och vad som behövs, så registreras det.")
    return Card(summary=said, parts=(text(said), quiet(hint), Buttons(buttons=tuple(buttons))))


def register_button() -> Button:
    """To the form for a new need."""
    return Button(label=_("Registrera behov"), press=press("formular", "behov"))


def listed(page: Page, asked: Asked, skip: int, plan: Plan) -> Card:
    """A page of needs, each with where it is and how many share it."""
    count = ngettext("{n} behov", "{n} behov", page.total)
    wanted = described(asked, plan)
    title = _("{count}: {wanted}", count=count, wanted=wanted) if wanted else count
    parts: list[Part] = []
    for need in page.needs:
        parts += _line(need)
    buttons: list[Button] = []
    after = skip + len(page.needs)
    if after < page.total:
        more = press("behov", "lista", after, *asked.encoded())
        buttons.append(Button(label=_("Visa fler"), press=more))
    board = Button(label=_("Tavla"), press=press("behov", "tavla"))
    parts.append(Buttons(buttons=(*buttons, board, register_button())))
    shown = "; ".join(
        f"{need_name(each.id)} {each.title}, {stands(each)}" for each in page.needs[:READ]
    )
    return Card(
        title=shortened(title, 150),
        summary=shortened(f"{title}: {shown}", 1_500),
        parts=tuple(parts),
    )


def _line(need: Need) -> list[Part]:
    supports = ngettext("{n} kommun stöttar", "{n} kommuner stöttar", len(need.supports))
    since = short_date(in_stockholm(need.stage_since).date())
    said = _("{stage} sedan {day} · {supports}", stage=stands(need), day=since, supports=supports)
    show = Button(label=_("Visa {name}", name=need_name(need.id)), press=press("behov", need.id))
    return [text(bold(title_of(need))), quiet(said), Buttons(buttons=(show,))]


async def board(turn: Turn, rest: str) -> Replies:
    """How many needs there are at each stage, with the way to each and to the web's board."""
    return (here(turn, board_card(await counts_by_stage(turn.db))),)


def board_card(counts: Mapping[Stage, int]) -> Card:
    """Needs by stage."""
    total = sum(counts.values())
    if not total:
        return none_fits("")
    rows = tuple((stage_label(stage), str(counts.get(stage, 0))) for stage in Stage)
    table = Table(
        caption=_("Behov efter läge"), columns=(_("Läge"), _("Antal")), rows=rows, numeric=(1,)
    )
    filled = [stage for stage in Stage if counts.get(stage)]
    buttons = tuple(
        Button(
            label=capital(stage_word(stage)), press=press("behov", "lista", 0, f"s{stage.value}")
        )
        for stage in filled
    )
    page = Button(label=_("Öppna tavlan"), href="/behov")
    said = ", ".join(f"{stage_word(stage)} {counts[stage]}" for stage in filled)
    return Card(
        title=_("Behovstavla"),
        summary=_("{count}: {list}", count=ngettext("{n} behov", "{n} behov", total), list=said),
        parts=(table, Buttons(buttons=(page, *buttons[:4]), overflow=buttons[4:9])),
    )
