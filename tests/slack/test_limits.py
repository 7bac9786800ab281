"""What breaks Slack's documented limits is found, and what keeps them is let through."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.slack.findings import Json
from tests.slack.limits import Problem, message_problems, options_problems, view_problems
from tests.slack.small_bot import buttons, choice, form, plain
from tests.slack.words import visible_text


def mrkdwn(words: str) -> Json:
    return {"type": "mrkdwn", "text": words}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Ja"), "action_id": "a", "value": "v", **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Fält"), "element": element, **more}


def menu(count: int, kind: str = "static_select", **more: Any) -> Json:
    options = [choice(f"Nr {n}", str(n)) for n in range(count)]
    return {"type": kind, "action_id": "m", "options": options, **more}


def rich(*elements: Json) -> Json:
    section = {"type": "rich_text_section", "elements": list(elements)}
    return {"type": "rich_text", "elements": [section]}


def cells(rows: int, columns: int, words: str = "x") -> list[list[Json]]:
    return [[{"type": "raw_text", "text": words} for _ in range(columns)] for _ in range(rows)]


def data_table(rows: int, columns: int, words: str = "x", **more: Any) -> Json:
    return {"type": "data_table", "caption": "T", "rows": cells(rows, columns, words), **more}


def chart(series: int = 1, categories: int = 2, **more: Any) -> Json:
    names = [f"Nr {n}" for n in range(categories)]
    data = [{"label": name, "value": 1} for name in names]
    lines = [{"name": f"S {n}", "data": data} for n in range(series)]
    axes = {"type": "bar", "series": lines, "axis_config": {"categories": names}}
    return {"type": "data_visualization", "title": "Diagram", "chart": axes | more}


DIVIDER = {"type": "divider"}
SECTION = {"type": "section", "text": mrkdwn("x")}

KEPT: list[list[Json]] = [
    [DIVIDER] * 50,
    [{"type": "header", "text": plain("x" * 150)}],
    [{"type": "section", "text": mrkdwn("x" * 3000)}],
    [{"type": "section", "fields": [mrkdwn("x" * 1000)] * 10}],
    [{"type": "context", "elements": [plain("x")] * 10}],
    [actions(*(button(action_id=f"a{n}", value="v" * 2000) for n in range(25)))],
    [actions(menu(5, "overflow"), button(text=plain("x" * 75)))],
    [field(menu(100)), field(menu(10, "radio_buttons")), field(menu(10, "checkboxes"))],
    [rich({"type": "text", "text": "x" * 12000}), rich()],
    [data_table(101, 20, "xxxx")],
    [{"type": "table", "rows": cells(100, 20)}],
    [chart(6, 20), chart()],
]
BROKEN: list[tuple[list[Json], str]] = [
    ([DIVIDER] * 51, "/blocks"),
    ([{"type": "kalas"}], "/blocks/0/type"),
    ([{"type": "alert", "text": plain("x")}], "/blocks/0/type"),
    ([{"type": "header", "text": plain("x" * 151)}], "/blocks/0/text/text"),
    ([{"type": "header", "text": mrkdwn("x")}], "/blocks/0/text/type"),
    ([{"type": "header", "text": plain("")}], "/blocks/0/text/text"),
    ([{"type": "section"}], "/blocks/0"),
    ([{"type": "section", "text": mrkdwn("x" * 3001)}], "/blocks/0/text/text"),
    ([{"type": "section", "fields": [mrkdwn("x")] * 11}], "/blocks/0/fields"),
    ([{"type": "section", "fields": [mrkdwn("x" * 2001)]}], "/blocks/0/fields/0/text"),
    ([SECTION | {"colour": "red"}], "/blocks/0"),
    ([SECTION | {"block_id": "b"}, DIVIDER | {"block_id": "b"}], "/blocks/1/block_id"),
    ([SECTION | {"block_id": "b" * 256}], "/blocks/0/block_id"),
    ([{"type": "context", "elements": [plain("x")] * 11}], "/blocks/0/elements"),
    ([actions()], "/blocks/0/elements"),
    ([actions(*(button(action_id=f"a{n}") for n in range(26)))], "/blocks/0/elements"),
    ([actions(button(), button())], "/blocks/0/elements/1/action_id"),
    ([actions(button(text=plain("x" * 76)))], "/blocks/0/elements/0/text/text"),
    ([actions(button(value="v" * 2001))], "/blocks/0/elements/0/value"),
    ([actions(button(style="default"))], "/blocks/0/elements/0/style"),
    ([actions(button(url="javascript:alert(1)"))], "/blocks/0/elements/0/url"),
    ([actions(button(action_id="a" * 256))], "/blocks/0/elements/0/action_id"),
    ([actions(menu(6, "overflow"))], "/blocks/0/elements/0/options"),
    ([actions({"type": "plain_text_input"})], "/blocks/0/elements/0/type"),
    ([field(menu(101))], "/blocks/0/element/options"),
    ([field(menu(0))], "/blocks/0/element/options"),
    ([field(menu(11, "radio_buttons"))], "/blocks/0/element/options"),
    ([field(menu(11, "checkboxes"))], "/blocks/0/element/options"),
    ([field(menu(2, initial_option=choice("Nr 9", "9")))], "/blocks/0/element/initial_option"),
    ([field(menu(1, options=[choice("x" * 76, "x")]))], "/blocks/0/element/options/0/text/text"),
    ([field(menu(1, options=[choice("x", "x" * 76)]))], "/blocks/0/element/options/0/value"),
    ([field(menu(1, options=[choice("x", "1")] * 2))], "/blocks/0/element/options/1/value"),
    ([rich({"type": "text", "text": ""})], "/blocks/0/elements/0/elements/0/text"),
    ([{"type": "rich_text", "elements": []}], "/blocks/0/elements"),
    ([data_table(1, 2)], "/blocks/0/rows"),
    ([data_table(102, 2)], "/blocks/0/rows"),
    ([data_table(2, 21)], "/blocks/0/rows/0"),
    ([data_table(2, 1, "")], "/blocks/0/rows/0/0/text"),
    ([data_table(2, 1) | {"rows": [*cells(1, 1), *cells(1, 2)]}], "/blocks/0/rows"),
    ([data_table(2, 1) | {"rows": [[rich()], *cells(1, 1)]}], "/blocks/0/rows/0/0"),
    ([data_table(2, 1, page_size=101)], "/blocks/0/page_size"),
    ([data_table(2, 1, caption=None)], "/blocks/0"),
    ([data_table(51, 20, "x" * 10)], "characters in data tables"),
    ([{"type": "table", "rows": cells(101, 1)}], "/blocks/0/rows"),
    ([{"type": "table", "rows": cells(1, 1)}] * 2, "only_one_table_allowed"),
    ([chart(7)], "/blocks/0/chart/series"),
    ([chart(1, 21)], "/blocks/0/chart/axis_config/categories"),
    ([chart(axis_config={"categories": ["Nr 0"]})], "/blocks/0/chart/series/0/data"),
    ([chart() | {"title": "x" * 51}], "/blocks/0/title"),
    ([chart(), chart(), chart()], "charts allowed"),
    ([{"type": "image", "alt_text": "x"}], "/blocks/0"),
    ([{"type": "image", "alt_text": "", "image_url": "https://x.se/y.png"}], "/blocks/0/alt_text"),
    ([rich({"type": "text", "text": "x" * 13201})], "characters in blocks"),
]


@pytest.mark.parametrize("blocks", KEPT, ids=range(len(KEPT)))
def test_a_message_at_its_limits_is_let_through(blocks: list[Json]):
    assert message_problems({"text": "x", "blocks": blocks}) == []


@pytest.mark.parametrize(("blocks", "where"), BROKEN, ids=range(len(BROKEN)))
def test_a_message_over_a_limit_is_refused_where_it_breaks(blocks: list[Json], where: str):
    problems = message_problems({"text": "x", "blocks": blocks})
    assert any(where in problem.says for problem in problems), problems


def test_texts_and_metadata_of_messages_have_limits_too():
    assert errors(message_problems, {}) == ["no_text"]
    assert errors(message_problems, {"text": "x" * 40_001}) == ["msg_too_long"]
    assert message_problems({"text": "x" * 40_000}) == []
    update = message_problems({"text": "x" * 4_001}, update=True)
    assert [problem.error for problem in update] == ["msg_too_long"]
    assert errors(message_problems, {"text": "x", "metadata": {"event_type": "t"}}) == [
        "invalid_metadata_format"
    ]
    wrong = {"event_type": "t", "event_payload": {"key": None}}
    assert errors(message_problems, {"text": "x", "metadata": wrong}) == ["invalid_metadata_format"]


def errors(check: Callable[[Json], list[Problem]], sent: Json) -> list[str]:
    return [problem.error for problem in check(sent)]


TEXT = {"type": "plain_text_input", "action_id": "t"}


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"title": plain("x" * 25)}, "/view/title/text"),
        ({"submit": plain("x" * 25)}, "/view/submit/text"),
        ({"close": plain("x" * 25)}, "/view/close/text"),
        ({"submit": None}, "/view/submit"),
        ({"private_metadata": "x" * 3001}, "/view/private_metadata"),
        ({"callback_id": "x" * 256}, "/view/callback_id"),
        ({"blocks": [DIVIDER] * 101}, "/view/blocks"),
        ({"blocks": [data_table(2, 1)]}, "/view/blocks/0/type"),
        ({"blocks": [chart()]}, "/view/blocks/0/type"),
        ({"blocks": [field(TEXT | {"max_length": 3001})]}, "/view/blocks/0/element/max_length"),
        (
            {"blocks": [field(TEXT | {"max_length": 3, "initial_value": "xxxx"})]},
            "/view/blocks/0/element/initial_value",
        ),
        ({"blocks": [field(TEXT, label=plain("x" * 2001))]}, "/view/blocks/0/label/text"),
        ({"blocks": [field(TEXT, hint=plain("x" * 2001))]}, "/view/blocks/0/hint/text"),
        ({"blocks": [field(TEXT, hint=plain(" "))]}, "/view/blocks/0/hint/text"),
        ({"blocks": [field(TEXT | {"placeholder": plain("x" * 151)})]}, "/placeholder/text"),
        ({"blocks": [field({"type": "datepicker", "initial_date": "1/2 2026"})]}, "/initial_date"),
        ({"blocks": [field(TEXT | {"focus_on_load": True})] * 2}, "focus_on_load"),
        ({"blocks": [{"type": "alert", "text": plain("x" * 201)}]}, "/view/blocks/0/text/text"),
        ({"blocks": [SECTION | {"text": mrkdwn("ö" * 1300)}] * 100}, "bytes"),
    ],
    ids=range(19),
)
def test_a_modal_over_a_limit_is_refused_where_it_breaks(changed: Json, where: str):
    assert view_problems(form()) == []
    problems = view_problems(form(**changed))
    assert any(where in problem.says for problem in problems), problems


def test_a_home_is_held_to_its_own_rules():
    home: Json = {"type": "home", "blocks": [data_table(2, 1), chart(), *buttons("Ja")]}
    assert view_problems(home) == []
    alert = {"type": "alert", "text": plain("x")}
    assert view_problems(home | {"blocks": [alert]})
    assert view_problems(home | {"title": plain("Hem")})


def test_an_answer_to_a_search_is_held_to_its_limits():
    assert options_problems({"options": []}) == []
    assert options_problems({"options": [choice(str(n), str(n)) for n in range(100)]}) == []
    assert options_problems({"options": [choice(str(n), str(n)) for n in range(101)]})
    assert options_problems({"options": [choice("x" * 76, "x")]})
    assert options_problems({})


def test_every_word_that_people_read_is_read_out():
    blocks = [
        {"type": "header", "text": plain("Rubrik")},
        rich({"type": "text", "text": "Hej "}, {"type": "user", "user_id": "U1"}),
        data_table(2, 2, "cell"),
        chart(1, 1),
        *buttons("Tryck"),
        actions(menu(1, "overflow")),
        {"type": "image", "alt_text": "En bild", "slack_file": {"id": "F1"}},
    ]
    assert visible_text({"text": "Osynligt", "blocks": blocks}).splitlines() == [
        *("Rubrik", "Hej <@U1>", "T", "cell | cell", "cell | cell", "Diagram", "S 0, Nr 0: 1"),
        *("Tryck", "Nr 0", "En bild"),
    ]
    assert visible_text({"text": "Bara text"}) == "Bara text"
