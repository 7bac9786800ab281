"""A changed proposal told: to whoever changed it, and to each municipality with its new share."""

from bot.conversations.activity_card import shortened
from bot.conversations.polls.buttons import confirm_button, page_button, show_button, verb_button
from bot.conversations.polls.wording import answer_words, names_and_more, short_title, told
from bot.conversations.views import Buttons, Card, Part, bold, quiet, text
from bot.language import _, kronor
from bot.polls.co_financing import CoFinancing, Place
from bot.polls.poll import Poll


def choose_change(poll: Poll) -> Card:
    """What can be changed."""
    said = _("Vad vill du ändra? Ett ändrat förslag ska kommunerna bekräfta, en rättad text inte.")
    proposal = verb_button(_("Summa, nyckel, kommuner"), poll, "andra", "forslag")
    words = verb_button(_("Bara texten"), poll, "andra", "text")
    return Card(
        title=short_title(poll),
        summary=told(poll, said),
        parts=(text(said), Buttons(buttons=(proposal, words, show_button(poll)))),
    )


def changed(now: CoFinancing, before: CoFinancing) -> Card:
    """The receipt: what it is now, and who has an answer to confirm."""
    first = _(
        "Förslaget är ändrat: {before} blir {now}.",
        before=kronor(before.proposal.asked),
        now=kronor(now.proposal.asked),
    )
    if before.proposal.asked == now.proposal.asked:
        first = _("Förslaget är ändrat.")
    parts: list[Part] = [text(bold(first))]
    if now.to_confirm:
        names = names_and_more([each.name for each in now.to_confirm])
        parts.append(text(_("Har svarat och ska bekräfta: {names}.", names=names)))
    parts.append(quiet(_("De som har mandat har fått den nya andelen.")))
    parts.append(Buttons(buttons=(show_button(now.poll), page_button(now.poll))))
    return Card(
        title=short_title(now.poll),
        summary=told(now.poll, first),
        parts=tuple(parts),
        tone="good",
    )


def new_share(now: CoFinancing, place: Place, before: Place | None, reason: str) -> Card:
    """What those with mandate read: the new share beside the old, and what is to be confirmed."""
    poll = now.poll
    was = kronor(before.share) if before is not None else _("inget")
    first = _(
        "Förslaget är ändrat. {name}: {now}, förut {was}.",
        name=place.name,
        now=kronor(place.share),
        was=was,
    )
    parts: list[Part] = [text(bold(first)), text(shortened(reason, 2_000))]
    answer = verb_button(_("Svara"), poll, "svara", place.municipality, style="primary")
    buttons = [answer, show_button(poll)]
    if place.answer is not None:
        said = answer_words(place.answer.said)
        parts.append(text(_("Ert svar, {said}, gäller förra förslaget.", said=said)))
        confirm = confirm_button(poll, place, style="primary")
        change = verb_button(_("Ändra svaret"), poll, "svara", place.municipality)
        buttons = [confirm, change, show_button(poll)]
    parts.append(Buttons(buttons=tuple(buttons)))
    return Card(title=short_title(poll), summary=told(poll, first), parts=tuple(parts))
