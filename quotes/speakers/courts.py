"""Who stands before a court."""

from __future__ import annotations

from collections.abc import Iterable

from quotes.speakers.mentions import Mention
from quotes.speakers.vocabulary import Vocabulary
from quotes.speakers.words import Page

REACH = 40  # words behind a name


def charged(page: Page, mention: Mention, heads: Iterable[str], words: Vocabulary) -> bool:
    """Does the text tell that somebody is tried: "Ann Lee, 54, of Mill Lane, denies two counts of arson",
    "Ann Lee appeared at Tarn Crown Court. She denies theft on two counts"?

    The name begins its sentence, and nothing else is said of who that is: counts are read out by prosecutors.
    """
    here = page.words[mention.first].sentence
    begins = not mention.lead or page.words[mention.lead - 1].sentence != here
    if not begins or not words.uses["courtesy"].issuperset(heads) or page.words[mention.last].possessive:
        return False
    after = page.words[mention.last + 1 : mention.last + 1 + REACH]
    following = next((w for w in after if w.sentence > here), None)
    until = here + (following is not None and following.text in ("He", "She"))
    return any(w.low in words.uses["charge"] and w.sentence <= until for w in after)
