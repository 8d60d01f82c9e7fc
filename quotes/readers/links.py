"""Addresses as pages, feeds and servers write them: none of them, however broken, is an error."""

from __future__ import annotations

from urllib.parse import urljoin


def joined(base: str, link: str) -> str:
    """A link as seen from an address; one that is no address (``http://[``) stays as it is written."""
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def unmarked(url: str) -> str:
    """An address without the fragment that marks a place in its page."""
    return url.partition("#")[0]
