"""Who said what: claims and quotations from news, with speakers, sources and provenance.

>>> import quotes
>>> nlp = quotes.load()
>>> article = quotes.Article('"It will rain," Mary Smith said.')
>>> [(c.resolution.speaker.name, c.attribution.content[0].of(article.text)) for c in quotes.extract(article, nlp)]
[('Mary Smith', '"It will rain,"')]

Everything is imported when first used: ``import quotes`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotes.errors import QuotesError as QuotesError
    from quotes.models import Article as Article
    from quotes.models import Claim as Claim
    from quotes.pipeline import extract as extract
    from quotes.pipeline import load as load
    from quotes.readers import read as read
    from quotes.store import Store as Store
    from quotes.tracker import track as track
    from quotes.writers import export as export

__version__ = "0.1.0"
__all__ = ["Article", "Claim", "QuotesError", "Store", "export", "extract", "load", "read", "track"]

_HOMES = {
    "Article": "quotes.models",
    "Claim": "quotes.models",
    "QuotesError": "quotes.errors",
    "Store": "quotes.store",
    "export": "quotes.writers",
    "extract": "quotes.pipeline",
    "load": "quotes.pipeline",
    "read": "quotes.readers",
    "track": "quotes.tracker",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'quotes' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
