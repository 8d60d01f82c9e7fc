"""How time and memory grow where a text means harm: `python benchmarks/linear.py [CHARACTERS]`.

Each kind of text is read at a length and at twice that length, each in a process of its own. The ratio of the times is
2 where time grows as the text does and 4 where it grows as the square; what it takes to start is not counted.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable

from quotes.models import Article

NEST = 200  # levels that a page is nested in


def _nested(length: int) -> str:
    block = "<div>" * NEST + "She said it rained. " * 10 + "</div>" * NEST
    return f"<html><body>{block * (length // len(block) + 1)}</body></html>"


KINDS: dict[str, Callable[[int], str]] = {
    "prose": lambda n: 'The mayor said it rained. "We were lucky," Nora Wells said.\n\n' * (n // 62),
    "straight marks": lambda n: '"' * n,
    "opening marks": lambda n: "“" * n,
    "apostrophes": lambda n: "'" * n,
    "quotations": lambda n: '"Yes," she said. ' * (n // 17),
    "spaces": lambda n: " " * n + "she said",
    "line breaks": lambda n: "\n" * n + "she said",
    "one word": lambda n: "x" * n,
    "hyphens": lambda n: "a-" * (n // 2),
    "brackets": lambda n: "([{" * (n // 3),
    "names": lambda n: "Nora Wells Smith " * (n // 17),
    "cues": lambda n: "said " * (n // 5),
    "nested HTML": _nested,
    "attributes": lambda n: "<p " + " ".join(f"a{i}=b" for i in range(n // 8)) + ">She said it rained.</p>",
}
PAGES = ("nested HTML", "attributes")


def measure(kind: str, length: int) -> tuple[float, int]:
    """Seconds to read one text, and the most kilobytes that the process held."""
    from quotes.pipeline import extract, load
    from quotes.readers.html import read_html

    text, nlp = KINDS[kind](length), load()
    extract(Article('"It will rain," Mary Smith said.'), nlp)
    clock = time.perf_counter if kind in PAGES else time.process_time  # a page is read in another process
    begun = clock()
    if kind in PAGES:
        read_html(text.encode(), "page.html")
    else:
        extract(Article(text), nlp)
    return clock() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def apart(kind: str, length: int) -> tuple[float, int]:
    """The same in a process of its own."""
    line = [sys.executable, __file__, kind, str(length)]
    seconds, memory = subprocess.run(line, capture_output=True, text=True, check=True).stdout.split()
    return float(seconds), int(memory)


def main(length: int) -> None:
    """Print a row for each kind."""
    print(f"{'':16}{f'{length:,}':>12}{f'{2 * length:,}':>12}{'ratio':>8}{'memory':>10}")
    for kind in KINDS:
        (first, _), (second, memory) = apart(kind, length), apart(kind, 2 * length)
        print(f"{kind:16}{first:>10.2f} s{second:>10.2f} s{second / first:>8.2f}{memory / 1000:>7.0f} MB", flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(*measure(sys.argv[1], int(sys.argv[2])))
    else:
        main(int(sys.argv[1]) if len(sys.argv) == 2 else 100_000)
