"""Adaptive Cards as Teams takes them from bots: version 1.5, and Teams' own charts with a fallback.

adaptivecards.io/explorer says what each element has; learn.microsoft.com, "Types of cards", what
Teams takes of it.
"""

from collections.abc import Iterator
from typing import Any, Literal

from microsoft_teams.cards import core as cards
from pydantic import BaseModel, ValidationError

from tests.teams.check_inputs import INPUTS, input_problems
from tests.teams.findings import Findings, Json, Problem

Surface = Literal["message", "dialog"]

VERSIONS = {"1.0", "1.1", "1.2", "1.3", "1.4", "1.5"}
"""Types of cards: 1.5 or earlier for bots."""

EXECUTE_SINCE = {"1.4", "1.5"}
"""Universal Action Model."""

PRIMARY_ACTIONS = 6
"""Undocumented: the desktop client drops what is more (msteams-docs issue 5356)."""

REFRESHED = 60
"""User Specific Views: `refresh.userIds`."""

ELEMENTS: dict[str, type[BaseModel]] = {
    "TextBlock": cards.TextBlock,
    "RichTextBlock": cards.RichTextBlock,
    "Image": cards.Image,
    "ImageSet": cards.ImageSet,
    "Container": cards.Container,
    "ColumnSet": cards.ColumnSet,
    "FactSet": cards.FactSet,
    "Table": cards.Table,
    "ActionSet": cards.ActionSet,
    **INPUTS,
}
CHARTS: dict[str, type[BaseModel]] = {
    "Chart.VerticalBar": cards.VerticalBarChart,
    "Chart.VerticalBar.Grouped": cards.GroupedVerticalBarChart,
    "Chart.HorizontalBar": cards.HorizontalBarChart,
    "Chart.HorizontalBar.Stacked": cards.StackedHorizontalBarChart,
    "Chart.Line": cards.LineChart,
    "Chart.Pie": cards.PieChart,
    "Chart.Donut": cards.DonutChart,
    "Chart.Gauge": cards.GaugeChart,
}
"""Charts in Adaptive Cards."""

ACTIONS: dict[str, type[BaseModel]] = {
    "Action.Execute": cards.ExecuteAction,
    "Action.Submit": cards.SubmitAction,
    "Action.OpenUrl": cards.OpenUrlAction,
    "Action.ToggleVisibility": cards.ToggleVisibilityAction,
}
ADDRESSES = ("https://", "http://", "mailto:", "tel:", "msteams:")


def card_problems(card: Json, surface: str = "message") -> list[Problem]:
    """What breaks a rule in a card that is posted, or shown in a dialog."""
    found = Findings()
    if card.get("type") != "AdaptiveCard":
        found.say("/type", "must be AdaptiveCard")
        return found.problems
    found.one_of(card.get("version"), "/version", VERSIONS)
    known(found, cards.AdaptiveCard, card, "", {"$schema"})
    if surface == "message":
        found.text(card, "fallbackText", "")
    body = card.get("body")
    for element, at in found.objects(body, "/body", least=1):
        _element(found, element, at, surface)
    if "actions" in card:
        _actions(found, card["actions"], "/actions", surface)
    _whole(found, card)
    return found.problems


def known(
    found: Findings, kind: type[BaseModel], thing: Json, path: str, more: set[str] | None = None
) -> None:
    """Say what the SDK's type of it has against it, and which properties it does not know."""
    names = {each.serialization_alias or name for name, each in kind.model_fields.items()}
    for name in set(thing) - names - (more or set()):
        found.say(f"{path}/{name}", f"{kind.__name__} has no such property")
    try:
        kind.model_validate(thing)
    except ValidationError as error:
        for each in error.errors():
            where = "/".join(map(str, each["loc"]))
            found.say(f"{path}/{where}", f"{each['msg']}, got {each['input']!r:.60}")


def _element(found: Findings, element: Json, at: str, surface: str) -> None:
    kind = str(element.get("type"))
    if kind in CHARTS:
        _chart(found, element, at, surface)
        return
    if kind not in ELEMENTS:
        found.say(f"{at}/type", f"no element of version 1.5: {kind!r}")
        return
    known(found, ELEMENTS[kind], element, at)
    if "selectAction" in element:
        _action(found, element["selectAction"], f"{at}/selectAction", surface)
    match kind:
        case "TextBlock":
            found.text(element, "text", at)
        case "Image":
            _image(found, element, at)
        case "FactSet":
            for fact, where in found.objects(element.get("facts"), f"{at}/facts", least=1):
                found.text(fact, "title", where)
                found.text(fact, "value", where)
        case "ActionSet":
            _actions(found, element.get("actions"), f"{at}/actions", surface)
        case "Table":
            _table(found, element, at, surface)
        case _ if kind in INPUTS:
            input_problems(found, element, at)
        case _:
            _inside(found, element, at, surface)


def _inside(found: Findings, element: Json, at: str, surface: str) -> None:
    match element.get("type"):
        case "Container":
            for each, where in found.objects(element.get("items"), f"{at}/items", least=1):
                _element(found, each, where, surface)
        case "ColumnSet":
            for column, where in found.objects(element.get("columns"), f"{at}/columns", least=1):
                for each, deeper in found.objects(column.get("items") or [], f"{where}/items"):
                    _element(found, each, deeper, surface)
        case "RichTextBlock":
            if not element.get("inlines"):
                found.say(f"{at}/inlines", "must hold something")
        case "ImageSet":
            for each, where in found.objects(element.get("images"), f"{at}/images", least=1):
                _image(found, each, where)
        case _:
            pass


def _chart(found: Findings, chart: Json, at: str, surface: str) -> None:
    known(found, CHARTS[chart["type"]], chart, at)
    if not chart.get("data") and "value" not in chart:
        found.say(f"{at}/data", "a chart needs numbers")
    fallback = chart.get("fallback")
    if isinstance(fallback, dict):
        _element(found, fallback, f"{at}/fallback", surface)
    else:
        found.say(f"{at}/fallback", "is newer than 1.5, so it needs an element to fall back to")


def _image(found: Findings, image: Json, at: str) -> None:
    if not str(image.get("url")).startswith("https://"):
        found.say(f"{at}/url", f"must be https: {str(image.get('url'))[:60]}")
    found.text(image, "altText", at)


def _table(found: Findings, table: Json, at: str, surface: str) -> None:
    columns = len(table.get("columns") or [])
    for row, where in found.objects(table.get("rows"), f"{at}/rows", least=1):
        cells = list(found.objects(row.get("cells"), f"{where}/cells", least=1))
        if len(cells) != columns:
            found.say(f"{where}/cells", f"{len(cells)} cells in {columns} columns")
        for cell, deeper in cells:
            for each, deepest in found.objects(cell.get("items"), f"{deeper}/items"):
                _element(found, each, deepest, surface)


def _actions(found: Findings, actions: Any, at: str, surface: str) -> None:
    shown = list(found.objects(actions, at, least=1))
    primary = [each for each, _ in shown if each.get("mode", "primary") == "primary"]
    if len(primary) > PRIMARY_ACTIONS:
        found.say(at, f"{len(primary)} buttons, {PRIMARY_ACTIONS} are shown", refused=False)
    for action, where in shown:
        found.text(action, "title", where)
        _action(found, action, where, surface)


def _action(found: Findings, action: Json, at: str, surface: str) -> None:
    kind = str(action.get("type"))
    if kind not in ACTIONS:
        found.say(f"{at}/type", f"no action that bots use: {kind!r}")
        return
    known(found, ACTIONS[kind], action, at)
    match kind:
        case "Action.Execute":
            found.text(action, "verb", at)
            if surface == "dialog":
                found.say(f"{at}/type", "Action.Submit is for dialogs, Action.Execute is not")
        case "Action.OpenUrl":
            if not str(action.get("url")).startswith(ADDRESSES):
                found.say(f"{at}/url", f"is no address: {str(action.get('url'))[:60]}")
        case _:
            pass


def walk(thing: Any) -> Iterator[Json]:
    """Every object of a card, outermost first; what a chart falls back to is not among them."""
    if isinstance(thing, dict):
        yield thing
        for key, each in thing.items():
            if key not in ("fallback", "data", "msteams"):
                yield from walk(each)
    elif isinstance(thing, list):
        for each in thing:
            yield from walk(each)


def _whole(found: Findings, card: Json) -> None:
    """What is judged over a card as a whole."""
    everything = list(walk(card))
    met: set[str] = set()
    for each in everything:
        named = each.get("id")
        if isinstance(named, str) and each.get("type"):
            if named in met:
                found.say("/body", f"two have the id {named!r}")
            met.add(named)
    kinds = {each.get("type") for each in everything}
    if "Action.Execute" in kinds and card.get("version") not in EXECUTE_SINCE:
        found.say("/version", "Action.Execute needs 1.4")
    if len((card.get("refresh") or {}).get("userIds") or []) > REFRESHED:
        found.say("/refresh/userIds", f"{REFRESHED} at most")
    words = [str(each.get("text")) for each in everything]
    said = (card.get("msteams") or {}).get("entities") or []
    for entity, at in found.objects(said, "/msteams/entities"):
        if not any(str(entity.get("text")) in each for each in words):
            found.say(f"{at}/text", "does not stand in the card")
        if not (entity.get("mentioned") or {}).get("id"):
            found.say(f"{at}/mentioned", "must say who")
