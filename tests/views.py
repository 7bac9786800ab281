"""One table of views that every renderer must draw without losing a word.

Shortest, longest, empty where that is allowed, hostile, Swedish. A platform's test adds
how they must look there. Forms stand in form_views.py.
"""

from dataclasses import dataclass

from bot.conversations.views import (
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
    bold,
    bullets,
    facts,
    italic,
    link,
    press,
    quiet,
    text,
)

HOSTILE = (
    "<script>alert(1)</script> & \"citat\" 'apostrof' <!channel> <@U123> @everyone @here "
    "*fet* _kursiv_ ~struken~ `kod` [länk](https://ond.example) {{ 7*7 }} {name} %s "
    "=HYPERLINK(1) '; DROP TABLE people; -- \u202eomvänt\u202c <at>Chef</at> |a|b| &lt; ]]>"
)
"""What people could type to do harm; it is shown, letter by letter, and does nothing."""


@dataclass(frozen=True)
class CardCase:
    """A card by name."""

    name: str
    card: Card

    def __str__(self) -> str:
        return self.name


def _words(count: int, length: int = 9) -> str:
    """`count` different words that can be looked for one by one."""
    return " ".join(f"o{n:0{length - 1}d}" for n in range(count))


def _said(*parts: Part, title: str = "", summary: str = "Sammanfattning", **more: str) -> Card:
    return Card.model_validate({"title": title, "summary": summary, "parts": parts, **more})


def buttons() -> Buttons:
    return Buttons(
        buttons=(
            Button(label="Rapportera", press=press("rapport", "KOM-03"), style="primary"),
            Button(label="Ta bort", press=press("ta_bort", "KOM-03"), style="danger"),
            Button(label="Öppna sidan", href="/visa/historik|KOM-03"),
        ),
        overflow=(
            Button(label="Påminn mig i morgon", press=press("paminn", "KOM-03")),
            Button(label="Läs mer", href="https://skaraborg.example.se/läs?a=1&b=2"),
        ),
    )


def chart(form: str) -> Chart:
    """A chart in Swedish, with a zero, a large value and a long name."""
    return Chart.model_validate(
        {
            "form": form,
            "title": "Läge per insatsområde",
            "alternative": "Samhällsplanering: 3 enligt plan, 1 risk. Näringsliv: 1 200 i fas.",
            "categories": ("Samhällsplanering", "Näringsliv", "Tjugo tecken långt n"),
            "series": (
                Series(name="Enligt plan", values=(3, 1_200, 0), colour="green"),
                Series(name="Risk", values=(1, 0, 2), colour="yellow"),
                Series(name="Avvikelse", values=(0, 2, 1), colour="red"),
            ),
        }
    )


def _table(columns: int, rows: int) -> Table:
    return Table(
        caption=f"Tabell med {columns} kolumner",
        columns=tuple(f"kolumn{n:02d}" for n in range(columns)),
        rows=tuple(tuple(f"r{r:02d}k{c:02d}" for c in range(columns)) for r in range(rows)),
        numeric=(columns - 1,),
    )


SWEDISH = _said(
    Heading(text="Åtgärder på gång"),
    text(
        "Läget är ",
        bold("🟡 risk"),
        " sedan ",
        italic("tisdag"),
        ". Se ",
        link("historiken", "/visa/historik|KOM-03"),
        " och fråga ",
        Span(text="Åsa Öberg", person_id=7),
        ".",
    ),
    quiet("Rapporterat av Östen Ärlig, 24 nov. 13:00"),
    bullets("Förfrågan försenad", ["Nytt anbud i ", bold("mars")]),
    facts(("Ansvarig", "Åsa Öberg"), ("Budget", "1 200 000 kr")),
    Table(
        caption="Milstolpar",
        columns=("Milstolpe", "Datum", "Kvar, dagar"),
        rows=(("Underlag insamlat", "31 mars 2026", "12"), ("Rapport klar", "15 juni 2026", "88")),
        numeric=(2,),
    ),
    Progress(label="Andel av kommunerna som svarat", done=4, of=15),
    chart("stacked_bar"),
    Divider(),
    buttons(),
    title="KOM-03 Gemensam kompetensförsörjning",
    tone="warning",
)

CARDS = (
    CardCase("shortest", Card(summary="x")),
    CardCase("summary_only", Card(summary="Sparat: KOM-03 är 🟢 enligt plan.\nTack!")),
    CardCase("title_only", Card(title="Bara en rubrik", summary="Bara en rubrik")),
    CardCase("swedish", SWEDISH),
    CardCase(
        "every_tone",
        _said(text("Något står på spel."), title="Varning", tone="bad"),
    ),
    CardCase("several_lines", _said(text("Första raden\nAndra raden\n\nFjärde raden"))),
    CardCase("longest_paragraphs", _said(*(text(_words(300)) for _n in range(3)), text("slut"))),
    CardCase("longest_table", _said(_table(8, 99))),
    CardCase("widest_table", _said(_table(20, 60))),
    CardCase(
        "most_parts",
        _said(
            *(Heading(text=f"Del{n:02d}") for n in range(39)), Paragraph(spans=(Span(text="s"),))
        ),
    ),
    CardCase("longest_list", _said(bullets(*(f"punkt{n:02d}" for n in range(40))))),
    CardCase(
        "longest_facts",
        _said(
            Facts(facts=tuple(Fact(label="e" * 150, value=f"v{n}" + "ä" * 900) for n in range(10)))
        ),
    ),
    CardCase("longest_title", _said(text("kort"), title="T" * 150)),
    CardCase(
        "longest_labels",
        _said(
            Buttons(
                buttons=tuple(
                    Button(label=f"{n}" + "k" * 74, press=press("rapport", n)) for n in range(5)
                ),
                overflow=tuple(
                    Button(label=f"{n}" + "m" * 74, press=press("rapport", n)) for n in range(5, 10)
                ),
            )
        ),
    ),
    CardCase("bar_chart", _said(chart("bar"))),
    CardCase("line_chart", _said(chart("line"))),
    CardCase("stacked_chart", _said(chart("stacked_bar"))),
    CardCase(
        "smallest_chart",
        _said(
            Chart(
                form="line",
                title="T",
                alternative="inget",
                categories=("v48",),
                series=(Series(name="Alla", values=(0,)),),
            )
        ),
    ),
    CardCase("picture", _said(Picture(file_id=1, alternative="Karta över Skaraborg"))),
    CardCase("nothing_done", _said(Progress(label="Svar", done=0, of=15))),
    CardCase("more_than_all", _said(Progress(label="Svar", done=16, of=15))),
    CardCase(
        "hostile",
        _said(
            Heading(text=HOSTILE[:150]),
            text(HOSTILE, bold(HOSTILE), italic(HOSTILE)),
            quiet(HOSTILE),
            Bullets(items=((Span(text=HOSTILE),),)),
            Facts(facts=(Fact(label=HOSTILE[:150], value=HOSTILE),)),
            Table(caption=HOSTILE[:150], columns=(HOSTILE,), rows=((HOSTILE,),)),
            Progress(label=HOSTILE[:150], done=1, of=2),
            Chart(
                form="bar",
                title="<b>&\"'</b>",
                alternative=HOSTILE,
                categories=("<i>&\"'</i>",),
                series=(Series(name="<u>&\"'</u>", values=(1,)),),
            ),
            Buttons(buttons=(Button(label="<b>\"'&</b>", press=press("rapport", "\"'><x>")),)),
            title=HOSTILE[:150],
            summary=HOSTILE,
        ),
    ),
    CardCase(
        "hostile_links",
        _said(
            text(
                link("skript", "javascript:alert(1)"),
                " ",
                link("data", "data:text/html,<script>alert(1)</script>"),
                " ",
                link("annan", "//ond.example"),
                " ",
                link("riktig", "https://skaraborg.example.se/?a=1&b=\"'<>"),
            ),
            Buttons(buttons=(Button(label="Tryck inte", href=" javascript:alert(1)"),)),
        ),
    ),
)
"""Cards, from the shortest to the most hostile."""


def words_of(card: Card) -> list[str]:
    """Every word that a person must be able to read on the card, or hear."""
    said = [card.title]
    for part in card.parts:
        said += said_by(part)
    if not card.parts and not card.title:
        said.append(card.summary)
    return [word for line in said for word in line.split()]


def said_by(part: Part) -> list[str]:
    """What one part says, as lines."""
    match part:
        case Heading(text=words):
            return [words]
        case Paragraph(spans=spans):
            return ["".join(span.text for span in spans)]
        case Bullets(items=items):
            return ["".join(span.text for span in item) for item in items]
        case Facts(facts=pairs):
            return [words for fact in pairs for words in (fact.label, fact.value)]
        case Table(caption=caption, columns=columns, rows=rows):
            return [caption, *columns, *(cell for row in rows for cell in row)]
        case Progress(label=label, done=done, of=of):
            return [label, str(done), str(of)]
        case Chart(title=title, alternative=alternative, categories=categories, series=series):
            return [title, alternative, *categories, *(one.name for one in series)]
        case Picture(alternative=alternative):
            return [alternative]
        case Buttons(buttons=buttons, overflow=overflow):
            return [button.label for button in (*buttons, *overflow)]
        case Divider():
            return []
