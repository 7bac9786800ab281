"""What is said when something cannot be done with an application, and who can."""

from collections.abc import Awaitable, Callable

from bot.applications.application import Application
from bot.applications.changing import NotPossible, NotYours, Overtaken
from bot.conversations.activity_card import shortened
from bot.conversations.applications.application_card import NAME, new_button, show_button
from bot.conversations.applications.wording import application_name, state_label, title_of
from bot.conversations.protocol import Replies, Turn
from bot.conversations.saving_report import say
from bot.conversations.views import Button, Buttons, Card, Part, bold, press, quiet, text
from bot.language import _
from bot.plan import Activity, Plan


async def attempt(
    turn: Turn,
    application: Application,
    act: Callable[[], Awaitable[Application]],
    words: str | None = None,
) -> Application | Replies:
    """Do it, or say why it cannot be done and who can; then nothing of it is written.

    `words` that were written are given back with a refusal.
    """
    try:
        async with turn.db.begin_nested():
            return await act()
    except NotYours:
        return (say(turn, who_may(application, turn.plan, words)),)
    except Overtaken as error:
        return (say(turn, overtaken(error.application, words)),)
    except NotPossible as error:
        return (say(turn, not_as_it_is(error.application, words)),)


def who_may(application: Application, plan: Plan, words: str | None = None) -> Card:
    """Whose it is to do, by name."""
    activity, writer = plan.by_id.get(application.activity_id), application.writer
    if activity is None or activity.responsible.id == writer.id:
        said = _(
            "Det gör {writer}, som skriver ansökan, chefen, förbundsdirektören eller förbundets "
            "medarbetare.",
            writer=writer.name,
        )
    else:
        said = _(
            "Det gör {writer}, som skriver ansökan, {responsible}, som ansvarar för {code}, "
            "chefen, förbundsdirektören eller förbundets medarbetare.",
            writer=writer.name,
            responsible=activity.responsible.name,
            code=activity.code,
        )
    return _refused(application, said, words)


def not_as_it_is(application: Application, words: str | None = None) -> Card:
    """That it cannot be done with the application as it is now."""
    said = _(
        "Det går inte med {name} som den är nu: {state}.",
        name=application_name(application.id),
        state=state_label(application.state),
    )
    return _refused(application, said, words)


def no_report_left(application: Application) -> Card:
    """That the funder wants no report, or no more, and how to say that it does."""
    said = _(
        "Det finns ingen rapport kvar att skicka för {name}. Vill finansiären ha fler lägger du "
        "till dagarna när du ändrar ansökan.",
        name=application_name(application.id),
    )
    return _refused(application, said, None)


def overtaken(application: Application, words: str | None = None) -> Card:
    """That somebody has taken another step, so that nothing was taken back."""
    said = _("Det har hänt mer sedan dess, så inget är ångrat. Titta på ansökan först.")
    return _refused(application, said, words)


def _refused(application: Application, said: str, words: str | None) -> Card:
    parts: list[Part] = [
        text(bold(shortened(title_of(application), 200))),
        text(shortened(said, 1_500)),
    ]
    if words:
        parts.append(quiet(_("Du skrev: {words}", words=shortened(words, 2_500))))
    parts.append(Buttons(buttons=(show_button(application),)))
    return Card(summary=shortened(said, 1_500), parts=tuple(parts), tone="warning")


def may_not_register() -> Card:
    """Who may register an application at all."""
    said = _(
        "Ansökningar registreras av den som ansvarar för aktiviteten, av chefen, "
        "förbundsdirektören och förbundets medarbetare."
    )
    every = Button(label=_("Visa ansökningar"), press=press(NAME, "lista"))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(every,))), tone="warning")


def not_for_activity(activity: Activity) -> Card:
    """Who may register one for that activity."""
    said = _(
        "En ansökan för {code} registreras av {name}, som ansvarar för aktiviteten, av chefen, "
        "förbundsdirektören eller förbundets medarbetare.",
        code=activity.code,
        name=f"{activity.responsible.name} ({activity.responsible.email})",
    )
    show = Button(label=_("Visa aktiviteten"), press=press("aktivitet", activity.code))
    return Card(summary=said, parts=(text(said), Buttons(buttons=(show,))), tone="warning")


def no_such_activity(code: str) -> Card:
    """That the plan has no such activity any longer."""
    said = _("Aktiviteten {code} finns inte i planen.", code=shortened(code, 20) or "–")
    return Card(summary=said, parts=(text(said), Buttons(buttons=(new_button(),))), tone="warning")
