"""What inputs that mean harm cost at full size: `python benchmarks/hostile.py [--only WORD]`.

Each is a file, or an address at a real server on loopback, and is given to `quotes add` as anyone would; a page that
means no harm is first. The table has how long the command took, the most memory that a process of it held, and what it
said. Exit code 1 if any says more or less than one line, stores something, or takes more than SECONDS or MEGABYTES.

Only the redirect to this machine needs help, since a server on loopback is never public: there 127.0.0.2 counts as if
it were (on a Mac: `sudo ifconfig lo0 alias 127.0.0.2`).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from pathlib import Path

SECONDS, MEGABYTES = 120, 1_000  # bounds of one command; a server that drips is given 60 s
GIGABYTES = 2  # that bombs unpack to and endless files have
BLOCK = 1 << 20
FIRST = "from quotes.readers import connections as c; is_public = c.is_public"
PUBLIC = "c.is_public = lambda address: address == '127.0.0.2' or is_public(address)"
RUN = "from quotes_cli.__main__ import main; main()"
PAGE = b"<html><body><article><p>" + b"The river rose, Nora Wells, the mayor of Ashby, said. " * 20 + b"</p></article>"
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{ENTITIES}]><%s>&e9;</%s>'
FEED = b'<rss version="2.0"><channel><title>News</title>'
ITEM = b"<item><title>Flood</title><link>http://news.example/1</link></item>"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MULTIPART = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
RELATED = '<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>'
NOTHING = "<a/>" * 250_000
RECORD = "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: text/plain\r\n%s"


@dataclass(frozen=True)
class Answer:
    """What a server sends: a status, headers, and a body that may have no end."""

    body: Iterable[bytes] = ()
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    dripping: bool = False  # begin with the head, a byte a second


def drip() -> Iterator[bytes]:
    """A byte a second."""
    while True:
        yield b"x"
        time.sleep(1)


def served(answers: dict[str, Answer], host: str = "127.0.0.1") -> str:
    """The address of a running server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path, Answer(status=404))
            with suppress(OSError):
                for byte in drip() if answer.dripping else ():
                    self.wfile.write(byte)
                self.send_response(answer.status)
                for name, value in answer.headers:
                    self.send_header(name, value)
                self.end_headers()
                for block in answer.body:
                    self.wfile.write(block)

        def log_message(self, *arguments: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://{host}:{server.server_port}"


def pressed(head: bytes = b"", block: bytes = bytes(BLOCK), form: int = 31) -> Iterator[bytes]:
    """A head and two gigabytes of one block, packed: gzip, or with 15 what PDF has."""
    press = zlib.compressobj(9, zlib.DEFLATED, form)
    yield press.compress(head)
    for part in repeat(block, GIGABYTES * 1024):
        yield press.compress(part)
    yield press.flush()


def sparse(path: Path, head: bytes) -> None:
    """A file of two gigabytes that takes no room: a head, and NUL."""
    path.write_bytes(head)
    os.truncate(path, GIGABYTES << 30)


def poured(path: Path, blocks: Iterable[bytes]) -> None:
    """A file of blocks."""
    with path.open("wb") as file:
        file.writelines(blocks)


def zip_bomb(path: Path) -> None:
    """An archive with a text of two gigabytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.txt", "w") as member:
        for block in repeat(bytes(BLOCK), GIGABYTES * 1024 - 1):
            member.write(block)


def workbook(path: Path, sheet: str) -> None:
    """A workbook whose only sheet is this XML."""
    from xlsxwriter import Workbook

    with Workbook(path.with_suffix(".whole.xlsx")) as book:
        book.add_worksheet().write_row(0, 0, ["text"])
    with zipfile.ZipFile(path.with_suffix(".whole.xlsx")) as whole, zipfile.ZipFile(path, "w") as made:
        for name in whole.namelist():
            made.writestr(name, sheet if name.endswith("sheet1.xml") else whole.read(name))


def rows(written: str) -> str:
    """A sheet with these rows."""
    return f'<worksheet xmlns="{SHEET}"><sheetData>{written}</sheetData></worksheet>'


def cell(row: int) -> str:
    """A row with one cell."""
    return f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>text</t></is></c></row>'


def writing(path: Path, blocks: Iterable[str]) -> None:
    """A document of an office with this XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", RELATED)
        with package.open("word/document.xml", "w") as part:
            for block in blocks:
                part.write(block.encode())


def pdf(path: Path, *objects: bytes) -> None:
    """A document of these objects, the first its catalog."""
    data, starts = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        starts.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    path.write_bytes(b"%bxref\n0 %d\n0000000000 65535 f \n%b%b" % (data, len(objects) + 1, table, end))


def page_tree(path: Path) -> None:
    """A document whose ten nodes name the next ten times each: 10 ** 10 pages."""
    nodes = [b"<</Type/Pages/Count 9/Kids[%b]>>" % (b"%d 0 R " % (number + 3) * 10) for number in range(10)]
    pdf(path, b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")


def page_bomb(path: Path) -> None:
    """A document with a page of two gigabytes."""
    stream = b"".join(pressed(block=b"(She said it rained.) Tj T* " * 40_000, form=15))
    pdf(
        path,
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 900]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(stream), stream),
    )


FILES: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a text of 2 GB": ("a.txt", lambda at: sparse(at, b"It rained.")),
    "a page of 2 GB": ("a.html", lambda at: sparse(at, PAGE)),
    "a page nested a million deep": ("deep.html", lambda at: poured(at, [b"<div>" * 1_000_000, PAGE])),
    "a feed of 2 GB": ("a.rss", lambda at: sparse(at, FEED)),
    "a feed of entities of entities": ("laughs.rss", lambda at: poured(at, [(LAUGHS % ("rss", "rss")).encode()])),
    "a message of 2 GB": ("a.eml", lambda at: sparse(at, b"Subject: rain\n\n")),
    "a message of 190 MB of empty lines": ("lines.eml", lambda at: poured(at, repeat(b"\n" * BLOCK, 190))),
    "a message of 900 multiparts and 300,000 lines": (
        "deep.eml",
        lambda at: poured(at, [*(MULTIPART % (n, n) for n in range(900)), b"\n", b"x\n" * 300_000]),
    ),
    "a line of 2 GB in 2 MB of gzip": ("a.jsonl.gz", lambda at: poured(at, pressed(b'{"text": "', b"x" * BLOCK))),
    "a text of 2 GB in 2 MB of zip": ("a.zip", zip_bomb),
    "190 MB of empty lists in JSON": ("a.json", lambda at: poured(at, [b"[", *repeat(b"[]," * 350_000, 190), b"0]"])),
    "190 MB of separators in CSV": ("a.csv", lambda at: poured(at, [b"text,title\n", *repeat(b"," * BLOCK, 190)])),
    "a workbook with a cell in row 10 ** 12": ("row.xlsx", lambda at: workbook(at, rows(cell(1) + cell(10**12)))),
    "a workbook of entities of entities": ("laughs.xlsx", lambda at: workbook(at, LAUGHS % ("worksheet", "worksheet"))),
    "a document of entities of entities": ("laughs.docx", lambda at: writing(at, [LAUGHS % ("x", "x")])),
    "a document of 190 MB of nothing in 1 MB": (
        "empty.docx",
        lambda at: writing(at, ["<x>", *repeat(NOTHING, 190), "</x>"]),
    ),
    "a WARC record of 2 GB in 2 MB": (
        "a.warc.gz",
        lambda at: poured(at, pressed((RECORD % f"Content-Length: {GIGABYTES << 30}\r\n\r\n").encode())),
    ),
    "a WARC record whose head never ends": ("head.warc.gz", lambda at: poured(at, pressed((RECORD % "X: ").encode()))),
    "a PDF of 10 ** 10 pages": ("pages.pdf", page_tree),
    "a PDF with a page of 2 GB": ("page.pdf", page_bomb),
}


def addresses(folder: Path) -> dict[str, str]:
    """What servers do that mean harm, by name: the address to read."""
    poured(folder / "bomb.gz", pressed(PAGE))
    site = served(
        {
            "/page": Answer([PAGE], headers=(("Content-Type", "text/html"),)),
            "/bomb": Answer([(folder / "bomb.gz").read_bytes()], headers=(("Content-Encoding", "gzip"),)),
            "/endless": Answer(repeat(PAGE)),
            "/feed": Answer(chain_of(FEED, ITEM * 1000), headers=(("Content-Type", "application/rss+xml"),)),
            "/drip": Answer(drip()),
            "/slow": Answer(dripping=True),
            "/file": Answer(status=302, headers=(("Location", "file:///etc/passwd"),)),
            "/round": Answer(status=302, headers=(("Location", "/round"),)),
        }
    )
    endless = served({"/robots.txt": Answer(repeat(b"# never ends\n" * 1000)), "/a": Answer([PAGE])})
    public = served({"/a": Answer(status=302, headers=(("Location", f"{site}/page"),))}, "127.0.0.2")
    return {
        "a page that means no harm": f"{site}/page",
        "an answer of 2 GB in 2 MB of gzip": f"{site}/bomb",
        "a page that never ends": f"{site}/endless",
        "a feed that never ends": f"{site}/feed",
        "a server that sends a byte a second": f"{site}/drip",
        "the same with its head": f"{site}/slow",
        "a robots.txt that never ends": f"{endless}/a",
        "a redirect to file://": f"{site}/file",
        "a redirect to itself": f"{site}/round",
        "a redirect to 127.0.0.1": f"{public}/a",
    }


def chain_of(first: bytes, then: bytes) -> Iterator[bytes]:
    """One block, and another without end."""
    yield first
    yield from repeat(then)


def measure(place: str, folder: Path) -> tuple[int, list[str], float, float]:
    """Exit code, the lines said, seconds, and megabytes of `quotes add`; 127.0.0.2 stands for a public server."""
    private = [] if "//127.0.0.2" in place else ["--allow-private"]
    command = [
        sys.executable,
        "-c",
        f"{FIRST}; {PUBLIC}; {RUN}",
        "-d",
        str(folder / "quotes.db"),
        "add",
        place,
        *private,
    ]
    began = time.monotonic()
    with (folder / "said").open("w+b") as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        late = threading.Timer(SECONDS + 30, process.kill)
        late.start()
        _, status, used = os.wait4(process.pid, 0)
        late.cancel()
        said.seek(0)
        lines = said.read().decode().splitlines()
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return process.returncode, lines, time.monotonic() - began, peak


def row(name: str, place: str, folder: Path) -> bool:
    """Print what became of an input; whether it is as it should be."""
    code, lines, seconds, peak = measure(place, folder)
    harmless = name == "a page that means no harm"
    expected = code == 0 and not lines if harmless else code == 3 and len(lines) == 1
    good = expected and seconds <= SECONDS and peak <= MEGABYTES
    said = re.sub(r"^skipped:? *", "", " / ".join(lines).replace(place, "…")) or "stored"
    print(f"{'' if good else 'FAILED '}{name:50} {seconds:6.1f} s {peak:6,.0f} MB\n    {said}", flush=True)
    return good


def main() -> None:
    """Print two lines for each input."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="WORD", help="inputs with this in their name")
    chosen = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as place:
        for name, address in addresses(Path(place)).items():
            if chosen.only in name:
                results.append(row(name, address, Path(place)))
        for name, (file, make) in FILES.items():
            if chosen.only in name:
                inside = Path(place, "input")
                inside.mkdir()
                make(inside / file)
                results.append(row(name, str(inside / file), Path(place)))
                shutil.rmtree(inside)
    print(f"{sum(results)} of {len(results)} as they should be; bounds {SECONDS} s and {MEGABYTES:,} MB")
    raise SystemExit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
