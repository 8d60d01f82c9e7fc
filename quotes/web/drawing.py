"""Pictures as SVG, drawn by hand: they need no script, print, and are read out by their title."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

WIDTH, HEIGHT, FOOT = 720, 96, 18  # of the timeline, in its own units
GAP = 2


def timeline(months: Sequence[tuple[str, int]]) -> str:
    """Bars for claims by month, ``("2024-03", 12)`` in order; months between without any are empty places."""
    if not months:
        return ""
    counts, first, last = dict(months), months[0][0], months[-1][0]
    names = list(_span(first, last))
    most, width = max(counts.values()), WIDTH / max(len(names), 12)
    title = f"Claims by month, {first} to {last}, at most {most} a month"
    svg = Element("svg", {"viewBox": f"0 0 {WIDTH} {HEIGHT + FOOT}", "role": "img", "class": "timeline"})
    SubElement(svg, "title").text = title
    for place, name in enumerate(names):
        if count := counts.get(name):
            _bar(svg, place * width, width, HEIGHT * count / most, f"{name}: {count}")
    for place, anchor in ((0, "start"), (len(names) - 1, "end")):
        if place or anchor == "start":
            x = place * width if anchor == "start" else (place + 1) * width
            SubElement(svg, "text", {"x": f"{x:.1f}", "y": str(HEIGHT + 14), "text-anchor": anchor}).text = names[place]
    return tostring(svg, encoding="unicode")


def _bar(svg: Element, x: float, width: float, height: float, title: str) -> None:
    tall = max(height, 2)
    bar = SubElement(
        svg,
        "rect",
        {"x": f"{x:.1f}", "y": f"{HEIGHT - tall:.1f}", "width": f"{max(width - GAP, 1):.1f}", "height": f"{tall:.1f}"},
    )
    SubElement(bar, "title").text = title


def _span(first: str, last: str) -> list[str]:
    """Every month from one to the other, both included."""
    start, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]
