"""Whether a download is a table: CSV with one header and rows of its length (RFC 4180)."""

from __future__ import annotations

import csv
import io


def table_fault(text: str) -> tuple[int, str, str] | None:
    """Return the line and what is wrong there, in Italian and in English, if anything is."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows, [])
        if not header or not all(name.strip() for name in header):
            return 1, "una colonna non ha nome", "a column has no name"
        if len(set(header)) < len(header):
            return 1, "due colonne hanno lo stesso nome", "two columns have the same name"
        for row in rows:
            if len(row) != len(header):
                return _unequal(rows.line_num, len(row), len(header))
    except csv.Error as error:
        return rows.line_num, f"non è CSV: {error}", f"this is no CSV: {error}"
    return None


def _unequal(line: int, cells: int, columns: int) -> tuple[int, str, str]:
    return (
        line,
        f"le celle sono {cells} e le colonne {columns}",
        f"there are {cells} cells for {columns} columns",
    )
