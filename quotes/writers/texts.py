"""Text as other programs may be given it: JSON that no terminal obeys."""

from __future__ import annotations

import json
import re

# Control, bidirectional and line-breaking characters, and lone surrogates: legal in JSON, but not for a terminal.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def json_text(value: object) -> str:
    """JSON in UTF-8 for people: letters as they are, what a terminal would obey as an escape. Nothing is lost."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))
