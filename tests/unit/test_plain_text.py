"""Any card as plain text: every word is there, and it is pleasant to read."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.conversations.views import (
    Button,
    Buttons,
    Card,
    Chart,
    Divider,
    Heading,
    Picture,
    Progress,
    Series,
    Span,
    Table,
    bold,
    bullets,
    facts,
    link,
    press,
    text,
)
from bot.plain_text import plain_text

EVERY_PART = Card(
    title="Veckobrev",
    summary="Kort",
    parts=(
        Heading(text="Läget"),
        text("Se ", link("KOM-03", "/visa/aktivitet|KOM-03"), " och ", bold("avtalet"), "."),
        bullets("ett", ("två ", Span(text="tre", style="italic")), "rad\nnästa rad"),
        facts(("Ansvarig", "Karin"), ("Budget", "1 000 kr")),
        Table(
            caption="Aktiviteter",
            columns=("Kod", "Antal"),
            rows=(("KOM-03", "1"), ("SAM-01", "12")),
            numeric=(1,),
        ),
        Progress(label="Svar", done=3, of=15),
        Chart(
            form="stacked_bar",
            title="Läge",
            alternative="Kompetens: risk 2.",
            categories=("Kompetens", "Näring"),
            series=(Series(name="risk", values=(2, 0)), Series(name="klar", values=(0, 11))),
        ),
        Picture(file_id=1, alternative="En karta över Skaraborg"),
        Divider(),
        Buttons(
            buttons=(
                Button(label="Rapportera", press=press("rapport")),
                Button(label="Stadgan", href="https://example.se/stadga"),
            ),
            overflow=(Button(label="Historik", press=press("historik")),),
        ),
    ),
)


def test_every_part_as_text():
    assert plain_text(EVERY_PART) == (
        "Veckobrev\n"
        "=========\n"
        "\n"
        "Läget\n"
        "-----\n"
        "Se KOM-03 och avtalet.\n"
        "\n"
        "- ett\n"
        "- två tre\n"
        "- rad\n"
        "  nästa rad\n"
        "\n"
        "Ansvarig: Karin\n"
        "Budget: 1 000 kr\n"
        "\n"
        "Aktiviteter\n"
        "Kod     Antal\n"
        "KOM-03      1\n"
        "SAM-01     12\n"
        "\n"
        "Svar: 3 av 15\n"
        "\n"
        "Läge\n"
        "           risk  klar\n"
        "Kompetens     2     0\n"
        "Näring        0    11\n"
        "\n"
        "[Bild: En karta över Skaraborg]\n"
        "\n"
        "* * *\n"
        "\n"
        "[Rapportera]\n"
        "Stadgan: https://example.se/stadga\n"
        "[Historik]"
    )


def test_links_lead_somewhere_when_the_address_is_known():
    drawn = plain_text(EVERY_PART, "https://samspel.example.se/")
    assert "KOM-03 (https://samspel.example.se/visa/aktivitet|KOM-03)" in drawn


def test_an_address_that_a_button_leads_to_ends_its_line():
    way = Button(label="Koppla kontot", href="/konto/koppla/abc")
    other = Button(label="Läs mer", href="https://example.se/mer")
    card = Card(summary="x", parts=(Buttons(buttons=(way, other)),))
    assert plain_text(card, "https://samspel.example.se") == (
        "Koppla kontot: https://samspel.example.se/konto/koppla/abc\n"
        "Läs mer: https://example.se/mer"
    )
    assert plain_text(card) == "[Koppla kontot]\nLäs mer: https://example.se/mer"


def test_a_charts_alternative_is_said_when_it_tells_more():
    chart = Chart(
        form="line",
        title="Läge",
        alternative="Allt fler blir klara.",
        categories=("v. 1",),
        series=(Series(name="klar", values=(1,)),),
    )
    assert plain_text(Card(summary="x", parts=(chart,))).endswith("\nAllt fler blir klara.")


def test_a_card_without_parts_is_its_summary():
    assert plain_text(Card(summary="Sparat.")) == "Sparat."


def test_lists_that_follow_each_other_are_one():
    card = Card(summary="x", parts=(bullets("ett"), bullets("två")))
    assert plain_text(card) == "- ett\n- två"


WORDS = st.text(min_size=1, max_size=40).filter(str.strip)


@given(WORDS, WORDS, WORDS, st.lists(WORDS, min_size=1, max_size=5))
def test_no_word_is_lost(title: str, label: str, value: str, lines: list[str]):
    table = Table(caption=title, columns=(label, value), rows=((value, label),))
    chart = Chart(
        form="bar",
        title=title,
        alternative=value,
        categories=(label[:20],),
        series=(Series(name=value[:20], values=(7,)),),
    )
    card = Card(
        title=title,
        summary="x",
        parts=(text(value), bullets(*lines), facts((label, value)), table, chart),
    )
    drawn = set(re.findall(r"\w+", plain_text(card).casefold()))
    for words in (title, label, value, *lines):
        assert set(re.findall(r"\w+", words.casefold())) <= drawn
