"""The fields of a municipality's answer, shared by the form for it and the one on behalf."""

from collections.abc import Mapping
from datetime import date

from bot.amounts import NotAnAmount, read_amount
from bot.conversations.forms import (
    AmountField,
    ChoiceField,
    DateField,
    FormField,
    Option,
    TextField,
    Value,
)
from bot.conversations.steps import Answers, Step
from bot.language import _, kronor
from bot.plan import Kronor
from bot.polls.answering import as_said
from bot.polls.co_financing import AnswerKind, Proposal, Said
from bot.polls.poll import TEXT_LENGTH
from bot.polls.reading_answer import Typed


def answer_fields(
    proposal: Proposal, share: Kronor, values: Mapping[str, Value], today: date
) -> list[FormField]:
    """What is asked, given what is chosen so far."""
    kind = values.get("kind")
    fields: list[FormField] = [_kind_field(share)]
    if kind in (AnswerKind.YES.value, AnswerKind.OTHERWISE.value):
        if proposal.pays == "either":
            fields.append(_pays_field(proposal))
        if kind == AnswerKind.OTHERWISE.value:
            fields += _other(proposal, in_time=_in_time(proposal, values))
    if kind == AnswerKind.POLITICAL.value:
        fields.append(
            DateField(
                name="expected_on",
                label=_("När väntas beslutet?"),
                help=_("Jag frågar igen då, inte förr"),
                required=True,
                earliest=today,
            )
        )
    fields.append(_words("comment", _("Kommentar"), _("Frivillig, syns öppet med svaret")))
    return fields


def _kind_field(share: Kronor) -> ChoiceField:
    return ChoiceField(
        name="kind",
        label=_("Kommunens svar"),
        required=True,
        redraws=True,
        options=(
            Option(value="yes", label=_("Ja, {share}", share=kronor(share))),
            Option(value="otherwise", label=_("Ja, med annat belopp eller villkor")),
            Option(value="no", label=_("Nej")),
            Option(value="political", label=_("Kräver politiskt beslut")),
        ),
    )


def _pays_field(proposal: Proposal) -> ChoiceField:
    rate = kronor(proposal.hourly_rate or Kronor(0))
    return ChoiceField(
        name="pays",
        label=_("Hur?"),
        required=True,
        redraws=True,
        options=(
            Option(value="money", label=_("Pengar")),
            Option(value="time", label=_("Egen tid, {rate} per timme", rate=rate)),
        ),
    )


def _in_time(proposal: Proposal, values: Mapping[str, Value]) -> bool:
    return proposal.pays == "time" or (proposal.pays == "either" and values.get("pays") == "time")


def _other(proposal: Proposal, *, in_time: bool) -> list[FormField]:
    amount = (
        AmountField(
            name="hours",
            label=_("Timmar"),
            help=_("Räknas om till kronor"),
            unit=_("timmar"),
            least=1,
            most=max(1, proposal.hours(proposal.asked) or 1),
        )
        if in_time
        else AmountField(
            name="amount",
            label=_("Belopp"),
            help=_("Till exempel 25 000 eller 1,2 mkr"),
            least=1,
            most=proposal.asked,
        )
    )
    return [amount, _words("condition", _("Villkor"), _("Om svaret gäller under ett villkor"))]


def _words(name: str, label: str, help: str) -> TextField:
    return TextField(name=name, label=label, help=help, lines=2, max_length=TEXT_LENGTH)


def check_answer(answers: Answers) -> dict[str, str]:
    """Another amount or a condition must be said."""
    if answers.get("kind") != AnswerKind.OTHERWISE.value:
        return {}
    name = "hours" if "hours" in answers else "amount"
    if name in answers and answers[name] is None and not answers.get("condition"):
        return {name: _("Skriv ett belopp, eller ett villkor nedanför.")}
    return {}


def said_in(proposal: Proposal, share: Kronor, answers: Answers) -> Said:
    """The answer that the judged fields say. With only a condition, the amount is the share."""
    kind = AnswerKind(answers["kind"])
    amount, hours = answers.get("amount"), answers.get("hours")
    pays = answers.get("pays") or ("time" if proposal.pays == "time" else "money")
    if kind is AnswerKind.OTHERWISE and amount is None and hours is None:
        amount = share
        hours = proposal.hours(share) if pays == "time" else None
    said = Said(
        kind,
        Kronor(amount) if amount is not None else None,
        hours,
        answers.get("condition"),
        answers.get("comment"),
        answers.get("expected_on"),
    )
    return as_said(proposal, said, share, "time" if pays == "time" else "money")


def values_of(said: Said) -> dict[str, Value]:
    """What the fields hold for an answer that was given."""
    values: dict[str, Value] = {"kind": said.kind.value, "pays": "time" if said.hours else "money"}
    if said.kind is AnswerKind.OTHERWISE:
        values |= {"amount": str(said.amount or ""), "hours": str(said.hours or "")}
        values["condition"] = said.condition or ""
    if said.expected_on is not None:
        values["expected_on"] = said.expected_on.isoformat()
    return values | {"comment": said.comment or ""}


def values_typed(typed: Typed, proposal: Proposal, share: Kronor) -> dict[str, Value]:
    """What the fields hold for an answer as typed; the share said as an amount is a plain yes."""
    plain_yes = not typed.rest and _read(typed.amount) == share
    kind = AnswerKind.YES if plain_yes else typed.kind
    values: dict[str, Value] = {"kind": kind.value}
    if proposal.pays == "either":
        values["pays"] = "time" if typed.hours else "money"
    if kind is AnswerKind.OTHERWISE:
        values |= {"amount": typed.amount, "hours": typed.hours, "condition": typed.rest}
        if typed.hours and proposal.pays == "money":
            values |= {"amount": f"{typed.hours} timmar", "hours": ""}
        if typed.amount and proposal.pays == "time":
            values |= {"hours": f"{typed.amount} kr", "amount": ""}
    elif typed.rest:
        values["comment"] = typed.rest
    if typed.day:
        values["expected_on"] = typed.day
    return values


def _read(amount: str) -> int | None:
    try:
        return read_amount(amount)
    except NotAnAmount:
        return None


def ask_amount(typed: Typed, step: Step) -> dict[str, str]:
    """What stands at the amount when words hold a number that may be it or something else."""
    if not typed.doubtful:
        return {}
    name = next(each.name for each in step.fields if each.name in ("amount", "hours"))
    return {name: _("Skriv beloppet här. Det du skrev står kvar nedanför.")}
