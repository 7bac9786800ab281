"""What breaks Teams' documented limits is found, and what keeps them is let through."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.teams.check_card import card_problems
from tests.teams.findings import Json
from tests.teams.limits import dialog_problems, message_problems, search_problems
from tests.teams.small_bot import button, card, dialog, form, offered, row, text
from tests.teams.words import visible_text
from tests.teams.world import CARD

PICTURE: Json = {"type": "Image", "url": "https://x.example.se/a.png", "altText": "Ett diagram"}
BARS: Json = {
    "type": "Chart.VerticalBar",
    "title": "Läget",
    "data": [{"x": "Grön", "y": 3}],
    "fallback": PICTURE,
}


def posted(content: Json, **more: Any) -> Json:
    """An activity that shows a card."""
    attachment = {"contentType": CARD, "content": content}
    return {"type": "message", "summary": "Ett kort", "attachments": [attachment], **more}


def table(*rows: list[str], columns: int = 2) -> Json:
    """A table of words."""
    cells = [
        {
            "type": "TableRow",
            "cells": [{"type": "TableCell", "items": [text(word)]} for word in each],
        }
        for each in rows
    ]
    return {"type": "Table", "columns": [{"width": 1}] * columns, "rows": cells}


def choices(*values: str, **more: Any) -> Json:
    """A choice set."""
    offers = [{"title": f"Nr {value}", "value": value} for value in values]
    return {"type": "Input.ChoiceSet", "id": "c", "label": "Val", "choices": offers, **more}


def field(kind: str, **more: Any) -> Json:
    """An input."""
    return {"type": f"Input.{kind}", "id": "f", "label": "Fält", **more}


MENTION = {"type": "mention", "text": "<at>Bo</at>", "mentioned": {"id": "29:1", "name": "Bo"}}
SEARCHED = {"choices.data": {"type": "Data.Query", "dataset": "person"}}

KEPT: list[Json] = [
    card(text("Hej")),
    form(),
    card(
        text("Hej"), row(*(button(str(n)) for n in range(6)), button("7") | {"mode": "secondary"})
    ),
    card(BARS, table(["a", "b"], ["c", "d"])),
    card(text("Hej <at>Bo</at>"), msteams={"width": "full", "entities": [MENTION]}),
    card(choices("a", "b", value="b"), field("Text", maxLength=3, value="abc")),
    card(choices("a", style="filtered", value="a", **SEARCHED)),
    card(text("Hej"), row({"type": "Action.OpenUrl", "title": "Läs", "url": "https://x.se"})),
    card({"type": "Container", "style": "warning", "items": [PICTURE]}, **{"$schema": "x"}),
]


@pytest.mark.parametrize("content", KEPT)
def test_what_keeps_the_limits_is_let_through(content: Json):
    assert message_problems(posted(content)) == []


BROKEN: dict[str, Json] = {
    "must be one of": card(text("Hej"), version="1.6"),
    "'Carousel'": card({"type": "Carousel", "pages": []}),
    "Badge": card({"type": "Badge", "text": "Ny"}),
    "needs an element to fall back to": card({**BARS, "fallback": "drop"}),
    "a chart needs numbers": card({**BARS, "data": []}),
    "/fallback/url: must be https": card({**BARS, "fallback": {**PICTURE, "url": "http://x.se"}}),
    "no such property": card(text("Hej", colour="Good")),
    "Input should be": card(text("Hej", size="Enormous")),
    "/body/0/text: must be words": card(text(" ")),
    "/fallbackText": card(text("Hej"), fallbackText=""),
    "7 buttons, 6 are shown": card(text("Hej"), row(*(button(str(n)) for n in range(7)))),
    "/verb: must be words": card(text("Hej"), row(button("Ja", ""))),
    "/title: must be words": card(text("Hej"), row(button(""))),
    "is no address": card(
        text("Hej"), row({"type": "Action.OpenUrl", "title": "Läs", "url": "javascript:x"})
    ),
    "a comma parts": card(choices("a,b")),
    "two choices have the same value": card(choices("a", "a")),
    "is none of its choices": card(choices("a", value="b")),
    "a searched choice set is filtered": card(choices(**SEARCHED)),
    "two have the id": card(field("Text"), field("Date")),
    "a field needs words": card(field("Text", label="")),
    "4 characters, its maxLength is 3": card(field("Text", maxLength=3, value="abcd")),
    "must be YYYY-MM-DD": card(field("Date", value="i går")),
    "/value: must be one of ('true', 'false')": card(field("Toggle", title="Ja", value="yes")),
    "3 cells in 2 columns": card(table(["a", "b", "c"])),
    "/entities/0/text: does not stand": card(text("Hej"), msteams={"entities": [MENTION]}),
    "Action.Execute needs 1.4": card(row(button("Ja")), version="1.3"),
    "60 at most": card(
        text("Hej"), refresh={"action": button("x"), "userIds": [f"29:{n}" for n in range(61)]}
    ),
    "needs 1 or more": card(),
}


@pytest.mark.parametrize("says", BROKEN)
def test_what_breaks_a_limit_of_cards_is_found(says: str):
    found = [str(problem) for problem in message_problems(posted(BROKEN[says]))]
    assert any(says in each for each in found), found


def _without_summary(activity: Json) -> Json:
    return {**activity, "summary": " "}


def _with_text(activity: Json) -> Json:
    return {**activity, "text": "Hej"}


def _twice(activity: Json) -> Json:
    return {**activity, "attachments": activity["attachments"] * 2}


def _empty(activity: Json) -> Json:
    return {**activity, "attachments": []}


def _to_several(activity: Json) -> Json:
    return {**activity, "recipient": [{"id": "29:1"}, {"id": "29:2"}]}


def _large(activity: Json) -> Json:
    return posted(card(*(text("å" * 2_000) for _ in range(21))))


def _hero(activity: Json) -> Json:
    hero = {"contentType": "application/vnd.microsoft.card.hero", "content": {}}
    return {**activity, "attachments": [hero]}


@pytest.mark.parametrize(
    ("breaks", "says"),
    [
        (_without_summary, "/summary"),
        (_with_text, "split in two"),
        (_twice, "alone in its activity"),
        (_empty, "must have text or an attachment"),
        (_to_several, "for one person"),
        (_large, "81920 is safe"),
        (_hero, "only Adaptive Cards"),
    ],
)
def test_what_breaks_a_limit_of_activities_is_found(breaks: Callable[[Json], Json], says: str):
    found = [str(problem) for problem in message_problems(breaks(posted(card(text("Hej")))))]
    assert any(says in each for each in found), found


def test_dialogs_take_submit_and_no_execute():
    submit = {"type": "Action.Submit", "title": "Skicka", "data": {}}
    assert dialog_problems(dialog(card(text("Hej"), row(submit)))["task"]) == []
    [problem] = card_problems(card(text("Hej"), row(button("Ja"))), "dialog")
    assert "Action.Submit is for dialogs" in problem.says
    assert dialog_problems({"type": "message", "value": "Tack"}) == []
    assert dialog_problems({"type": "message", "value": ""})
    assert dialog_problems({"type": "continue", "value": {"title": "x"}})


def test_answers_to_a_search_are_few_and_whole():
    assert search_problems(offered("Bo Åberg")) == []
    assert search_problems(offered(*(f"Nr{n} x" for n in range(16))))
    assert search_problems(offered("Bo,1 x"))
    assert search_problems({"value": {"results": []}})


def test_words_are_read_as_people_read_them():
    drawn = card(
        text("**KOM\\-01** \\*inte\\* [länk](https://x.se) _kursiv_ snake_case &amp; 1\\. a"),
        {"type": "FactSet", "facts": [{"title": "Läge", "value": "🟢 **Grön**"}]},
        text("dold", isVisible=False),
        BARS,
        table(["a", "b"]),
        choices("1", label="Val"),
        row(button("Ja")),
    )
    assert visible_text(drawn).splitlines() == [
        "KOM-01 *inte* länk kursiv snake_case & 1. a",
        *("Läge: 🟢 Grön", "Läget", "Grön: 3", "a", "b", "Val", "Nr 1", "Ja"),
    ]
