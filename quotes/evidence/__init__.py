"""What a collection has to say about a quotation: did anyone say it, who, where, when, and what was altered since."""

from quotes.evidence.checking import check
from quotes.evidence.comparison import Change, Likeness, Part, compare

__all__ = ["Change", "Likeness", "Part", "check", "compare"]
