"""The columns of a claim, as every listing, export and row dictionary has them."""

from __future__ import annotations

COLUMNS = (
    "claim_id",  # stable: the same words of the same article have the same id in every run
    "speaker",  # canonical name, None when we do not know
    "role",
    "speaker_kind",  # person organisation group document anonymous
    "as_printed",  # the source in the article's words
    "kind",  # direct indirect mixed
    "mode",  # statement attitude
    "negated",  # bool: it was not said
    "hearsay",  # bool: the cue hides who says it
    "quote",  # the content; pieces of a broken one joined with " … "
    "context",  # the paragraph around it, at most 300 code points on either side
    "cue",
    "said_via",  # the chain: "citing military sources"
    "article",  # its title
    "publisher",
    "byline",
    "published",
    "url",
    "paragraph",  # counted from 1
    "start",
    "end",
    "confidence",  # 0 to 1, of the attribution
    "status",  # unreviewed accepted rejected corrected
    "verdict",
    "tags",
    "notes",
    "revision",  # number of the last review, 0 before the first: what a corrected file was made from
    "moved_from",  # claim_id of an earlier run that the reviews were made of; None once a person confirmed them
    "run",
    "model",
)
DETAILS = (
    "id",  # row number: for paging
    "article_id",  # row number
    "article_uid",
    "speaker_id",  # row number
    "run_id",
    "stance",
    "lemma",
    "detector",
    "method",  # how the speaker was found
    "speaker_confidence",
    "content",  # [[start, end, words], …]
    "cue_extents",  # the same
    "source_extents",  # the same
    "mentions",  # the same: the evidence for the speaker
    "chain",  # [{relation, words, start, end, speaker, speaker_kind}, …]
    "prefix",  # up to 32 code points before the content, as in W3C selectors
    "suffix",
    "context_start",  # where the context begins in the text
    "where",
    "current",  # bool
    "also",  # how many other outlets have the same quotation, or nearly
    "reworded",  # in how many of these it is in other words only
    "reviewer",  # of the last review
    "reviewed",  # its time
    "denied",  # bool: it is what its source denies, as the stance and the words tell
    "undenied",  # the words of a source that does not deny it ("did not rule out"): negated, but not unsaid; else empty
)
