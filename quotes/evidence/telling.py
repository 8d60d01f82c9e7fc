"""A verdict in a sentence, and everything about it and about versions as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from quotes.evidence.bearers import related
from quotes.evidence.changes import Likeness
from quotes.evidence.checking import Checked, InText
from quotes.evidence.copies import Version
from quotes.evidence.figures import differing
from quotes.evidence.findings import Finding, Row

MOST = 5  # words that are named


def summary(checked: Checked) -> str:
    """The verdict in one sentence: who said it, or how what was said differs."""
    best = next(iter(checked.found), None)
    if best and checked.verdict == "altered" and best.likeness.only_under:
        under = f"but under “{best.likeness.under}”"
        return f"Word for word, {under}: {_who(best.row)}{_printed(best.row)}.{_not_said(best)}"
    if checked.misattributed:
        other = checked.others[0]
        if other.likeness.only_under:
            under = f"said by {_who(other.row)}, not {checked.asked}, and under “{other.likeness.under}”"
            return f"The words are found, but {under}{_printed(other.row)}.{_not_said(other)}"
        if other.likeness.altered:
            who = f"{_who(other.row)}, not {checked.asked}, said something else"
            return f"Not so: {who}{_printed(other.row)}; {other.likeness}.{_not_said(other)}"
        so = "" if other.grade == "exact" else f", and otherwise ({other.likeness})"
        known = related(str(checked.asked), _who(other.row))
        whether = f"; whether that is {checked.asked} is not known" if known else f", not {checked.asked}"
        return f"The words are found, but said by {_who(other.row)}{_but(other)}{whether}{so}.{_not_said(other)}"
    if best and checked.verdict == "exact":
        more = f"{_more(checked.found)}{_otherwise(checked)}"
        return f"Word for word{_but(best)}: {_who(best.row)}{_printed(best.row)}{more}.{_not_said(best)}"
    if best and checked.verdict == "near":
        otherwise = "pieces of what was said are put together; " if best.stitched else ""
        return f"Nearly{_but(best)}: {_who(best.row)}{_printed(best.row)}; {otherwise}{best.likeness}.{_not_said(best)}"
    if best and checked.verdict == "altered":
        so = f"{_who(best.row)} said something else{_printed(best.row)}"
        return f"Not so: {so}; {best.likeness}.{_not_said(best)}"
    if checked.verdict == "spliced":
        return _apart(checked)
    if checked.verdict == "text":
        return _in_article(checked.texts[0].likeness)
    if checked.verdict == "idea" and best:
        shared = sorted(best.shared[:MOST], key=checked.alleged.find)
        spoke = f"{_who(best.row)} spoke of {', '.join(f'“{word}”' for word in shared)}"
        return f"Only the idea: {'; '.join([spoke, *differing(checked.alleged, best.text)])}."
    where = "Not in what the filters leave of this collection." if checked.narrowed else "Not in this collection."
    return where + (" The nearest claims share only some words." if checked.nearest else "")


def _apart(checked: Checked) -> str:
    """That a quotation is put together, and where each part of it stands; what is left out where a part differs too."""
    rows = [piece.finding.row for piece in checked.pieces]
    if not rows:
        best = checked.found[0]
        return f"Spliced: pieces of what {_who(best.row)} said are put together{_printed(best.row)}; {best.likeness}."
    one = len({row["article_id"] for row in rows}) == 1
    each = [
        f"“{piece.alleged.of(checked.alleged)}” (#{row['id']}{'' if one else _printed(row)})"
        for piece, row in zip(checked.pieces, rows, strict=True)
    ]
    where = f"{_printed(rows[0])}, with other words between" if one else ""
    return f"Spliced: {_who(rows[0])} said these words, but not together: {' and '.join(each)}{where}."


def _in_article(likeness: Likeness) -> str:
    if likeness.only_under:
        return f"The words stand in an article, but under “{likeness.under}”, and nobody is recorded as saying them."
    if likeness.altered:
        return f"Not so: what stands in an article is something else, and nobody is recorded as saying it; {likeness}."
    nearly = "" if likeness.exact else f"; {likeness}"
    words = "Nearly these words" if nearly else "The words"
    return f"{words} stand in an article, but nobody is recorded as saying them{nearly}."


def told(checked: Checked) -> dict[str, Any]:
    """Everything: verdict, said (bool), summary, found, others, texts, pieces and nearest, with offsets."""
    return {
        "alleged": checked.alleged,
        "asked": checked.asked,
        "verdict": checked.verdict,
        "said": checked.said,
        "summary": summary(checked),
        "found": [_finding(checked.alleged, finding) for finding in checked.found],
        "others": [_finding(checked.alleged, finding) for finding in checked.others],
        "texts": [_in_text(checked.alleged, text) for text in checked.texts],
        "pieces": [
            {
                "start": piece.alleged.start,
                "end": piece.alleged.end,
                **_finding(piece.alleged.of(checked.alleged), piece.finding),
            }
            for piece in checked.pieces
        ],
        "nearest": [{**row, "figures": differing(checked.alleged, row["quote"])} for row in checked.nearest],
    }


def table(checked: Checked) -> Iterator[Row]:
    """A row for each claim that a verdict rests on, or article with the words: a claim's keys, those of what was found.

    ``sort``: found, others, pieces, texts or nearest; ``grade``, ``similarity`` and ``explanation`` as in ``told``.
    """
    everything = told(checked)
    for sort in ("found", "others", "pieces"):
        for one in everything[sort]:
            shared = {key: one[key] for key in ("grade", "similarity")}
            explained = "; ".join([one["explanation"], *one["figures"]])
            for row in one["claims"]:
                yield {**row, "verdict": checked.verdict, "sort": sort, **shared, "explanation": explained}
    for one in everything["texts"]:
        place = {"article": one["article"]["title"], "quote": one["words"], "start": one["start"], "end": one["end"]}
        told_ = {key: one[key] for key in ("similarity", "explanation")}
        known = {key: one["article"][key] for key in ("publisher", "byline", "published", "url", "where")}
        yield {**known, **place, "verdict": checked.verdict, "sort": "texts", **told_}
    for row in everything["nearest"]:
        yield {**row, "verdict": checked.verdict, "sort": "nearest", "explanation": "; ".join(row["figures"])}


def rows(versions: Sequence[Version], quotation: str) -> Iterator[Row]:
    """A row for each claim of each version: a claim's keys and those of the version, numbered from 1.

    ``other_speaker``: somebody else is named for it than in the claim printed first.
    """
    first = versions[0].rows[0]["speaker_id"] if versions else None
    for number, version in enumerate(versions, 1):
        alleged, printed = (quotation, version.text) if version.longer else (version.text, quotation)
        for row in version.rows:
            yield {
                **row,
                "version": number,
                "altered": version.altered,
                "copy": row["id"] in version.copies,
                "other_speaker": None not in (first, row["speaker_id"]) and row["speaker_id"] != first,
                "longer": version.longer,
                **_likeness(alleged, printed, version.likeness),
            }


def _finding(alleged: str, finding: Finding) -> dict[str, Any]:
    return {
        "grade": finding.grade,
        "stitched": finding.stitched,
        **_likeness(alleged, finding.text, finding.likeness),
        "shared": list(finding.shared),
        "figures": differing(alleged, finding.text) if finding.grade == "idea" else [],
        "claims": list(finding.rows),
    }


def _in_text(alleged: str, found: InText) -> dict[str, Any]:
    place = found.likeness.extent
    return {
        "article": found.article,
        "start": place.start,
        "end": place.end,
        "words": place.of(found.text),
        **_likeness(alleged, found.text, found.likeness),
    }


def _likeness(alleged: str, text: str, likeness: Likeness) -> dict[str, Any]:
    return {
        "similarity": round(likeness.similarity, 4),
        "same": likeness.same,
        "of": likeness.of,
        "explanation": str(likeness),
        "changes": [
            {"kind": change.kind, "alleged": change.alleged, "printed": change.printed, "sentence": str(change)}
            for change in likeness.changes
        ],
        "diff": [
            {"kind": part.kind, "words": part.alleged.of(alleged) if part.kind == "alleged" else part.printed.of(text)}
            for part in likeness.parts
        ],
    }


def _who(row: Row) -> str:
    return row["speaker"] or (f"“{row['as_printed']}”" if row["as_printed"] else "somebody who is not named")


def _printed(row: Row) -> str:
    day = f", {row['published'][:10]}" if row["published"] else ""
    return f"{day}, {row['publisher']}" if row["publisher"] else day


def _more(found: Sequence[Finding]) -> str:
    """How often a wording was printed, if more than once; the first to be named is the earliest."""
    rows = [finding.row for finding in found if finding.grade == "exact"]
    who = {row["speaker_id"] for row in rows if row["speaker_id"] is not None}
    by = f" by {len(who)} speakers" if len(who) > 1 else ""
    return f"; {len(rows)} claims in all{by}" if len(rows) > 1 else ""


def _otherwise(checked: Checked) -> str:
    """How many other outlets print something else in it, and what the first of them does."""
    found = checked.otherwise
    if not found or (change := found[0].reworded) is None:
        return ""
    outlets = len({one.row["publisher"] for one in found})
    printed = f"“{change.printed}”" if change.printed else f"it without “{change.alleged}”"
    return f"; but {outlets} other outlet{'s print' if outlets > 1 else ' prints'} {printed}"


def _not_said(finding: Finding) -> str:
    return " The article says that this was not said." if finding.unsaid else ""


def _but(finding: Finding) -> str:
    if finding.teller:
        return f", but as {_who(finding.teller)} tells it"
    if finding.undenied:
        return f", but neither said nor denied (“{finding.undenied}”)"
    return f", but in a denial (“{finding.denial}”)" if finding.denial else ""
