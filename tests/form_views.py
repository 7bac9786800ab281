"""The table of views, forms: shortest, longest, empty, wrong and hostile, Swedish."""

from dataclasses import dataclass
from datetime import date

from bot.conversations.forms import (
    ActivityField,
    AmountField,
    ChoiceField,
    DateField,
    Form,
    ManyChoiceField,
    Option,
    PersonField,
    TextField,
    ToggleField,
)
from bot.conversations.views import text
from tests.views import HOSTILE, buttons, said_by

ALL_FIELDS = (
    *("state", "situation", "line", "area", "who", "day"),
    *("money", "percent", "person", "activity", "sure"),
)


@dataclass(frozen=True)
class FormCase:
    """A form by name."""

    name: str
    form: Form

    def __str__(self) -> str:
        return self.name


def _every_field(**more: object) -> Form:
    return Form.model_validate(
        {
            "name": "prov",
            "arguments": ("KOM-03", "åäö & <b>"),
            "step": "one",
            "title": "Rapportera läget",
            "intro": (text("KOM-03 Energiplan"), buttons()),
            "submit": "Spara",
            "fields": (
                ChoiceField(
                    name="state",
                    label="Läge",
                    required=True,
                    redraws=True,
                    options=(
                        Option(value="on_track", label="🟢 enligt plan"),
                        Option(value="at_risk", label="🟡 risk"),
                    ),
                ),
                TextField(name="situation", label="Hur går det?", lines=4, help="En mening."),
                TextField(name="line", label="Rad", placeholder="till exempel så här"),
                ChoiceField(
                    name="area",
                    label="Insatsområde",
                    options=tuple(Option(value=f"v{n}", label=f"Område {n}") for n in range(20)),
                ),
                ManyChoiceField(
                    name="who",
                    label="Vilka kommuner?",
                    options=tuple(Option(value=k, label=k) for k in ("Hjo", "Mariestad", "Åre")),
                ),
                DateField(
                    name="day", label="Klart", earliest=date(2026, 1, 1), latest=date(2026, 12, 31)
                ),
                AmountField(name="money", label="Belopp"),
                AmountField(name="percent", label="Andel", unit="%", most=100, more=True),
                PersonField(name="person", label="Ansvarig", more=True),
                ActivityField(name="activity", label="Aktivitet", required=True),
                ToggleField(name="sure", label="Jag är säker", more=True),
            ),
            **more,
        }
    )


FORMS = (
    FormCase(
        "shortest",
        Form(name="x", step="s", title="T", submit="S", fields=(TextField(name="a", label="A"),)),
    ),
    FormCase("every_field_empty", _every_field()),
    FormCase(
        "every_field_filled",
        _every_field(
            values={
                "state": "at_risk",
                "situation": "Första raden\nAndra raden",
                "line": "En rad",
                "area": "v7",
                "who": ("Hjo", "Åre"),
                "day": "2026-02-28",
                "money": "1 200 000",
                "percent": "40",
                "person": "7",
                "activity": "KOM-03",
                "sure": True,
            },
            labels={"7": "Åsa Öberg", "KOM-03": "KOM-03 Energiplan"},
            can_go_back=True,
        ),
    ),
    FormCase(
        "every_field_wrong",
        _every_field(
            values={"situation": HOSTILE, "line": HOSTILE, "day": "31 feb 2026", "money": "tolv"},
            problem="Något behöver rättas innan jag kan spara.",
            problems={name: f"Fel i {name}: <b>rätta</b> & försök igen." for name in ALL_FIELDS},
        ),
    ),
    FormCase(
        "longest",
        Form(
            name="x",
            step="s",
            title="T" * 24,
            submit="S" * 24,
            fields=tuple(
                TextField(
                    name=f"f{n}",
                    label=f"{n} " + "L" * 140,
                    help=f"{n} " + "h" * 290,
                    lines=20,
                    placeholder="p" * 150,
                )
                for n in range(40)
            ),
            values={f"f{n}": f"{n} " + "ö" * 2_990 for n in range(40)},
        ),
    ),
    FormCase(
        "most_choices",
        Form(
            name="x",
            step="s",
            title="Välj",
            submit="Spara",
            fields=(
                ChoiceField(
                    name="one",
                    label="En",
                    options=tuple(Option(value=f"{n}", label=f"val{n:02d}") for n in range(100)),
                ),
                ManyChoiceField(
                    name="many",
                    label="Flera",
                    options=tuple(Option(value=f"{n}", label=f"kan{n:02d}") for n in range(100)),
                ),
            ),
        ),
    ),
)
"""Forms, from the shortest to the longest and the wrongest."""


def words_of_form(form: Form) -> list[str]:
    """Every word of the form that must be read or heard, with what was typed and its problems."""
    said = [form.title, form.submit, form.problem, *form.problems.values()]
    for part in form.intro:
        said += said_by(part)
    for field in form.fields:
        said += [field.label, field.help]
        if isinstance(field, ChoiceField | ManyChoiceField):
            said += [option.label for option in field.options]
        elif isinstance(value := form.values.get(field.name), str):
            said.append(form.labels.get(value, value))
    return [word for line in said for word in line.split()]
