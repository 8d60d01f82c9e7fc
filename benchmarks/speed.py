"""Speed and memory of extraction, beside what a user would pick instead, in one run.

    python benchmarks/speed.py ARTICLES.jsonl [--limit 100] [--processes 1] [--peer en_core_web_sm] [--stages]

ARTICLES is JSON Lines with ``text``. The peer is a small spaCy pipeline (a name or a folder) with
``textacy.extract.direct_quotations`` over its parse. Each side runs in processes of its own, one thread each, loads
before the clock starts, and reports words a second over the slowest of them; start-up and peak memory stand apart.
With ``--stages`` it says instead where the time goes, text by text in one process: the network alone on the same
windows, extraction, and saving to a database.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

Worker = Callable[[str], int]


def ours(_: str) -> Worker:
    """Attributions with speakers, through the installed package."""
    import quotes

    nlp = quotes.load()
    quotes.extract(quotes.Article("Rain fell, she said."), nlp)  # the session is made on first use
    return lambda text: len(quotes.extract(quotes.Article(text), nlp))


def theirs(peer: str) -> Worker:
    """Direct quotations by textacy over a parse; a text that makes it raise counts as read."""
    import spacy
    from textacy.extract.triples import direct_quotations

    nlp = spacy.load(peer)

    def work(text: str) -> int:
        doc = nlp(text)
        try:
            return len(list(direct_quotations(doc)))
        except ValueError:  # an odd quotation mark
            return 0

    return work


def measure(make: Callable[[str], Worker], peer: str, texts: list[str], out: Any) -> None:
    """Runs one process; puts start-up seconds, seconds, words, findings and peak MB."""
    began = time.perf_counter()
    work = make(peer)
    ready = time.perf_counter()
    found = sum(work(text) for text in texts)
    done = time.perf_counter()
    words = sum(len(text.split()) for text in texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    out.put((ready - began, done - ready, words, found, peak))


def run(name: str, make: Callable[[str], Worker], peer: str, texts: list[str], processes: int) -> float:
    """Prints one line for a side; returns its words a second."""
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    parts = [texts[i::processes] for i in range(processes)]
    workers = [context.Process(target=measure, args=(make, peer, part, out)) for part in parts]
    for worker in workers:
        worker.start()
    rows = [out.get() for _ in workers]
    for worker in workers:
        worker.join()
    rate: float = sum(r[2] for r in rows) / max(r[1] for r in rows)
    start, peak, found = max(r[0] for r in rows), max(r[4] for r in rows), sum(r[3] for r in rows)
    print(f"{name:34s} {rate:8.0f} words/s   start {start:4.1f} s   peak {peak:5.0f} MB/process   {found} found")
    return rate


def stages(texts: list[str]) -> None:
    """Prints the share of each stage; every text goes through all of them before the next, so that none has it easier.

    What a stage contains is subtracted: "find" is the detector without the network, and so on.
    """
    import quotes
    from quotes import attribution, pipeline, speakers
    from quotes.detectors.learned import inputs
    from quotes.detectors.windows import encode, windows
    from quotes.offsets import unwrapped

    nlp = quotes.load()
    quotes.extract(quotes.Article("Rain fell, she said."), nlp)  # the session is made on first use
    detector: Any = nlp.get_pipe("quotes_detector")
    model, lexicon, run_ = detector.model, detector.lexicon, pipeline.run_of(nlp)
    spent: defaultdict[str, float] = defaultdict(float)

    def timed(name: str, work: Callable[..., Any], *arguments: Any) -> Any:
        began = time.perf_counter()
        result = work(*arguments)
        spent[name] += time.perf_counter() - began
        return result

    def network(cuts: list[Any]) -> None:
        for cut in cuts:
            model.session.run(None, cut)

    with tempfile.TemporaryDirectory() as folder, quotes.Store(f"{folder}/claims.db", create=True) as store:
        for number, text in enumerate(map(unwrapped, texts)):
            pieces = timed("word pieces", encode, text, model.tokenizer)
            timed("network", network, [inputs(pieces, *cut, model.settings["threshold"]) for cut in windows(pieces)])
            found = timed("find", detector.find, text)
            decided = timed("decide", attribution.decide, text, found.learned, found.rules, found.quotations, lexicon)
            claims = timed("resolve", speakers.resolve, text, decided, found.names, found.links, lexicon)
            article = quotes.Article(text, url=f"https://example.org/{number}")
            timed("save", store.save, article, claims, run_)
    extraction = spent["find"] + spent["decide"] + spent["resolve"]
    spent["find"] -= spent["network"] + spent["word pieces"]
    for name, seconds in spent.items():
        print(f"{name:12s} {seconds:8.2f} s  {seconds / (extraction + spent['save']):6.1%} of add")
    words = sum(len(text.split()) for text in texts)
    share = spent["network"] / extraction
    print(f"the network alone {words / spent['network']:,.0f} words/s; extraction runs at {share:.0%} of it")


def main() -> None:
    """Reads the articles, runs each side, prints the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles")
    parser.add_argument("--limit", type=int, default=100)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--peer", help="a spaCy pipeline, by name or folder")
    parser.add_argument("--stages", action="store_true", help="the share of time by stage, instead")
    options = parser.parse_args()
    with open(options.articles, encoding="utf-8") as stream:  # noqa: PTH123 - "/dev/stdin" is welcome
        texts = [json.loads(line)["text"] for _, line in zip(range(options.limit), stream, strict=False)]
    if options.stages:
        stages(texts)
        return
    rate = run("quotes", ours, "", texts, options.processes)
    if options.peer:
        other = run(f"{options.peer.rsplit('/', 1)[-1]} + textacy", theirs, options.peer, texts, options.processes)
        print(f"ratio {rate / other:.2f}")


if __name__ == "__main__":
    main()
