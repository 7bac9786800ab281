"""A body's decision on a poll told, with what becomes funding of the activity."""

from collections.abc import Collection

from bot.conversations.activity_card import shortened
from bot.conversations.polls.buttons import page_button, show_button, verb_button
from bot.conversations.polls.co_financing_card import decision_words
from bot.conversations.polls.wording import names_and_more, short_title, told
from bot.conversations.views import Button, Buttons, Card, Part, bold, quiet, text
from bot.language import _, kronor, ngettext
from bot.people import OrganisationId
from bot.plan import Plan
from bot.polls.co_financing import CoFinancing, pledged
from bot.polls.poll import Poll


def decision_news(
    poll: Poll,
    plan: Plan,
    asked: CoFinancing | None,
    accepted: Collection[OrganisationId],
    *,
    waits: bool,
) -> Card:
    """What was decided; which pledges now fund the activity, or wait for it."""
    words = decision_words(poll.decision, plan) if poll.decision is not None else "–"
    first = _("Beslut: {words}.", words=words)
    parts: list[Part] = [text(bold(first))]
    if poll.decision is not None and poll.decision.decision:
        parts.append(text(shortened(poll.decision.decision, 2_000)))
    if poll.decision is not None and poll.decision.why:
        parts.append(text(bold(_("Varför: ")), shortened(poll.decision.why, 2_000)))
    places = [each for each in asked.places if each.municipality in accepted] if asked else []
    buttons: list[Button] = [show_button(poll), page_button(poll)]
    if places:
        names = names_and_more([each.name for each in places])
        amount = kronor(pledged(places))
        if waits:
            said = _(
                "{amount} från {names} väntar på att behovet blir en aktivitet.",
                amount=amount,
                names=names,
            )
            buttons.insert(0, verb_button(_("Skriv in i aktiviteten"), poll, "skriv_in"))
        else:
            said = _(
                "{amount} från {names} är nu utlovad finansiering i aktiviteten.",
                amount=amount,
                names=names,
            )
        parts.append(text(said))
    parts.append(Buttons(buttons=tuple(buttons)))
    summary = told(poll, first)
    return Card(title=short_title(poll), summary=summary, parts=tuple(parts), tone="good")


def no_activity_yet(poll: Poll) -> Card:
    """That there is nothing to fund yet."""
    said = _("Behovet har inte blivit någon aktivitet än. Löftena ligger kvar tills dess.")
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show_button(poll),))),
                tone="warning")  # fmt: skip


def accepted_later(poll: Poll, added: int) -> Card:
    """How many pledges now fund the activity."""
    said = ngettext(
        "{n} löfte är nu finansiering i aktiviteten.",
        "{n} löften är nu finansiering i aktiviteten.",
        added,
    )
    if not added:
        said = _("Inget nytt löfte skrevs in i aktiviteten.")
    return Card(
        title=short_title(poll),
        summary=told(poll, said),
        parts=(
            text(said),
            quiet(_("Det som redan var inskrivet är oförändrat.")),
            Buttons(buttons=(show_button(poll),)),
        ),
        tone="good",
    )
