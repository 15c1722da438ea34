from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from reti_graph.cli.main import COMMANDS, cli

if TYPE_CHECKING:
    from tests.conftest import Golden


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_is_what_it_was(command: str, golden: Golden) -> None:
    """A change of the help is seen by whoever makes it."""
    words = [command, "--help"] if command else ["--help"]
    shown = CliRunner().invoke(cli, words, prog_name="reti-graph", terminal_width=80)
    assert shown.exit_code == 0
    golden.check(f"cli/{command or 'reti-graph'}.txt", shown.output)
