"""A form as a card: what its buttons carry, what its fields show, and how nothing typed is lost."""

import json
from typing import Any

import pytest

from bot.conversations.forms import (
    AmountField,
    ChoiceField,
    DateField,
    Form,
    FormField,
    Option,
    PersonField,
    TextField,
    ToggleField,
)
from handlers.teams.canvas import Canvas
from handlers.teams.fitting import as_json
from handlers.teams.render_form import draw_form
from tests.form_views import ALL_FIELDS, FORMS
from tests.platforms.test_teams_render import elements, strings

CANVAS = Canvas(base="https://samspel.example.se")
CASES = {case.name: case.form for case in FORMS}

Json = dict[str, Any]


def drawn(form: Form, **more: Any) -> Json:
    return as_json(draw_form(form, CANVAS, **more))


def asked(*fields: FormField, **more: Any) -> Form:
    about = {"name": "prov", "step": "one", "title": "Prov", "submit": "Spara", "fields": fields}
    return Form.model_validate({**about, **more})


def going(card: Json, kind: str = "Action.Execute") -> list[str]:
    return [each["data"]["go"] for each in elements(card, kind) if "go" in each["data"]]


def inputs(card: Json) -> dict[str, Json]:
    kinds = ("Text", "ChoiceSet", "Date", "Toggle")
    return {each["id"]: each for kind in kinds for each in elements(card, f"Input.{kind}")}


KINDS = {"who": "many", "sure": "yes"}


def test_a_step_carries_what_it_takes_to_build_it_again():
    card = drawn(CASES["every_field_filled"])
    [row] = [each for each in elements(card, "ActionSet") if each["actions"][0].get("style")][-1:]
    assert row["actions"][0] == {
        "type": "Action.Execute",
        "title": "Spara",
        "style": "positive",
        "verb": "form",
        "associatedInputs": "auto",
        "data": {
            "form": "prov",
            "arguments": ["KOM-03", "åäö & <b>"],
            "step": "one",
            "go": "on",
            "inputs": {name: KINDS.get(name, "text") for name in ALL_FIELDS},
            "unfolded": True,
        },
    }


def test_the_buttons_are_those_of_the_step():
    empty, filled = CASES["every_field_empty"], CASES["every_field_filled"]
    assert going(drawn(empty)) == ["redraw", "on", "more", "cancel"]
    assert going(drawn(filled)) == ["redraw", "on", "back", "cancel"]
    assert going(drawn(empty, unfolded=True)) == ["redraw", "on", "cancel"]


def test_a_dialog_submits_and_has_its_own_title_and_way_out():
    card = drawn(CASES["every_field_filled"], way="submit")
    assert elements(card, "Action.Execute") == []
    assert going(card, "Action.Submit") == ["redraw", "on", "back"]
    assert "Rapportera läget" not in [*strings(card["body"])]
    pressing = [each for each in elements(card, "Action.Submit") if "press" in each["data"]]
    assert [each["data"] for each in pressing][:1] == [{"press": "rapport|KOM-03"}]


def test_what_was_filled_in_stands_in_the_fields():
    fields = inputs(drawn(CASES["every_field_filled"]))
    values = {name: each.get("value") for name, each in fields.items()}
    assert values == {
        "f.state": "at_risk",
        "f.situation": "Första raden\nAndra raden",
        "f.line": "En rad",
        "f.area": "v7",
        "f.who": "Hjo,Åre",
        "f.day": "2026-02-28",
        "f.money": "1 200 000",
        "f.percent": "40",
        "f.person": "7",
        "f.activity": "KOM-03",
        "f.sure": "true",
    }
    assert fields["f.person"]["choices"][0] == {"title": "Åsa Öberg", "value": "7"}
    assert fields["f.person"]["choices.data"] == {"type": "Data.Query", "dataset": "person"}
    assert fields["f.activity"]["choices.data"]["dataset"] == "activity"


def test_nothing_is_demanded_in_the_client():
    for case in CASES.values():
        for each in inputs(drawn(case, unfolded=True)).values():
            assert not {"isRequired", "regex", "maxLength", "min", "max"} & set(each)


def test_a_problem_stands_at_its_field_in_words_and_in_colour():
    card = drawn(asked(TextField(name="a", label="A"), problems={"a": "Skriv *något*."}))
    [box] = elements(card, "Container")
    assert box["style"] == "emphasis"
    field, problem = box["items"]
    assert field["id"] == "f.a"
    assert problem["color"] == "Attention"
    assert problem["text"] == "⚠️ Skriv \\*något\\*."


def test_a_hint_that_is_the_problem_is_said_once():
    field = TextField(name="a", label="A", help="Fyll i det här.")
    card = drawn(asked(field, problems={"a": "Fyll i det här."}))
    assert {words for words in strings(card) if "Fyll i det här." in words} == {"⚠️ Fyll i det här."}


def test_what_may_be_left_out_says_so():
    card = drawn(
        asked(
            TextField(name="a", label="Måste", required=True),
            AmountField(name="b", label="Belopp"),
            ToggleField(name="c", label="Säker"),
        )
    )
    labels = [each["label"] for each in inputs(card).values()]
    assert labels == ["Måste", "Belopp (kr) (valfritt)", "Säker"]


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        (DateField(name="a", label="A"), "31 feb 2026", "31 feb 2026"),
        (
            ChoiceField(name="a", label="A", options=(Option(value="1", label="Ett"),)),
            "borta",
            "borta",
        ),
        (AmountField(name="a", label="A"), "tolv\neller tretton", "tolv eller tretton"),
    ],
    ids=["date", "choice", "amount"],
)
def test_what_an_input_cannot_show_stands_beside_it(field: FormField, value: str, kept: str):
    words = " ".join(" ".join(strings(drawn(asked(field, values={"a": value})))).split())
    assert f"**Du skrev också:** {kept}" in words


def test_nobody_need_be_chosen_where_somebody_may_be():
    optional = inputs(drawn(asked(PersonField(name="a", label="A"), values={"a": "7"})))["f.a"]
    needed = asked(PersonField(name="a", label="A", required=True), values={"a": "7"})
    assert [each["value"] for each in optional["choices"]] == ["7", " "]
    assert [each["value"] for each in inputs(drawn(needed))["f.a"]["choices"]] == ["7"]


def test_what_has_no_room_stays_in_the_draft_and_is_told_of():
    names = [f"f{n}" for n in range(20)]
    form = asked(
        *(TextField(name=name, label=f"Fält {name}") for name in names),
        values=dict.fromkeys(names, "ö" * 3_000),
        problems={"f3": "Korta texten."},
    )
    card = drawn(form)
    assert "f.f3" in inputs(card), "what is wrong can be mended"
    left = [name for name in names if f"f.{name}" not in inputs(card)]
    assert left
    told = "Det du har skrivit här är sparat, men hela texten får inte plats i Teams."
    assert json.dumps(card, ensure_ascii=False).count(told) == len(left)
    [page] = elements(card, "Action.OpenUrl")
    assert page["url"] == "https://samspel.example.se/form/prov?"
