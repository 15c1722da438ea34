"""The rules no linter keeps: floors, sizes, what may be caught, and what no file holds."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[1]

LONGEST_FILE: Final = 300
LONGEST_FUNCTION: Final = 50

CATCHES_EVERYTHING: Final = {
    # A fault of the program itself becomes a message and an exit code here …
    "src/reti_graph/cli/exits.py",
    # … and a 500 here.
    "src/reti_graph/web/front.py",
    # A thread hands on whatever its work raised; the thread that waits raises it again.
    "src/reti_graph/cli/waiting.py",
}

MUTABLE_LITERALS: Final = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
MUTABLE_TYPES: Final = {
    "Counter",
    "OrderedDict",
    "bytearray",
    "defaultdict",
    "deque",
    "dict",
    "list",
    "set",
}
READ_ONLY: Final = re.compile(r"\b(Mapping|Sequence)\[")

# Put together here, so that this file does not hold what it looks for.
UNFINISHED: Final = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
REGISTRIES: Final = re.compile(
    r"py" + r"pi\.|python" + r"hosted|regis" + r"try\.npm|conda\.an" + r"aconda"
)
MACHINE_PATHS: Final = re.compile(r"(?<![\w.])/(home|Users|root|work|opt|mnt)/\w|[A-Z]:\\\\?Users")


def named(path: Path) -> str:
    """Give the name of a file from the root of the project, as a test shows it."""
    return path.relative_to(ROOT).as_posix()


def modules(*folders: str) -> list[Path]:
    """List the Python files of some folders of the project."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def project_files() -> tuple[Path, ...]:
    """List the files that are or would be under version control."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("which files belong to the project is asked of git, and there is none here")
    command = [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def lines_with(pattern: re.Pattern[str], paths: tuple[Path, ...]) -> list[str]:
    """List file and line of whatever a pattern finds."""
    return [
        f"{named(path)}:{number}: {found[0]}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if (found := pattern.search(line))
    ]


def long_functions(source: str) -> list[str]:
    """List the functions that take more lines than a function may."""
    return [
        f"{node.name}: {length} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]


def catches_of_everything(source: str) -> list[int]:
    """List the lines that catch Exception, BaseException or anything at all."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or any(
                isinstance(part, ast.Name) and part.id in {"Exception", "BaseException"}
                for part in ast.walk(node.type)
            )
        )
    ]


def prints(source: str) -> list[int]:
    """List the lines that call print."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]


def is_mutable(value: ast.expr) -> bool:
    """Tell whether an expression makes something that can be changed later."""
    if isinstance(value, ast.Call):
        function = value.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        return name in MUTABLE_TYPES
    if isinstance(value, ast.BinOp):
        return is_mutable(value.left) or is_mutable(value.right)
    return isinstance(value, MUTABLE_LITERALS)


def mutable_state(source: str) -> list[int]:
    """List the lines where a module or a class keeps something mutable, or a global is changed."""
    tree = ast.parse(source)
    found = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Global)]
    return sorted(found + [node.lineno for node in kept_values(tree) if is_mutable(node)])


def kept_values(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the values that modules and classes assign; `__all__` is a list by convention."""
    classes = (node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    for statement in chain(tree.body, *classes):
        if isinstance(statement, ast.Assign):
            names = [target.id for target in statement.targets if isinstance(target, ast.Name)]
            if names != ["__all__"]:
                yield statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            # The type checker refuses to change what is annotated as read-only.
            fixed = READ_ONLY.search(ast.unparse(statement.annotation))
            yield from () if fixed else (statement.value,)


def test_lower_floors_never_import_higher_ones() -> None:
    """The contracts of .importlinter are kept."""
    # In a process of its own: it configures logging, which other tests listen to.
    linter = Path(sys.executable).with_name("lint-imports")
    command = [str(linter), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    assert result.returncode == 0, result.stdout


def test_no_python_file_is_too_long() -> None:
    """A file of code or tests is one that can be read in one sitting."""
    paths = modules("src", "tests", "tools")
    lengths = {named(path): len(path.read_text().splitlines()) for path in paths}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


@pytest.mark.parametrize("path", modules("src", "tools"), ids=named)
def test_a_module_keeps_the_rules(path: Path) -> None:
    """Functions are short, nothing is printed, and no module or class holds mutable state."""
    source = path.read_text()
    assert long_functions(source) == []
    assert prints(source) == []
    assert mutable_state(source) == []


def test_only_the_outer_edge_catches_everything() -> None:
    """Whatever is not expected reaches the one place that turns it into an answer."""
    paths = modules("src", "tools")
    files = {named(path) for path in paths if catches_of_everything(path.read_text())}
    assert files == CATCHES_EVERYTHING


def test_nothing_is_left_for_later() -> None:
    """No file holds a note about work that is not done."""
    assert lines_with(UNFINISHED, project_files()) == []


def test_no_file_names_a_package_registry() -> None:
    """Where packages come from is the business of whoever installs them."""
    assert lines_with(REGISTRIES, project_files()) == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    """Nothing depends on where somebody keeps their files."""
    assert lines_with(MACHINE_PATHS, project_files()) == []


@pytest.mark.parametrize(
    "source",
    [
        "names = []",
        "names: Final = {}",
        "names: Final = {} | MORE",
        "names: MutableMapping[str, int] = {}",
        "import collections\ncounts = collections.Counter()",
        "class Kept:\n    names = {1}",
        "count = 0\ndef add():\n    global count\n    count += 1",
    ],
)
def test_mutable_state_is_found(source: str) -> None:
    """Each way to keep something mutable in a module is seen."""
    assert len(mutable_state(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "names: Final = ('a', 'b')",
        "names = frozenset({'a'})",
        "names: Final[Mapping[str, int]] = {'a': 1}",
        "names = MappingProxyType({'a': 1})",
        "__all__ = ['a']",
        "def names():\n    found = []\n    return found",
    ],
)
def test_constants_and_local_lists_are_no_mutable_state(source: str) -> None:
    """What cannot change, or is gone when a function returns, is let be."""
    assert mutable_state(source) == []


@pytest.mark.parametrize(
    "caught", ["", " Exception", " BaseException as error", " (OSError, Exception)"]
)
def test_catching_everything_is_found(caught: str) -> None:
    """Each way to catch everything is seen."""
    assert catches_of_everything(f"try:\n    run()\nexcept{caught}:\n    pass") == [3]


def test_long_functions_and_prints_are_found() -> None:
    """The gates on length and on print can fail."""
    body = "\n".join(f"    print({number})" for number in range(LONGEST_FUNCTION))
    assert long_functions(f"def f():\n{body}") == [f"f: {LONGEST_FUNCTION + 1} lines"]
    assert len(prints(f"def f():\n{body}")) == LONGEST_FUNCTION


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (UNFINISHED, "# TO" + "DO: mend"),
        (REGISTRIES, "https://py" + "pi.org/simple"),
        (MACHINE_PATHS, "see /ho" + "me/anna/notes"),
    ],
)
def test_what_no_file_may_hold_is_found(pattern: re.Pattern[str], text: str) -> None:
    """The patterns find what they are for."""
    assert pattern.search(text)
