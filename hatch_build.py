"""Puts the site inside the wheel."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SITE = ("reti.toml", "modified.toml", "ontology", "data", "shapes", "queries")


class SiteHook(BuildHookInterface):
    """Adds the files of the site to the package, as `reti_graph/site`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Include the site, unless the install is editable: that one uses the checkout's own."""
        if version != "editable":
            build_data["force_include"] |= {part: f"reti_graph/site/{part}" for part in SITE}
