"""What a page says of itself: JSON-LD, then OpenGraph and other meta elements, then what readers see."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from quotes.readers.links import joined
from quotes.readers.metadata import moment, string

Known = dict[str, object]

ARTICLES = ("Article", "BlogPosting")  # how the types of schema.org end that are articles
_SITE = re.compile(r"^(?:www|m|amp|mobile)\.")
_NOISE = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$")
_BY = re.compile(r"^by\s+", re.I)
_SEVERAL = re.compile(r"\s*;\s*|\s+(?:and|&)\s+")
_MOST = 20_000  # nodes of JSON-LD looked at

META = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "publisher": ("og:site_name", "application-name", "dc.publisher"),
    "published": (
        "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
        "dcterms.created", "parsely-pub-date", "pubdate", "publish-date", "sailthru.date", "publication_date",
    ),
    "modified": ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified"),
    "language": ("og:locale", "dc.language", "content-language"),
    "url": ("og:url",),
    "authors": ("author", "article:author", "og:article:author", "dc.creator", "byl", "parsely-author"),
}  # fmt: skip


def facts(tree: Any, url: str | None = None) -> Known:
    """What a page knows of its article, under the keys that ``metadata.described`` takes.

    Of a page found at ``url`` a canonical address counts only if it is of the same site: a page must not pass for a
    version of another outlet's article.
    """
    found: Known = {}
    for source in (_linked(tree), _meta(tree), _visible(tree)):
        for name, value in source.items():
            if value and not found.get(name):
                found[name] = value
    for name in ("published", "modified"):
        if found.get(name):
            found[name] = iso(str(found[name]))
    if language := string(found.get("language")):
        found["language"] = re.split("[-_]", language)[0].lower()
    if found.get("title"):
        found["title"] = _without(str(found["title"]), str(found.get("publisher") or ""))
    found["url"] = address(string(found.get("url")), url)
    return found


def remarks(known: Known) -> Iterator[str]:
    """What else is worth a note: when a page was changed, and that it is not all there."""
    if known.get("modified"):
        yield f"modified: {known['modified']}"
    if known.get("paid"):
        yield "paid: the page says that not all of it can be read freely"


def iso(written: str) -> str:
    """A date as ISO 8601 where it is that or as in mail (RFC 5322); else as it is written."""
    try:
        return moment(written.strip()) or parsedate_to_datetime(written).isoformat()
    except (ValueError, TypeError, IndexError):
        return written


def address(canonical: str | None, url: str | None) -> str | None:
    """The address of a page: the canonical one where it can be believed, else the one it was found at."""
    if not canonical:
        return url
    whole = joined(url or "", canonical)
    if not whole.lower().startswith(("http://", "https://")) or not _site(whole):
        return url
    return whole if url is None or _site(whole) == _site(url) else url


def _site(url: str) -> str:
    try:
        return _SITE.sub("", (urlsplit(url).hostname or "").lower())
    except ValueError:
        return ""


# JSON-LD


def _linked(tree: Any) -> Known:
    nodes = [node for script in tree.iter("script") for node in _nodes(script)]
    named = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    article = next((node for node in nodes if _is_article(node)), None)
    if article is None:
        return {}
    page = article.get("mainEntityOfPage")
    publisher = _names(article.get("publisher"), named)
    return {
        "title": string(article.get("headline")) or string(article.get("name")),
        "authors": _names(article.get("author") or article.get("creator"), named),
        "publisher": publisher[0] if publisher else None,
        "published": string(article.get("datePublished")),
        "modified": string(article.get("dateModified")),
        "language": string(article.get("inLanguage")),
        "paid": str(article.get("isAccessibleForFree")).lower() == "false",
        "url": string(article.get("url")) or string(page.get("@id") if isinstance(page, dict) else page),
    }


def _nodes(script: Any) -> list[Mapping[str, Any]]:
    """The objects of a JSON-LD script in the order in which they stand, those of a graph too; none if it is broken."""
    if "ld+json" not in script.get("type", "").lower():
        return []
    try:
        top = json.loads(_NOISE.sub("", _NOISE.sub("", script.text or "")), strict=False)
    except (ValueError, RecursionError):
        return []
    nodes: list[Mapping[str, Any]] = []
    waiting = [top]
    while waiting and len(nodes) < _MOST:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(reversed(one))
        elif isinstance(one, dict):
            nodes.append(one)
            waiting.extend(one[key] for key in ("mainEntity", "@graph") if isinstance(one.get(key), dict | list))
    return nodes


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and kind.endswith(ARTICLES) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _names(value: object, named: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Names of people or organisations: strings, objects with a name, references into the graph, lists of these."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            one = one.get("name") or named.get(str(one.get("@id")), {}).get("name")
        for name in one if isinstance(one, list) else [one]:
            found.extend(people(string(name)))
    return found


def people(written: str | None) -> list[str]:
    """The names in a byline. An address of a profile is none."""
    names = _SEVERAL.split(_BY.sub("", written or ""))
    return [name for name in (one.strip(" ,") for one in names) if name and not re.match(r"https?:|www\.|@", name)]


# Meta elements, and what is seen


def _meta(tree: Any) -> Known:
    said: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        value = string(element.get("content"))
        if name and value:
            said.setdefault(name.strip().lower(), []).append(value)
    found: Known = {key: next((said[name][0] for name in names if name in said), None) for key, names in META.items()}
    writers = next((said[name] for name in META["authors"] if any(map(people, said.get(name, [])))), [])
    found["authors"] = list(dict.fromkeys(name for written in writers for name in people(written)))
    return found


def _visible(tree: Any) -> Known:
    links = (e.get("href") for e in tree.iter("link") if "canonical" in e.get("rel", "").lower().split())
    times = [e.get("datetime") for e in tree.iter("time") if e.get("datetime")]
    title = next((string(e.text_content()) for e in tree.iter("title")), None)
    headings = [text for e in tree.iter("h1") if (text := string(e.text_content()))]
    return {
        "url": next(links, None),
        "published": next((time for time in times if moment(time.strip())), None),
        "title": _shorn(title, headings),
        "language": tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang"),
        "authors": list(_signed(tree)),
    }


def _signed(tree: Any) -> Iterator[str]:
    """Names that are marked up as the author's: ``rel=author``, ``itemprop=author``."""
    for element in tree.iter("a", "span", "address", "div"):
        if "author" in (element.get("rel", "").lower(), element.get("itemprop", "").lower()):
            yield from people(string(element.text_content()))


def _without(title: str, publisher: str) -> str:
    """A title without the name of the outlet after it."""
    shorn = title.removesuffix(publisher).rstrip() if publisher else title
    return shorn.rstrip(" -–—|·:") if shorn != title and shorn.endswith(("-", "–", "—", "|", "·", ":")) else title


def _shorn(title: str | None, headings: list[str]) -> str | None:
    """The title without the name of the site, where a heading shows what the headline is."""
    return next((heading for heading in headings if title and title.startswith(heading)), title or None)
