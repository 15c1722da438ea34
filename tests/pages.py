"""What tests look at in an HTML page: its tags, balanced or not, and the text between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

_VOID = frozenset({"meta", "link", "input", "br", "hr", "img"})


@dataclass
class Tag:
    """One start tag, with its attributes and the text within it."""

    name: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Outline(HTMLParser):
    """A page taken apart; reading one that is not well-formed fails."""

    page: str
    tags: list[Tag] = field(default_factory=list)
    _open: list[Tag] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the page whole."""
        super().__init__()
        self.feed(self.page)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; no attribute may stand twice."""
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in {tag}: {names}"
        found = Tag(tag, {name: value or "" for name, value in attrs})
        self.tags.append(found)
        if tag not in _VOID:
            self._open.append(found)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that is open."""
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].name == tag, f"</{tag}> closes <{self._open[-1].name}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Add a text to every tag it is in."""
        for tag in self._open:
            tag.text += data

    def all(self, name: str) -> list[Tag]:
        """Return the tags of a name."""
        return [tag for tag in self.tags if tag.name == name]

    def one(self, name: str) -> Tag:
        """Return the only tag of a name."""
        (found,) = self.all(name)
        return found

    @property
    def links(self) -> dict[str, str]:
        """The text of each link, and where it leads."""
        return {tag.text: tag.attributes["href"] for tag in self.all("a")}


def check_page(page: str) -> Outline:
    """Take a page apart and check what every page owes its readers; return the outline."""
    outline = Outline(page)
    assert outline.one("html").attributes["lang"]
    assert outline.one("title").text.strip()
    assert len(outline.all("h1")) == 1
    assert outline.one("main").attributes["id"] == "content"
    assert outline.all("a")[0].attributes["href"] == "#content"
    # Data for search engines is no program: browsers do not run it.
    assert {tag.attributes.get("type") for tag in outline.all("script")} <= {_DATA}
    assert not [tag for tag in outline.tags if "style" in tag.attributes]
    ids = [tag.attributes["id"] for tag in outline.tags if "id" in tag.attributes]
    assert len(ids) == len(set(ids)), f"an id twice: {ids}"
    pointed = [
        tag.attributes[name] for tag in outline.tags for name in _POINTERS & set(tag.attributes)
    ]
    assert set(pointed) <= set(ids), f"labels that name nothing: {set(pointed) - set(ids)}"
    for tag in outline.all("table"):
        assert "<caption" in page, f"a table without caption: {tag}"
    for tag in outline.all("th"):
        assert tag.attributes["scope"] in {"col", "row", "rowgroup"}
    for tag in outline.all("a"):
        assert tag.attributes["href"].startswith(("/", "#", "http://", "https://"))
    _check_headings([int(tag.name[1]) for tag in outline.tags if tag.name in _HEADINGS])
    return outline


def _check_headings(levels: list[int]) -> None:
    for before, after in pairwise(levels):
        assert after <= before + 1, f"a heading level is skipped: {levels}"


_POINTERS = frozenset({"for", "aria-labelledby", "aria-describedby"})
_DATA = "application/ld+json"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
