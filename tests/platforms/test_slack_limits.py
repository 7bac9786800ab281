"""Whatever a card, form or home within the limits of views holds, Slack takes what is drawn."""

from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.conversations.forms import (
    AmountField,
    ChoiceField,
    DateField,
    Form,
    FormField,
    Home,
    ManyChoiceField,
    Option,
    PersonField,
    TextField,
    ToggleField,
)
from bot.conversations.views import (
    MAX_PARTS,
    Bullets,
    Button,
    Buttons,
    Card,
    Chart,
    Divider,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Part,
    Picture,
    Progress,
    Series,
    Span,
    Table,
    press,
)
from handlers.slack.canvas import Canvas
from handlers.slack.render import draw_message
from handlers.slack.render_form import HOME_PAGE, draw_home, draw_modal
from tests.slack.limits import message_problems, view_problems
from tests.views import HOSTILE

NEW = Canvas(base="https://samspel.example.se", users={1: "U0ASAOBERG"}, files={7: "F0DIAGRAM01"})
OLDER = Canvas(native_charts=False, native_tables=False)
ALPHABET = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")


def words(most: int, least: int = 1) -> st.SearchStrategy[str]:
    """Any letters, blank ones too; often as many as there may be, often hostile."""
    return st.one_of(
        st.text(ALPHABET, min_size=least, max_size=min(most, 12)),
        st.sampled_from(
            [" " * max(least, 1), "ö" * most, HOSTILE[:most], "å\n" * (most // 2) or "x"]
        ),
    )


LINKS = st.sampled_from([None, "/visa/historik|KOM-03", "https://x.example.se", "javascript:x"])
SPANS = st.builds(
    Span,
    text=words(700, 0),
    style=st.sampled_from(["plain", "bold", "italic"]),
    href=LINKS,
    person_id=st.sampled_from([None, 1, 2]),
)
LABEL = words(75)
BUTTON = st.one_of(
    st.builds(Button, label=LABEL, press=st.just(press("rapport", "KOM-03"))),
    st.builds(Button, label=LABEL, href=st.sampled_from(["/x", "https://x.se/" + "a" * 4_000])),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 20))
    height = draw(st.sampled_from([1, 5, 99]))
    cell = draw(words(max(1, min(400, 9_000 // (width * height)))))
    names = tuple(draw(words(40)) for _n in range(width))
    return Table(
        caption=draw(words(150)),
        columns=names,
        rows=((cell,) * width,) * height,
        numeric=tuple(range(width)),
    )


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    names = st.lists(words(20), min_size=1, max_size=20)
    categories = draw(names)
    numbers = st.integers(-(10**9), 10**9)
    series = tuple(
        Series(name=name, values=tuple(draw(numbers) for _each in categories))
        for name in draw(names)[:6]
    )
    return Chart(
        form=draw(st.sampled_from(["bar", "stacked_bar", "line"])),
        title=draw(words(50)),
        alternative=draw(words(2_000)),
        categories=tuple(categories),
        series=series,
    )


PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Heading, text=words(150)),
    st.builds(Paragraph, spans=st.tuples(SPANS, SPANS), quiet=st.booleans()).filter(bool),
    st.builds(
        Bullets,
        items=st.lists(st.lists(SPANS, max_size=2).map(tuple), min_size=1, max_size=40).map(tuple),
    ),
    st.builds(
        Facts,
        facts=st.lists(
            st.builds(Fact, label=words(150), value=words(1_800)), min_size=1, max_size=10
        ).map(tuple),
    ),
    tables(),
    charts(),
    st.builds(Progress, label=words(150), done=st.integers(0, 200), of=st.integers(1, 100)),
    st.builds(Picture, file_id=st.sampled_from([7, 8]), alternative=words(2_000)),
    st.builds(
        Buttons,
        buttons=st.lists(BUTTON, min_size=1, max_size=5).map(tuple),
        overflow=st.lists(BUTTON, max_size=5).map(tuple),
    ),
    st.just(Divider()),
)
"""Any part. What the views refuse of them is left out below."""


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """Some parts, now and then one of them over and over, as many as a card may hold."""
    wanted = draw(st.lists(one_part(), max_size=12)) * draw(st.sampled_from([1, 1, 4, 40]))
    title, summary = draw(words(150, 0)), draw(words(3_000))
    card = Card(title=title, summary=summary)
    for part in wanted:
        if part is not None and len(card.parts) < MAX_PARTS:
            with suppress(ValidationError):
                card = Card(title=title, summary=summary, parts=(*card.parts, part))
    return card


@st.composite
def one_part(draw: st.DrawFn) -> Part | None:
    try:
        return draw(PARTS)
    except ValidationError:
        return None


@given(card=cards(), canvas=st.sampled_from([NEW, OLDER]))
@settings(max_examples=60, deadline=None)
def test_slack_takes_any_card(card: Card, canvas: Canvas):
    drawn = {"channel": "C1", **draw_message(card, canvas)}
    assert message_problems(drawn, update=True) == []
    assert drawn["text"].strip()


@given(cards=st.lists(cards(), min_size=1, max_size=8))
@settings(max_examples=12, deadline=None)
def test_slack_takes_any_home_and_every_card_is_on_a_page(cards: list[Card]):
    numbered = tuple(
        card.model_copy(update={"title": f"Kort {n:02d}."}) for n, card in enumerate(cards)
    )
    page, met = 0, list[str]()
    while True:
        view = draw_home(Home.model_construct(cards=numbered), NEW, page)
        assert view_problems(view) == []
        met += titles(view)
        if not leads_on(view):
            break
        page += 1
    assert met == [card.title for card in numbered]
    assert page < len(cards)


def titles(view: dict[str, Any]) -> list[str]:
    headers = (block["text"]["text"] for block in view["blocks"] if block["type"] == "header")
    return [words for words in headers if words.startswith("Kort ")]


def leads_on(view: dict[str, Any]) -> bool:
    return any(
        element.get("action_id") == f"{HOME_PAGE}.more"
        for block in view["blocks"]
        for element in block.get("elements", ())
    )


@st.composite
def fields(draw: st.DrawFn, name: str) -> FormField:
    said = {"name": name, "label": draw(words(150)), "help": draw(words(300, 0))}
    more: dict[str, Any] = {"required": draw(st.booleans()), "more": draw(st.booleans())}
    many = draw(st.sampled_from([1, 10, 11, 100]))
    options = tuple(Option(value=f"v{n}", label=draw(words(75))) for n in range(min(many, 12)))
    options += tuple(Option(value=f"v{n}", label="x") for n in range(len(options), many))
    match draw(st.integers(0, 6)):
        case 0:
            return TextField(**said, **more, lines=draw(st.sampled_from([1, 3])), max_length=500)
        case 1:
            return ChoiceField(**said, **more, options=options, redraws=draw(st.booleans()))
        case 2:
            return ManyChoiceField(**said, **more, options=options)
        case 3:
            return DateField(**said, **more)
        case 4:
            return AmountField(**said, **more)
        case 5:
            return PersonField(**said, **more)
        case _:
            return ToggleField(**said, **more)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Up to 40 fields, right and wrong, with values that may not belong to them."""
    names = [f"f{n}" for n in range(draw(st.sampled_from([1, 3, 40])))]
    values = st.one_of(words(900, 0), st.just(True), st.just(("v1", "v3")), st.just("2026-02-28"))
    wrong = draw(st.sampled_from([names, names[:1], []]))
    return Form(
        name="prov",
        arguments=tuple(f"KOM-{n:02d}" for n in range(draw(st.sampled_from([0, 7, 150])))),
        step="s",
        title=draw(words(24)),
        intro=tuple(each for each in draw(st.lists(one_part(), max_size=4)) if each),
        fields=tuple(draw(fields(name)) for name in names),
        submit=draw(words(24)),
        values={name: draw(values) for name in names},
        problems={name: draw(words(400)) for name in wrong},
        problem=draw(words(600, 0)),
        can_go_back=draw(st.booleans()),
    )


@given(form=forms(), unfolded=st.booleans())
@settings(max_examples=40, deadline=None)
def test_slack_takes_any_form(form: Form, unfolded: bool):
    assert view_problems(draw_modal(form, NEW, address="C1", unfolded=unfolded)) == []
