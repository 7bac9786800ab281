"""What a person chooses for themselves: each setting in one place, shown, asked and kept alike."""

from collections.abc import Mapping
from dataclasses import replace

from bot.conversations.digests.own_days import OWN_DAYS
from bot.conversations.forms import ChoiceField, Option, Value
from bot.conversations.protocol import (
    Conversation,
    Example,
    Pressed,
    Replies,
    Shortcut,
    Turn,
)
from bot.conversations.saving_report import say
from bot.conversations.setting import Chosen, Setting, values_of
from bot.conversations.settings_hours import HOURS_SETTINGS, hours_that_are_none
from bot.conversations.settings_place import PLACE_SETTINGS
from bot.conversations.settings_zone import TIME_ZONE
from bot.conversations.steps import Answers, NotNow, Step
from bot.conversations.understanding import here
from bot.conversations.views import Button, Buttons, Card, facts, press, text
from bot.finding import plain
from bot.language import _, speaking
from storage.queries.personal import set_language

NAME = "installningar"
FORM = "installningar"

LANGUAGE_WORDS = {
    "sv": ("svenska", "svensk", "sv", "swedish", "sve"),
    "en": ("engelska", "engelsk", "en", "english", "eng"),
}
_FILLERS = {"sprak", "spraket", "language", "pa", "till", "in", "to"}


async def _keep_language(turn: Turn, wanted: str) -> None:
    await set_language(turn.db, turn.person.id, wanted, now=turn.now, platform=turn.place.platform)
    turn.person = replace(turn.person, language=wanted)


def language_name(language: str) -> str:
    """The language in the language spoken now."""
    return _("engelska") if language == "en" else _("svenska")


LANGUAGE = Setting(
    name="language",
    label=lambda: _("Språk"),
    shown=lambda chosen: language_name(chosen.person.language),
    value=lambda chosen: chosen.person.language,
    field=lambda chosen: ChoiceField(
        name="language",
        label=_("Språk"),
        help=_("Så talar jag med dig. Kanaler har ett språk för sig."),
        required=True,
        options=(Option(value="sv", label="svenska"), Option(value="en", label="English")),
    ),
    keep=lambda turn, answers: _keep_language(turn, answers["language"]),
)

SETTINGS: tuple[Setting, ...] = (LANGUAGE, *PLACE_SETTINGS, *HOURS_SETTINGS, TIME_ZONE, OWN_DAYS)
"""In the order that they are shown."""


async def answer(turn: Turn) -> Replies:
    """What is chosen now; or the language, set by words or a press."""
    if isinstance(turn.doing, Pressed):
        verb, wanted = (*turn.doing.press.arguments, "", "")[:2]
        words = wanted if verb == "sprak" else ""
    else:
        words = turn.words
    if not words:
        return (here(turn, settings_card(await chosen_now(turn))),)
    language = read_language(words)
    if language is None:
        return (here(turn, which_language()),)
    return await _speak(turn, language)


def read_language(words: str) -> str | None:
    """`sv` or `en`, as people say it: `engelska`, `på engelska`, `språk: English`."""
    said = [word for word in plain(words).replace(":", " ").split() if word not in _FILLERS]
    for language, names in LANGUAGE_WORDS.items():
        if len(said) == 1 and said[0].rstrip(".!?") in names:
            return language
    return None


async def _speak(turn: Turn, language: str) -> Replies:
    before = turn.person.language
    await _keep_language(turn, language)
    with speaking(language):
        return (say(turn, spoken_card(language, before)),)


def spoken_card(language: str, before: str) -> Card:
    """That a language is spoken from now on, in that language; back with one press."""
    said = _("Jag talar svenska med dig.") if language == "sv" else _("Jag talar engelska med dig.")
    parts = (text(said),)
    if language == before:
        return Card(summary=said, parts=parts)
    undo = Button(label=_("Ångra"), press=press(NAME, "sprak", before))
    return Card(summary=said, parts=(*parts, Buttons(buttons=(undo,))), tone="good")


def which_language() -> Card:
    """Asks for a language that the bot speaks."""
    said = _("Jag kan svenska och engelska. Vilket språk vill du ha?")
    buttons = (
        Button(label="Svenska", press=press(NAME, "sprak", "sv")),
        Button(label="English", press=press(NAME, "sprak", "en")),
    )
    return Card(summary=said, parts=(text(said), Buttons(buttons=buttons)))


async def chosen_now(turn: Turn) -> Chosen:
    """The turn's person with what they have chosen, and what there is to choose among."""
    offered = {each.name: await each.offers(turn) for each in SETTINGS}
    return Chosen(turn.person, await values_of(turn), offered)


def _asked(chosen: Chosen) -> list[Setting]:
    return [each for each in SETTINGS if each.asked_of(chosen)]


def settings_card(chosen_by: Chosen) -> Card:
    """What the person has chosen, and the way to change it."""
    chosen = [(each.label(), each.shown(chosen_by)) for each in _asked(chosen_by)]
    ways = (
        Button(label=_("Ändra inställningar"), press=press("formular", FORM)),
        Button(label=_("Frånvaro"), press=press("borta")),
        Button(label=_("Påminnelser"), press=press("paminnelse")),
    )
    said = ", ".join(f"{label}: {value}" for label, value in chosen)
    return Card(
        title=_("Inställningar"),
        summary=_("Inställningar. {list}.", list=said),
        parts=(facts(*chosen), Buttons(buttons=ways)),
    )


async def at_home(turn: Turn) -> tuple[Card, ...]:
    """The same card on the person's own page."""
    return (settings_card(await chosen_now(turn)),)


class ChangeSettings:
    """Every setting in one step."""

    name = FORM

    async def prepare(self, turn: Turn, arguments: tuple[str, ...]) -> Chosen | NotNow:
        """The person with what they have chosen."""
        return await chosen_now(turn)

    def first_values(self, context: Chosen) -> dict[str, Value]:
        """What is chosen now."""
        return {each.name: each.value(context) for each in _asked(context)}

    def steps(self, context: Chosen, values: Mapping[str, Value]) -> list[Step]:
        """One step with a field for each setting."""
        return [
            Step(
                name="valj",
                title=_("Inställningar"),
                fields=tuple(each.field(context) for each in _asked(context)),
                submit=_("Spara"),
                check=hours_that_are_none,
            )
        ]

    async def save(self, turn: Turn, context: Chosen, answers: Answers) -> Replies:
        """Keep each that was chosen, and show them, in the language chosen."""
        for each in _asked(context):
            if each.keep is not None:
                await each.keep(turn, answers)
        kept = await chosen_now(turn)
        with speaking(turn.person.language):
            card = settings_card(kept)
            saved = text(_("Sparat."))
            shown = card.model_copy(update={"parts": (saved, *card.parts), "tone": "good"})
            return (say(turn, shown),)


PERSONAL_SETTINGS = Conversation(
    name=NAME,
    says=lambda: _("Ändra dina inställningar, till exempel språk"),
    answer=answer,
    synonyms=("språk", "settings", "language"),
    examples=lambda: (
        Example(
            words=_("inställningar"),
            answer=_("Inställningar"),
            meaning=_("visar vad du har valt"),
        ),
        Example(
            words=_("språk svenska"),
            answer=_("svenska med dig"),
            meaning=_("väljer vilket språk jag talar med dig: svenska eller engelska"),
        ),
    ),
    at_home=at_home,
    forms=(ChangeSettings(),),
    shortcuts=(Shortcut(form=FORM, says=lambda: _("Mina inställningar")),),
)
