"""Whatever people type is shown as it is by readers of CommonMark, on which Teams builds."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.conversations.views import Span
from handlers.teams.canvas import Canvas, Mentioned
from handlers.teams.texts import BREAK, HAIR, NOTHING, bullet_list, either, lines, paragraph, strong
from tests.npm import Node
from tests.views import HOSTILE

MARKS = "*_[]()<>&\\`#~@-+=|!{}$:;.,'\"/1 2aåÅé\t🟡"
PIECES = (
    *("**", "__", "](", "[a](b)", "<b>", "</b>", "<!--", "&lt;", "&#42;", "`kod`", "~~x~~", "```"),
    *("# ", "- ", "+ ", "* ", "1. ", "2) ", "> ", "---", "===", "    ", "\\", "![x](y)", "| a |"),
    *(
        "<https://ond.example>",
        "https://ond.example/a_b_c",
        "<at>Chef</at>",
        "{{DATE(2026-01-01",
        "${x}",
    ),
    *("[a]: https://ond.example", "a\\", "&", "<", "!", "word", "ord_med_streck", "2 * 3 * 4"),
)
typed = st.one_of(
    st.text(st.sampled_from(MARKS), max_size=12),
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12),
)
many = st.lists(typed, min_size=200, max_size=200)
few_but_large = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
    derandomize=True,
    phases=[Phase.generate],
)

CANVAS = Canvas(base="https://samspel.example.se", mentions={7: Mentioned("aad-7", "Åsa *Öberg*")})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("words")


def shown(node: Node, folder: Path, texts: list[str]) -> list[list[dict[str, Any]]]:
    """What each reader shows of each text."""
    file = folder / "texts.json"
    file.write_text(json.dumps(texts), encoding="utf-8")
    done = node("words.js", file)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def seen(words: str) -> str:
    """Words without what is not seen; white space is shown as one space."""
    return " ".join(words.replace(BREAK, "").replace(HAIR, "").split())


@given(said=many)
@few_but_large
def test_a_line_is_shown_as_it_was_typed(node: Node, folder: Path, said: list[str]):
    said = [HOSTILE, *said]
    for words, readers in zip(said, shown(node, folder, [*map(lines, said)]), strict=True):
        for read in readers:
            assert seen(read["words"]) == (seen(words) or NOTHING)
            assert not any(read[mark] for mark in ("strong", "em", "links", "else")), words


@given(said=many)
@few_but_large
def test_lines_stay_lines(node: Node, folder: Path, said: list[str]):
    pairs = [*zip(said[::2], said[1::2], strict=True)]
    drawn = shown(node, folder, [lines(f"{first}\n{second}") for first, second in pairs])
    for (first, second), readers in zip(pairs, drawn, strict=True):
        for read in readers:
            assert seen(read["words"]) == (seen(f"{first} {second}") or NOTHING)
            assert read["else"] == []


@given(said=many)
@few_but_large
def test_bold_italic_and_links_are_what_they_should_be_and_nothing_else(
    node: Node, folder: Path, said: list[str]
):
    groups = [*zip(said[::4], said[1::4], said[2::4], said[3::4], strict=True)]
    texts = [paragraph(_spans(*each), CANVAS) for each in groups]
    for words, readers in zip(groups, shown(node, folder, texts), strict=True):
        plain, bold, italic, link = (seen(each) for each in words)
        for read in readers:
            assert seen(read["words"]) == seen("".join(words)), words
            assert [seen(each) for each in read["strong"]] == ([bold] if bold else []), words
            assert [seen(each) for each in read["em"]] == ([italic] if italic else []), words
            assert len(read["links"]) == (1 if link else 0), (plain, link)
            assert read["else"] == []


def _spans(plain: str, bold: str, italic: str, link: str) -> list[Span]:
    made = (
        Span(text=plain),
        Span(text=bold, style="bold"),
        Span(text=italic, style="italic"),
        Span(text=link, href="/visa/x"),
    )
    return [each for each in made if each.text]


@given(said=many)
@few_but_large
def test_a_list_has_a_dot_for_each_item_and_their_words(node: Node, folder: Path, said: list[str]):
    items = [[Span(text=each)] for each in (*said, "slut") if each.strip()]
    [readers] = shown(node, folder, [bullet_list(items, CANVAS)])
    for read in readers:
        assert read["else"].count("list_item_open") == len(items)
        assert set(read["else"]) == {
            *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close")
        }
        assert seen(read["words"]) == seen("\n".join(each[0].text for each in items))


@given(said=many)
@few_but_large
def test_labels_are_read_alike_with_and_without_markdown(node: Node, folder: Path, said: list[str]):
    """But for code between backticks, which some readers take them away from."""
    plain = [each for each in said if "`" not in each and "\\" not in each]
    for words, readers in zip(plain, shown(node, folder, [*map(either, plain)]), strict=True):
        assert seen(either(words)) == (seen(words) or NOTHING)
        for read in readers:
            assert seen(read["words"]) == (seen(words) or NOTHING)


@pytest.mark.parametrize(
    "address",
    [
        "https://skaraborg.example.se/?a=1&lt;=2&b=\"'<>",
        "https://skaraborg.example.se/a_b_(c)*d*[e]",
        "https://skaraborg.example.se/läs mer\\".replace(" ", "%20"),
        "mailto:asa@example.se",
    ],
)
def test_a_link_leads_where_it_says(node: Node, folder: Path, address: str):
    [readers] = shown(node, folder, [paragraph([Span(text="dit", href=address)], CANVAS)])
    for read in readers:
        [leads] = read["links"]
        assert unquote(leads) == unquote(address)
        assert read["words"] == "dit"


def test_a_name_is_no_markup_in_a_mention(node: Node, folder: Path):
    said = [Span(text="Fråga "), Span(text="Åsa", person_id=7), Span(text=" först", style="bold")]
    [readers] = shown(node, folder, [paragraph(said, CANVAS)])
    for read in readers:
        assert (
            seen(read["words"].replace("<at>", "").replace("</at>", "")) == "Fråga Åsa Öberg först"
        )
        assert read["em"] == []


def test_a_title_is_bold_throughout(node: Node, folder: Path):
    for read in shown(node, folder, [strong(HOSTILE)])[0]:
        assert [seen(each) for each in read["strong"]] == [seen(HOSTILE)]
