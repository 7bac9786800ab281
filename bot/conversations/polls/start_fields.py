"""The fields of the form that starts a co-financing poll, or changes what is proposed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bot.conversations.choices import (
    EVERY,
    chosen_in,
    every_municipality,
    in_fields,
    municipalities,
    municipalities_in,
    one_chosen,
    spread,
)
from bot.conversations.forms import (
    AmountField,
    ChoiceField,
    FormField,
    Option,
    TextField,
    Value,
)
from bot.conversations.polls.wording import names_and_more
from bot.conversations.steps import Answers, Step
from bot.language import _, kronor
from bot.people import OrganisationId
from bot.plan import Kronor, Plan
from bot.polls.co_financing import CoFinancing, Proposal
from bot.polls.cost_sharing import CannotShare, Key, Sharer, SharingKey, shares
from bot.polls.poll import TEXT_LENGTH
from bot.polls.starting import needs_figures

MOST = 1_000_000_000_000
FIRST_RATE = 500
"""What an hour is first said to be worth; changed in the form."""
A_STEP = 30
"""Municipalities whose weights are asked for at a time."""
_DECIMALS = 4


@dataclass(frozen=True)
class Sharers:
    """Every municipality with its figures, and what it is called."""

    everybody: Sequence[tuple[Sharer, str]]
    plan: Plan

    def taking_part(self, values: Mapping[str, Value]) -> list[tuple[Sharer, str]]:
        """Those that are chosen; all of them before anything is."""
        chosen = chosen_in("municipalities", values) or (EVERY,)
        keys = municipalities_in(self.plan, [each for each in chosen if _is_key(each)])
        return [each for each in self.everybody if each[0].id in keys]


def _is_key(value: str) -> bool:
    return value == EVERY or (value.isdecimal() and len(value) < 19)


def proposal_fields(values: Mapping[str, Value]) -> list[FormField]:
    """What is to be paid, what it costs, and what the municipalities are asked for."""
    fields: list[FormField] = [
        TextField(
            name="purpose",
            label=_("Vad ska betalas?"),
            help=_("Kort, så att den som svarar vet vad pengarna går till"),
            required=True,
            lines=3,
            max_length=TEXT_LENGTH,
        ),
        _amount("total", _("Total kostnad"), least=1),
        _amount("funded", _("Redan finansierat"), least=0),
        _amount("asked", _("Kommunerna ombeds bidra med"), least=1),
        ChoiceField(
            name="pays",
            label=_("Hur kan kommunerna bidra?"),
            required=True,
            redraws=True,
            options=(
                Option(value="money", label=_("Pengar")),
                Option(value="time", label=_("Egen tid")),
                Option(value="either", label=_("Pengar eller egen tid")),
            ),
        ),
    ]
    if values.get("pays") in ("time", "either"):
        rate = _amount("hourly_rate", _("Vad är en timme värd?"), least=1, most=100_000)
        fields.append(rate)
    return fields


def _amount(name: str, label: str, *, least: int, most: int = MOST - 1) -> AmountField:
    return AmountField(
        name=name,
        label=label,
        help=_("Till exempel 950 000 eller 1,2 mkr"),
        required=True,
        least=least,
        most=most,
    )


def check_proposal(answers: Answers) -> dict[str, str]:
    """What is asked for and what is found already is no more than it costs."""
    total, funded, asked = (answers.get(name) for name in ("total", "funded", "asked"))
    if total is None or funded is None:
        return {}
    if funded > total:
        return {"funded": _("Det är mer än vad allt kostar, {total}.", total=kronor(total))}
    if asked is None or funded + asked <= total:
        return {}
    left = kronor(Kronor(total - funded))
    return {"asked": _("Det är mer än det som saknas. Som mest {left}.", left=left)}


def key_fields(plan: Plan, values: Mapping[str, Value]) -> list[FormField]:
    """Who takes part, and what the shares are counted by."""
    fields: list[FormField] = [
        *in_fields(
            "municipalities",
            _("Vilka kommuner deltar?"),
            every_municipality(plan),
            required=True,
        ),
        ChoiceField(
            name="sharing_key",
            label=_("Fördelningsnyckel"),
            required=True,
            redraws=True,
            options=(
                Option(value="per_inhabitant", label=_("Per invånare")),
                Option(value="equal", label=_("Lika delar")),
                Option(value="mixed", label=_("En del lika, resten per invånare")),
                Option(value="weights", label=_("Egna vikter")),
            ),
        ),
    ]
    if values.get("sharing_key") == SharingKey.MIXED.value:
        fields.append(
            AmountField(
                name="equal_percent",
                label=_("Hur stor del delas lika?"),
                help=_("Procent, från 0 till 100"),
                required=True,
                unit="%",
                most=100,
            )
        )
    return fields


def check_key(known: Sharers, answers: Answers) -> dict[str, str]:
    """Everybody who takes part has the figure that the key counts by."""
    kind, chosen = answers.get("sharing_key"), chosen_in("municipalities", answers)
    if nobody := one_chosen("municipalities", answers):
        return nobody
    if not kind or not chosen or not needs_figures(SharingKey(kind)):
        return {}
    parts = known.taking_part({"municipalities": chosen})
    lacking = [name for each, name in parts if each.inhabitants is None]
    return {"sharing_key": _no_figures(lacking)} if lacking else {}


def weight_steps(parts: Sequence[tuple[Sharer, str]], title: str) -> list[Step]:
    """A weight for each municipality that takes part, thirty to a step."""
    steps: list[Step] = []
    alone = len(parts) <= A_STEP
    for number, at in enumerate(range(0, len(parts), A_STEP), start=1):
        fields = tuple(_weight_field(sharer, name) for sharer, name in parts[at : at + A_STEP])
        steps.append(
            Step(
                name=f"vikter{number}",
                title=title,
                fields=fields,
                submit=_("Vidare"),
                check=lambda answers, fields=fields: check_weights(answers, fields, alone=alone),
            )
        )
    return steps


def _weight_field(sharer: Sharer, name: str) -> TextField:
    return TextField(
        name=weight_name(sharer.id),
        label=name,
        help=_("Vikt, till exempel 1 eller 2,5"),
        required=True,
        max_length=20,
    )


def weight_name(municipality: OrganisationId) -> str:
    """What its weight's field is called."""
    return f"vikt_{municipality}"


def check_weights(answers: Answers, fields: Sequence[FormField], *, alone: bool) -> dict[str, str]:
    """Each is a number, none below zero; some above it when these are `alone`."""
    found: dict[str, str] = {}
    for each in fields:
        words = answers.get(each.name)
        if isinstance(words, str) and read_weight(words) is None:
            found[each.name] = _("Skriv ett tal från 0, till exempel 1 eller 2,5.")
    weights = [read_weight(str(answers.get(each.name) or "")) for each in fields]
    if alone and all(weight == 0 for weight in weights):
        found[fields[0].name] = _nothing_to_share_by()
    return found


def _nothing_to_share_by() -> str:
    return _("Minst en kommun måste delta, och någon vikt vara större än noll.")


def read_weight(words: str) -> Decimal | None:
    """The weight that the words say, to four decimals; None when they say none."""
    try:
        weight = Decimal(words.strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    whole = weight.is_finite() and 0 <= weight < 10_000_000
    return weight.quantize(Decimal(1).scaleb(-_DECIMALS)) if whole else None


def weight_words(weight: Decimal) -> str:
    """The weight as people write it: `2,5`."""
    return f"{weight.normalize():f}".replace(".", ",")


def key_in(answers: Mapping[str, object]) -> Key:
    """The sharing key that the judged fields say."""
    kind = SharingKey(str(answers["sharing_key"]))
    percent = answers.get("equal_percent") if kind is SharingKey.MIXED else None
    return Key(kind, int(str(percent)) if percent is not None else None)


def parts_in(known: Sharers, answers: Mapping[str, Value]) -> list[Sharer]:
    """Those who take part, with their own weights where the key is weights."""
    parts = [each for each, _name in known.taking_part(answers)]
    if answers.get("sharing_key") != SharingKey.WEIGHTS.value:
        return parts
    weights = {each.id: read_weight(str(answers.get(weight_name(each.id), ""))) for each in parts}
    return [
        Sharer(each.id, each.code, each.inhabitants, each.counted_on, weights[each.id])
        for each in parts
    ]


def proposal_in(answers: Answers) -> Proposal:
    """What is proposed, of judged fields."""
    pays = answers["pays"]
    return Proposal(
        purpose=answers["purpose"],
        total=Kronor(answers["total"]),
        funded=Kronor(answers["funded"]),
        asked=Kronor(answers["asked"]),
        key=key_in(answers),
        pays=pays,
        hourly_rate=Kronor(answers["hourly_rate"]) if pays != "money" else None,
    )


def shared(
    asked: Kronor, key: Key, parts: Sequence[Sharer], names: Mapping[OrganisationId, str]
) -> dict[OrganisationId, Kronor] | str:
    """The shares, or why they cannot be counted and what to do."""
    try:
        return shares(asked, key, parts)
    except CannotShare as error:
        if not error.lacking:
            return _nothing_to_share_by()
        return _no_figures([names[one] for one in error.lacking])


def _no_figures(names: Sequence[str]) -> str:
    return _(
        "Folkmängden saknas för {names}. Be administratören läsa in den, eller välj en annan "
        "fördelningsnyckel.",
        names=names_and_more(names, 10),
    )


def taking_part(chosen: Collection[OrganisationId], plan: Plan) -> dict[str, Value]:
    """What the field of municipalities holds for those in `chosen` that are; all for none."""
    every = municipalities(plan)
    found = every.intersection(chosen)
    taking = {str(one) for one in found} if found and found != every else {EVERY}
    return spread("municipalities", every_municipality(plan), taking)


def values_of(asked: CoFinancing, plan: Plan) -> dict[str, Value]:
    """What the fields hold for a proposal that was made."""
    proposal = asked.proposal
    chosen = {each.municipality for each in asked.places}
    values: dict[str, Value] = {
        "purpose": proposal.purpose,
        "total": str(proposal.total),
        "funded": str(proposal.funded),
        "asked": str(proposal.asked),
        "pays": proposal.pays,
        "hourly_rate": str(proposal.hourly_rate or FIRST_RATE),
        "sharing_key": proposal.key.kind.value,
        "equal_percent": str(proposal.key.equal_percent or 0),
    }
    values |= taking_part(chosen, plan)
    for each in asked.places:
        if each.weight is not None:
            values[weight_name(each.municipality)] = weight_words(each.weight)
    return values
