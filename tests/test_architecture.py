"""The house as the README draws it: every file is in its table, and imports point one way."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| (\d+) \| (.+?) \|", re.MULTILINE)
FILES = sorted([*(ROOT / "quotes").rglob("*.py"), *(ROOT / "cli").rglob("*.py")])


def floors() -> dict[str, int]:
    """Room → floor, from the README's table; a room imports only from floors below its own."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return {room: int(n) for n, rooms in ROW.findall(readme) for room in re.findall(r"`([\w/]+?)/?`", rooms)}


def room(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] == "cli":
        return "cli"
    return parts[1] if len(parts) > 1 else "quotes"


def imported(path: Path) -> set[str]:
    """Rooms of the project that a file imports at run time, wherever the statement stands; not for type checkers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(n)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for n in ast.walk(block)
    }
    rooms = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            rooms |= {a.name.split(".")[1] for a in node.names if a.name.startswith("quotes.")}
        elif isinstance(node, ast.ImportFrom) and node.module == "quotes":
            rooms |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("quotes."):
            rooms.add(str(node.module).split(".")[1])
    return rooms


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    table, own = floors(), room(path)
    if own in ("__init__", "data"):
        return
    assert own in table, f"{own} is missing from the README's table"
    for other in imported(path) - {own, "__version__"}:
        assert table.get(other, 99) < table[own], f"{own} (floor {table[own]}) imports {other}"


def test_every_room_of_the_table_exists() -> None:
    there = {room(p) for p in FILES}
    assert set(floors()) <= there | {"data"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_is_ever_unpickled(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {(n.module or "").split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not names & {"pickle", "dill", "joblib", "shelve", "marshal"}
