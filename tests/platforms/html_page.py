"""A page of HTML as a reader or a screen reader meets it; refuses what is not well made."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

INLINE = {"a", "strong", "em", "span"}
VOID = {"meta", "link", "input", "img", "hr", "br"}
SVG_ALONE = {"path", "rect", "polyline"}
HEARD = ("aria-label", "alt", "value", "placeholder", "label")


@dataclass
class Element:
    """An element: its name, attributes and what stands in it."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    inside: "list[Element | str]" = field(default_factory=list["Element | str"])

    def text(self) -> str:
        """The text in it, as read."""
        return "".join(each if isinstance(each, str) else each.text() for each in self.inside)

    def read_aloud(self) -> str:
        """The text in it with a pause at each element that is a line or box of its own."""
        words = "".join(
            each if isinstance(each, str) else each.read_aloud() for each in self.inside
        )
        return words if self.tag in INLINE else f" {words} "

    def all(self, tag: str = "", **attributes: str) -> "list[Element]":
        """Every element in it of that tag with those attributes (`type_` for type)."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        found: list[Element] = []
        for each in self.inside:
            if isinstance(each, Element):
                fits = all(each.attributes.get(name) == value for name, value in wanted.items())
                if (not tag or each.tag == tag) and fits:
                    found.append(each)
                found += each.all(tag, **attributes)
        return found

    def one(self, tag: str = "", **attributes: str) -> "Element":
        """The only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} {attributes}"
        return found[0]

    def within(self, tag: str) -> bool:
        """Whether it stands in an element of that tag."""
        return self.parent is not None and (self.parent.tag == tag or self.parent.within(tag))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = Element("", {})
        self._at = self.top

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        made = Element(tag, {name: value or "" for name, value in attrs}, self._at)
        self._at.inside.append(made)
        if tag not in VOID:
            self._at = made

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID | SVG_ALONE, f"<{tag}/> is not closed by that in HTML"
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._at.tag == tag, f"</{tag}> closes <{self._at.tag}>"
        assert self._at.parent is not None
        self._at = self._at.parent

    def handle_data(self, data: str) -> None:
        self._at.inside.append(data)

    def handle_decl(self, decl: str) -> None:
        assert decl == "doctype html"


def read_html(html: str) -> Element:
    """The page; AssertionError when elements are not closed in order or an attribute is doubled."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader._at is reader.top, f"<{reader._at.tag}> is never closed"
    return reader.top


def words_met(page: Element) -> set[str]:
    """Every word that can be read on the page or heard from it."""
    lines = [page.read_aloud()]
    lines += [each.attributes.get(name, "") for each in page.all() for name in HEARD]
    return {word for line in lines for word in line.split()}


def faults(page: Element) -> list[str]:
    """What is wrong with the page for those who do not see it, or for no one who does."""
    found: list[str] = []
    ids = Counter(each.attributes["id"] for each in page.all() if "id" in each.attributes)
    found += [f"id {each} occurs {count} times" for each, count in ids.items() if count > 1]
    for each in page.all():
        for name in ("aria-labelledby", "aria-describedby", "for", "list"):
            found += [
                f"{name} names {key}, which is not there"
                for key in each.attributes.get(name, "").split()
                if key not in ids
            ]
        if (
            each.attributes.get("href", "").startswith("#")
            and each.attributes["href"][1:] not in ids
        ):
            found.append(f"a link to {each.attributes['href']}, which is not there")
        found += [f"<{each.tag}> has {name}" for name in each.attributes if name.startswith("on")]
        if "style" in each.attributes:
            found.append(f"<{each.tag}> has a style, which our policy refuses")
    labelled = {each.attributes.get("for") for each in page.all("label")}
    for tag in ("input", "textarea", "select"):
        for each in page.all(tag):
            hidden = each.attributes.get("type") == "hidden"
            if not hidden and each.attributes.get("id") not in labelled:
                found.append(f"<{tag} name={each.attributes.get('name')}> has no label")
    found += ["an image has no alt" for each in page.all("img") if "alt" not in each.attributes]
    found += ["a form in a form" for each in page.all("form") if each.within("form")]
    return found
