"""What a collection has to say about a quotation: did anyone say it, who, where, when, and what was altered since."""

from quotes.evidence.changes import Change, Likeness, Part
from quotes.evidence.checking import Checked, check
from quotes.evidence.comparison import compare
from quotes.evidence.copies import Version, versions
from quotes.evidence.findings import Finding
from quotes.evidence.telling import rows, summary, table, told

__all__ = [
    "Change",
    "Checked",
    "Finding",
    "Likeness",
    "Part",
    "Version",
    "check",
    "compare",
    "rows",
    "summary",
    "table",
    "told",
    "versions",
]
