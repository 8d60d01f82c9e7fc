"""Documents of a real writer: columns in order, page heads gone, quotations whole; what cannot be read says why."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from quotes.models import Article, Skipped
from quotes.readers import read
from quotes.readers.columns import flowing
from quotes.readers.pdf import document

QUOTES = [
    f"“{'So ' * (number % 11)}the river came over the wall in street {number} before anyone could move,” said Nora "
    f"Wells, the mayor of Ashby, who has asked the government for money every year since the last flood. “We were "
    f"lucky. Next time we may not be, and number {number} will be under water.”"
    for number in range(24)
]


def printed(paragraphs: list[str], columns: int, **told: str) -> bytes:
    """A document of so many columns with a head and a foot on every page."""

    def page(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 800, "Flood inquiry: final report")
        canvas.drawCentredString(300, 30, f"Page {canvas.getPageNumber()}")

    file = BytesIO()
    width = (A4[0] - 100) / columns
    frames = [Frame(50 + n * width, 50, width, 730, leftPadding=8, rightPadding=8) for n in range(columns)]
    made = BaseDocTemplate(file, pagesize=A4, **told)
    made.addPageTemplates(PageTemplate(frames=frames, onPage=page))
    style = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=11, spaceAfter=9)
    made.build([Paragraph(text, style) for text in paragraphs])
    return file.getvalue()


@pytest.mark.parametrize("columns", [1, 2])
def test_quotations_are_whole_in_order_and_heads_are_gone(columns: int) -> None:
    found = document(printed(QUOTES, columns, title="Flood inquiry", author="Jo Bell"), "a.pdf")
    assert isinstance(found, Article)
    assert found.text.split() == " ".join(QUOTES).split()
    assert all(text.partition(" “We")[0] in found.text for text in QUOTES)
    assert found.text.count("\n\n") <= len(QUOTES)  # a sentence that ends with a column may end a paragraph
    assert (found.title, found.authors) == ("Flood inquiry", ("Jo Bell",))
    assert found.published
    assert "T" in found.published


def test_a_document_is_read_as_files_are(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(printed(QUOTES[:2], 1, title="Microsoft Word - a.doc", author="user"))
    [article] = read(tmp_path / "a.pdf")
    assert isinstance(article, Article)
    assert article.text.endswith("\n\n".join(QUOTES[:2]))  # on a page alone nothing tells its head from its text
    assert (article.title, article.authors, article.place) == (
        "Flood inquiry: final report",
        (),
        (tmp_path / "a.pdf").as_uri(),
    )


def blank() -> bytes:
    file = BytesIO()
    canvas = Canvas(file)
    canvas.rect(50, 50, 200, 200)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def sealed() -> bytes:
    writer, file = PdfWriter(clone_from=PdfReader(BytesIO(printed(QUOTES[:1], 1)))), BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (blank, "is it a scan?"),
        (sealed, "encrypted"),
        (lambda: b"", "damaged, without end, or no PDF"),
        (lambda: b"%PDF-1.7\nrubbish", "damaged, without end, or no PDF"),
        (lambda: printed(QUOTES[:1], 1)[:400], "damaged, without end, or no PDF"),
    ],
)
def test_what_cannot_be_read_says_why(make: Callable[[], bytes], reason: str) -> None:
    found = document(make(), "a.pdf")
    assert isinstance(found, Skipped)
    assert reason in found.reason


def known(word: str) -> bool:
    return word in {"information", "well", "known", "coalition", "led"}


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("There was infor-\nmation that day.", "There was information that day."),
        ("It is a well-\nknown place.", "It is a well-known place."),
        ("The Wells-\nPark road.", "The Wells- Park road."),
        ("An unknowable gromm-\nlet, a grommlet.", "An unknowable grommlet, a grommlet."),
        ("A co-op is a co-\nop.", "A co-op is a co-op."),
        ("First one.\n\nSecond\none.", "First one.\n\nSecond one."),
        ("It rained and\n\n\n    it rained.", "It rained and\n\nit rained."),
        ("A ﬁne ﬂood.", "A fine flood."),
    ],
)
def test_lines_flow(page: str, text: str) -> None:
    assert flowing([page], known) == text


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    pages = [
        "Report\n\nIt rained.\n\nThe water stood in every road that leads to the\n\n1",
        "Report\n\ncoast.\n\nNobody was hurt.\n\n2",
    ]
    text = flowing(pages, known)
    assert text == "It rained.\n\nThe water stood in every road that leads to the coast.\n\nNobody was hurt."
