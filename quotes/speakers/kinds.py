"""What kind of speaker a noun names: an organisation, a document, a group, or somebody unnamed."""

from __future__ import annotations

from quotes.models import SpeakerType
from quotes.speakers.vocabulary import Vocabulary, plural, singular

UNNAMED = frozenset({"source", "insider", "person", "someone", "somebody", "nobody", "anyone"})

# So many speak as sources of their own, whom an article could name; "critics" and "many officials" are a group.
HANDFUL = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several"})


def kind_of(head: str, determiner: str, owned: bool, words: Vocabulary) -> SpeakerType:
    """The kind of speaker that a noun phrase names.

    ``head`` is its noun in lower case, ``owned`` tells whether somebody owns it: "Thomas' sister" is one person whom
    everybody could name, "a sister" is nobody in particular.
    """
    if singular(head) in UNNAMED or head == "another":
        return "anonymous"
    if determiner in HANDFUL and (head == "people" or words.role(singular(head))):
        return "anonymous"
    if owned and head in words.lexicon.kinship and not plural(head):
        return "person"
    if words.group(head) or head in words.uses["quantity"]:
        return "group"
    if words.role(head):
        return "anonymous"
    if head == "paper" and determiner in ("a", "an", "another"):  # "the paper" may be a newspaper
        return "document"
    if words.organisation(head) and head not in words.brands - words.lexicon.organisations:
        return "organisation"
    if words.document(head):
        return "document"
    if plural(head) or determiner in words.uses["quantity"]:
        return "group"
    return "anonymous"
