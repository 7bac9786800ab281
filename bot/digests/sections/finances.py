"""The plan's money all in all: how it stands, what has changed, and which areas lack most."""

from bot.conversations.money.wording import PAGE, is_without_money, state_word
from bot.conversations.needs.wording import capital
from bot.conversations.views import Part, link, text
from bot.digests.gather import Material
from bot.digests.money_then import KEY, MoneyThen, as_told, told_before
from bot.digests.passage import Passage, listing
from bot.digests.wording import Line, listed
from bot.language import _, kronor
from bot.money.overview import STATES

MOST_AREAS = 12


def finances(material: Material) -> Passage:
    """In full when a sum has changed since the digest before; else what is lacking, in a line."""
    money = material.money
    if is_without_money(money.total) and not money.spent and not money.resources:
        return Passage("")
    heading, told = _("Pengar"), {KEY: as_told(money)}
    if material.told.get(KEY) == told[KEY]:
        said = _("Pengarna är som förut: {amount} saknas", amount=kronor(money.total.lacking))
        return Passage(heading, remains=(link(said, PAGE),), told=told)
    parts: list[Part] = [text(_standing(money))]
    before = told_before(material.told)
    if before is not None:
        parts.append(text(_changes(before, money)))
    if money.spent:
        parts.append(text(_outcome(money)))
    if money.resources:
        parts.append(text(_of_resources(money)))
    parts += listing(_lacking(money))
    parts.append(text(link(_("Alla pengar på en sida"), PAGE)))
    return Passage(heading, parts=tuple(parts), told=told, news=1)


def _standing(money: MoneyThen) -> str:
    total = money.total
    return _(
        "Av budgeten {budget} är {sure} beviljat och utlovat och {hoped} planerat och sökt. "
        "{lacking} saknas.",
        budget=kronor(total.budget),
        sure=kronor(total.sure),
        hoped=kronor(total.hoped_for),
        lacking=kronor(total.lacking),
    )


def _changes(before: MoneyThen, now: MoneyThen) -> str:
    """What is more and what is less than the digest before told."""
    pairs: list[tuple[str, int, int]] = [(_("budget"), before.total.budget, now.total.budget)]
    pairs += [
        (state_word(state), before.total.in_state(state), now.total.in_state(state))
        for state in reversed(STATES)
    ]
    pairs.append((_("saknas"), before.total.lacking, now.total.lacking))
    pairs.append((_("utfall"), before.spent, now.spent))
    pairs.append((_("gemensamma resurser"), before.resources, now.resources))
    said = [f"{word} {_more_or_less(now - was)}" for word, was, now in pairs if now != was]
    return _("Sedan förra brevet: {changes}.", changes=listed(said))


def _more_or_less(amount: int) -> str:
    """`+50 000 kr` or `−50 000 kr`."""
    return f"{'+' if amount > 0 else '−'}{kronor(abs(amount))}"


def _outcome(money: MoneyThen) -> str:
    return _(
        "Utfall hittills: {spent} av budgeten {budget}.",
        spent=kronor(money.spent),
        budget=kronor(money.total.budget),
    )


def _of_resources(money: MoneyThen) -> str:
    return _("Gemensamma resurser har kostat {amount}.", amount=kronor(money.resources))


def _lacking(money: MoneyThen) -> list[Line]:
    """A line for each area that lacks, the largest lack first."""
    areas = sorted(
        (each for each in money.areas if each[1].lacking),
        key=lambda each: (-each[1].lacking, each[0]),
    )
    lines: list[Line] = [
        (
            _(
                "{area}: {lacking} av {budget} saknas.",
                area=capital(name),
                lacking=kronor(sums.lacking),
                budget=kronor(sums.budget),
            ),
        )
        for name, sums in areas[:MOST_AREAS]
    ]
    left = sum(sums.lacking for _name, sums in areas[MOST_AREAS:])
    if left:
        lines.append((_("Övriga områden: {amount} saknas.", amount=kronor(left)),))
    return lines
