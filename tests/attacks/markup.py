"""What no page may hold, whoever wrote the texts on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tests.pages import check_page

if TYPE_CHECKING:
    from tests.pages import Outline

# A path that starts with two slashes leads to another host, and browsers read a backslash as one.
_LEADS: Final = re.compile(r"(?:https?://[^\x00-\x20]*|/(?![/\\])[^\x00-\x20\\]*|#[^\x00-\x20]*)")
_LINKS: Final = ("action", "cite", "formaction", "href", "poster", "src", "srcset", "xlink:href")
_TAGS: Final = frozenset(
    (
        *("a", "blockquote", "body", "button", "caption", "code", "datalist", "dd", "details"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2"),
        *("h3", "h4", "head", "header", "html", "input", "label", "legend", "li", "link", "main"),
        *(
            "meta",
            "nav",
            "option",
            "p",
            "pre",
            "script",
            "section",
            "select",
            "span",
            "summary",
            "table",
        ),
        *("tbody", "td", "textarea", "th", "thead", "time", "title", "tr", "ul"),
    )
)


def check_harmless(page: str) -> Outline:
    """Take a page apart; fail for markup of others, and for links to anything but pages."""
    outline = check_page(page)
    names = {tag.name for tag in outline.tags}
    assert names <= _TAGS, f"tags nobody writes: {names - _TAGS}"
    for tag in outline.tags:
        for name, value in tag.attributes.items():
            assert not name.startswith("on"), f"{name} in {tag}"
            if name in _LINKS:
                assert _LEADS.fullmatch(value), f"{name}={value!r} in <{tag.name}>"
    return outline
