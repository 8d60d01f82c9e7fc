"""What is pasted along with a quotation and is none of its words: who said it, and that it was said."""

from __future__ import annotations

import re

from quotes.lexicon import load
from quotes.store.wording import words

LONGEST = 10_000  # code points of what is looked through
FEW, NAME = 3, 6  # words of a quotation without marks before a dash, and of the longest name behind it

_MARKED = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”»]|(?<!\w)['‘]((?:[^'‘’]|['’](?=\w))+)['’](?!\w)")
_DASHED = re.compile(r"\s*(?:--?|[–—―~])\s*\w")
_NAMED = re.compile(rf"\s(?:--?|[–—―~])\s?(?:[^\W\d_a-zß-öø-ÿ][\w.'’-]*\s*){{1,{NAME}}}$")


def uncredited(pasted: str) -> str:
    """The quotation alone, where it begins with its mark and the rest credits it, or a name follows it behind a dash.

    >>> uncredited("'The mill is ours' - Ada Quill"), uncredited("“It is,” she said, “ours.”")
    ('The mill is ours', 'It is, ours.')
    """
    if len(pasted) > LONGEST:
        return pasted
    pasted = pasted.strip()
    parts = [*_MARKED.finditer(pasted)]
    if parts and parts[0].start() == 0:
        quoted = " ".join(part[1] or part[2] for part in parts)
        rest = _MARKED.sub(" ", pasted)
        credit = 0 < len(words(rest)) <= len(words(quoted))
        return quoted if credit and (_DASHED.match(rest) or _reports(rest)) else pasted
    named = _NAMED.search(pasted)
    return pasted[: named.start()] if named and len(words(pasted[: named.start()])) >= FEW else pasted


def _reports(rest: str) -> bool:
    return "according to" in rest or any(load().reports(word.folded) for word in words(rest))
