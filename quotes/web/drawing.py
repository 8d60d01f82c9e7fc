"""Pictures as SVG, drawn by hand: they need no script, print, and are read out by their titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

WIDTH, HEIGHT, FOOT = 720, 80, 18  # of the timeline, in its own units
GAP, WIDEST, LEAST = 2, 120, 24  # between bars; bars at most, and places for bars at least


def timeline(rows: Sequence[Mapping[str, Any]]) -> Markup:
    """Bars for claims by month, each a link to its claims; rows as ``Store.timeline`` has them.

    Months without any are empty places; by year where the months would be too many.
    """
    if not rows:
        return Markup("")
    counts = {row["period"]: row["claims"] for row in rows}
    names, unit = _months(rows[0]["period"], rows[-1]["period"]), "month"
    if len(names) > WIDEST:
        counts, unit = _by_year(counts), "year"
        names = [f"{year:04}" for year in range(int(names[0][:4]), int(names[-1][:4]) + 1)]
    most, width = max(counts.values()), WIDTH / max(len(names), LEAST)
    svg = Element("svg", {"viewBox": f"0 0 {WIDTH} {HEIGHT + FOOT}", "class": "timeline"})
    for place, name in enumerate(names):
        if count := counts.get(name):
            _bar(svg, place * width, width, HEIGHT * count / most, name, count)
    for place, anchor in ((0, "start"), (len(names), "end"))[: min(len(names), 2)]:
        label = SubElement(svg, "text", {"x": f"{place * width:.1f}", "y": str(HEIGHT + 14), "text-anchor": anchor})
        label.text = names[min(place, len(names) - 1)]
    caption = f"Claims by {unit} of publication, at most {most:,} a {unit}"
    figure = Element("figure")
    figure.append(svg)
    SubElement(figure, "figcaption", {"class": "facts"}).text = caption
    return Markup(tostring(figure, encoding="unicode"))  # noqa: S704 - every name in it was escaped by ElementTree


def _bar(svg: Element, x: float, width: float, height: float, name: str, count: int) -> None:
    tall, label = max(height, 2), f"{name}: {count:,} {'claim' if count == 1 else 'claims'}"
    link = SubElement(svg, "a", {"href": f"?when={name}#claims", "aria-label": label})
    place = {
        "x": f"{x:.1f}",
        "y": f"{HEIGHT - tall:.1f}",
        "width": f"{max(width - GAP, 1):.1f}",
        "height": f"{tall:.1f}",
    }
    SubElement(SubElement(link, "rect", place), "title").text = label


def _by_year(counts: Mapping[str, int]) -> dict[str, int]:
    years = Counter[str]()
    for month, count in counts.items():
        years[month[:4]] += count
    return dict(years)


def _months(first: str, last: str) -> list[str]:
    """Every month from one to the other, both included."""
    start, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]
