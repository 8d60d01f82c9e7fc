"""Plain reports read by rule: a subject, a verb of stating and a clause; and what only looks like one."""

from __future__ import annotations

import pytest

from marking import marked
from quotes.detectors.clauses import reader_of
from quotes.detectors.forms import sentences_of
from quotes.detectors.reports import stated
from quotes.lexicon import load
from quotes.models import Extents

LEXICON = load("en")


def read(text: str) -> list[tuple[Extents, Extents, Extents]]:
    found = stated(text, sentences_of(text, LEXICON), reader_of(LEXICON))
    return [(a.source, a.cue, a.content) for a in found]


@pytest.mark.parametrize(
    "markup",
    [
        "It rained. {source Ann Quill} {cue maintained} that {content the well was dry}.",
        "{source She} {cue emphasised} that {content the well had been dry for years}.",
        "{source The minister} {cue never conceded} that {content it was dry}.",
        "{source Ann Quill, who lives in Leeds,} {cue admitted} {content the well was dry}.",
        "{source The minister} {cue claims} {content they are late}.",
        "{source Officials} {cue insisted} {content the fire was out}.",
    ],
)
def test_a_plain_report_is_read(markup: str) -> None:
    case = marked(markup)
    (wanted,) = case.attributions
    ((source, cue, content),) = read(case.text)
    assert (cue, content) == (wanted.cue, wanted.content)
    assert source[0].of(case.text).rstrip(",") == wanted.source[0].of(case.text).rstrip(",")


@pytest.mark.parametrize(
    "text",
    [
        "Ann Quill claimed the prize that was hers.",
        "Ann Quill denied the charges and was released.",
        "Ann Quill announced the day it was built.",
        "Ann Quill was told that it was dry.",
        "Ann Quill came home and then claimed that it was dry.",
        "The man who claimed that it was dry left.",
        "Ann Quill showed that it was dry.",
        "Ann Quill claimed that.",
        "Ann Quill claimed he.",
        "Ann Quill accepted the job Leeds had offered.",
        "Ann Quill maintained the roads people were using.",
        "Ann Quill conceded the election was lost and left the stage.",
        "Ann Quill claimed that “it was dry”.",
    ],
)
def test_what_leaves_doubt_is_not_read(text: str) -> None:
    assert read(text) == []
