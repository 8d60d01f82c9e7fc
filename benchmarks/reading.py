"""How fast inputs of every kind are read, without looking for claims: articles and megabytes of the files a second.

    python benchmarks/reading.py [--articles 200] [--seconds 1] [--times 5] [--kind HTML] [--seed 1]

It writes its inputs by the writers that the tests use, the same articles for the same seed: paragraphs of the Wikinews
articles under tests/data, put together anew. A kind is read over and over for so many seconds, so many times: median,
least and most. Pages and documents are read in the second process that has limits, all else in this one. Megabytes are
of the files as they lie on the disk, packed if they are.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from io import BytesIO
from pathlib import Path

from quotes.models import Article
from quotes.readers import read

ROOT = Path(__file__).parent.parent
PARAGRAPHS = 12  # of an article
LINK = '<li><a href="/a">Another story of the day</a></li>'
FRAME = (  # what pages have around an article: scripts, menus, cards
    f"<meta name='x' content='y'><script>{'x = 1;' * 3000}</script></head><body><nav><ul>{LINK * 60}</ul></nav>",
    f"<aside><ul>{LINK * 40}</ul></aside><footer><ul>{LINK * 40}</ul></footer></body></html>",
)


@dataclass(frozen=True)
class Story:
    """What is written in every form."""

    title: str
    published: str
    paragraphs: list[str]

    @property
    def text(self) -> str:
        """The paragraphs between blank lines."""
        return "\n\n".join(self.paragraphs)

    @property
    def html(self) -> str:
        """The paragraphs as elements."""
        return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in self.paragraphs)

    @property
    def record(self) -> dict[str, str]:
        """The fields of an extract."""
        return {"title": self.title, "published": self.published, "publisher": "Ashby Courier", "text": self.text}


def stories(count: int, seed: int) -> list[Story]:
    """So many articles, no two the same."""
    chance = random.Random(seed)
    lines = (ROOT / "tests/data/wikinews.jsonl").read_text(encoding="utf-8").splitlines()
    known = [part for line in lines for part in json.loads(line)["text"].split("\n") if len(part) > 80]
    made = []
    for number in range(count):
        title = f"{chance.choice(known).split('.')[0][:60]}, edition {number}"
        made.append(Story(title, f"2024-01-{1 + number % 28:02}", chance.sample(known, PARAGRAPHS)))
    return made


def page(story: Story) -> str:
    """A page of some 40 kB."""
    known = {"@type": "NewsArticle", "headline": story.title, "datePublished": f"{story.published}T08:00:00+02:00"}
    head = f"<html><head><title>{escape(story.title)}</title><script type='application/ld+json'>{json.dumps(known)}"
    body = f"<article><h1>{escape(story.title)}</h1>{story.html}</article>"
    return f"{head}</script>{FRAME[0]}{body}{FRAME[1]}"


def texts(folder: Path, made: list[Story]) -> None:
    """A plain text each."""
    for number, story in enumerate(made):
        (folder / f"{number}.txt").write_text(f"{story.title}\n\n{story.text}\n", encoding="utf-8")


def pages(folder: Path, made: list[Story]) -> None:
    """A saved page each."""
    for number, story in enumerate(made):
        (folder / f"{number}.html").write_text(page(story), encoding="utf-8")


def web_archive(folder: Path, made: list[Story]) -> None:
    """One archive with the page of each, every record packed by itself, as crawlers write them."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with (folder / "news.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, story in enumerate(made):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            body, at = BytesIO(page(story).encode()), f"https://courier.example/{number}"
            writer.write_record(writer.create_warc_record(at, "response", payload=body, http_headers=head))


def documents(folder: Path, made: list[Story]) -> None:
    """A PDF of a few pages each."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    for number, story in enumerate(made):
        flow = [Paragraph(escape(text), styles["BodyText"]) for text in (story.title, *story.paragraphs)]
        SimpleDocTemplate(str(folder / f"{number}.pdf"), title=story.title, invariant=1).build(flow)


def writings(folder: Path, made: list[Story]) -> None:
    """A DOCX each, of the parts that it must have."""
    schema = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    related = '<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>'
    for number, story in enumerate(made):
        body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in story.paragraphs)
        with zipfile.ZipFile(folder / f"{number}.docx", "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("_rels/.rels", related)
            package.writestr(
                "word/document.xml", f'<w:document xmlns:w="{schema}"><w:body>{body}</w:body></w:document>'
            )


def messages(folder: Path, made: list[Story]) -> None:
    """A message each, in plain text and in HTML, quoted-printable."""
    for number, story in enumerate(made):
        message = EmailMessage()
        message["From"], message["Subject"] = "Press office <press@ashby.example>", story.title
        message["Date"] = "Tue, 05 Mar 2024 10:00:00 +0000"
        message.set_content(story.text, cte="quoted-printable")
        message.add_alternative(f"<html><body>{story.html}</body></html>", subtype="html", cte="quoted-printable")
        message.set_boundary(f"part-{number}")
        (folder / f"{number}.eml").write_bytes(message.as_bytes())


def table(folder: Path, made: list[Story]) -> None:
    """One table with a row each."""
    with (folder / "news.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(made[0].record))
        writer.writeheader()
        writer.writerows(story.record for story in made)


def workbook(folder: Path, made: list[Story]) -> None:
    """One workbook with a row each."""
    from xlsxwriter import Workbook

    with Workbook(folder / "news.xlsx") as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([list(made[0].record), *(list(story.record.values()) for story in made)]):
            sheet.write_row(row, 0, cells)


def lines(folder: Path, made: list[Story]) -> None:
    """One file with a line each."""
    (folder / "news.jsonl").write_text("".join(json.dumps(story.record) + "\n" for story in made), encoding="utf-8")


def feed(folder: Path, made: list[Story]) -> None:
    """One feed that has its articles whole, so that nothing is fetched."""
    items = "".join(
        f"<item><title>{escape(story.title)}</title><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate>"
        f"<description>{escape(story.html)}</description></item>"
        for story in made
    )
    text = f'<rss version="2.0"><channel><title>Ashby Courier</title>{items}</channel></rss>'
    (folder / "feed.xml").write_text(text, encoding="utf-8")


def agency(folder: Path, made: list[Story]) -> None:
    """An item of IPTC ninjs each, its text in XHTML."""
    for number, story in enumerate(made):
        item = {"uri": f"urn:news:{number}", "type": "text", "headline": story.title, "byline": "Jo Bell"}
        item |= {"versioncreated": f"{story.published}T08:00:00Z", "body_xhtml": story.html}
        (folder / f"{number}.json").write_text(json.dumps(item), encoding="utf-8")


def packed(folder: Path, made: list[Story]) -> None:
    """One zip archive with a plain text each."""
    with zipfile.ZipFile(folder / "news.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, story in enumerate(made):
            archive.writestr(f"{number}.txt", f"{story.title}\n\n{story.text}\n")


KINDS: dict[str, Callable[[Path, list[Story]], None]] = {
    "plain text": texts,
    "HTML": pages,
    "WARC.gz of pages": web_archive,
    "PDF": documents,
    "DOCX": writings,
    "e-mail": messages,
    "CSV": table,
    "XLSX": workbook,
    "JSON Lines": lines,
    "feed": feed,
    "ninjs": agency,
    "zip of texts": packed,
}


def rate(folder: Path, wanted: int, seconds: float) -> float:
    """Articles a second from reading a folder over and over; raises SystemExit if one is missing."""
    passes = 0
    began = time.perf_counter()
    while not passes or time.perf_counter() - began < seconds:
        found = sum(isinstance(one, Article) for one in read(folder))
        if found != wanted:
            raise SystemExit(f"{folder.name}: {found} of {wanted} articles read")
        passes += 1
    return passes * wanted / (time.perf_counter() - began)


def main() -> None:
    """Print a line for each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=1.0, help="at least, each time")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--kind", choices=KINDS, help="only this one")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    made = stories(chosen.articles, chosen.seed)
    words = sum(len(story.text.split()) for story in made) // len(made)
    print(f"{len(made):,} articles of {words} words each; median of {chosen.times}")
    print(f"{'':18} {'kB each':>8} {'articles/s':>11}   {'least – most':>17} {'MB/s':>8}")
    for kind in [chosen.kind] if chosen.kind else KINDS:
        with tempfile.TemporaryDirectory() as place:
            KINDS[kind](Path(place), made)
            size = sum(path.stat().st_size for path in Path(place).iterdir()) / len(made)
            rate(Path(place), len(made), 0)  # what is imported or started on first use
            rates = [rate(Path(place), len(made), chosen.seconds) for _ in range(chosen.times)]
        middle, spread = statistics.median(rates), f"{min(rates):,.0f} – {max(rates):,.0f}"
        print(f"{kind:18} {size / 1e3:8.1f} {middle:11,.0f}   {spread:>17} {middle * size / 1e6:8.2f}", flush=True)


if __name__ == "__main__":
    main()
