"""Who said what: reports, search, a claim or an article, speakers."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal

import typer

import quotes
from quotes import writers
from quotes.errors import UsageError

from .. import decisions, pages, searched
from ..options import AsObject, Attitudes, Choice, Form, shared
from ..output import give, put
from ..program import app, claim_columns, examples, opened

Row = dict[str, Any]
# Of an appearance elsewhere, in JSON
BRIEF = (
    "claim_id",
    "speaker",
    "quote",
    "article",
    "article_uid",
    "publisher",
    "published",
    "url",
    "likeness",
    "alike",
    "wire",
)
SUGGESTED = 50  # pairs, if not said


@app.command(epilog=examples("quotes report", "quotes report --speaker McGurk", "quotes report -o report.svg"))
@shared
def report(context: typer.Context, choice: Choice, form: Form) -> None:
    """Who said what, grouped by speaker."""
    with opened(context) as store:
        filters = searched.chosen(store, choice)
        give(store.claims(filters), pages.report, form, claim_columns(), "quotes report")


@app.command(epilog=examples("quotes search strikes", "quotes search '\"precision strikes\" -Syria' --speaker McGurk"))
@shared
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words, "a phrase", begin* and -without.')],
    choice: Choice,
    form: Form,
    sort: Annotated[
        Literal["relevance", "date"], typer.Option(help="relevance, or date: newest first.", metavar="ORDER")
    ] = "relevance",
) -> None:
    """Search quotes, their context and their speakers: accents, case and endings of words do not matter."""
    with opened(context) as store:
        filters = choice.filters()
        searched.require_known(store, filters)
        rows = store.search(query, filters, sort)
        nothing = partial(searched.nothing, store, query, filters)
        give(rows, partial(pages.hits, nothing=nothing), form, claim_columns(), "quotes search")


@app.command(epilog=examples("quotes show 2", "quotes show 'on the defensive'", "quotes show 2 --json"))
def show(
    context: typer.Context,
    key: Annotated[
        str, typer.Argument(metavar="ID", help="Number or id of a claim; id or words of the title of an article.")
    ],
    json: AsObject = False,
    attitudes: Attitudes = False,
) -> None:
    """Show a claim in its paragraph, or a whole article, with source, cue and content in colour."""
    with opened(context) as store:
        row, claims = _found(store, key, attitudes=attitudes)
        elsewhere = list(store.appearances(row["id"])) if claims is None else []
        if json and claims is None:
            print(
                writers.json_text({**row, "appearances": [{key: other[key] for key in BRIEF} for other in elsewhere]})
            )
        elif json:
            print(writers.json_text({**row, "claims": claims}))
        elif claims is None:
            put(pages.claim(row, store.article(row["article_id"]), elsewhere))
        else:
            put(pages.article(row, claims))


def _found(store: quotes.Store, key: str, *, attitudes: bool) -> tuple[Row, list[Row] | None]:
    """The claim of that id, or else the article with its claims."""
    from quotes.store import Filters

    try:
        return store.claim(key.removeprefix("#")), None
    except UsageError as no_claim:
        try:
            article = store.article(key)
        except UsageError as no_article:
            hint = no_claim.hint if key.removeprefix("#").isdigit() else no_article.hint
            raise UsageError(f"{no_claim}; {no_article}", hint) from None
    return article, list(store.claims(Filters(article=article["uid"], attitudes=attitudes)))


@app.command(epilog=examples("quotes speakers", "quotes speakers --unnamed", "quotes speakers --suggest"))
@shared
def speakers(
    context: typer.Context,
    choice: Choice,
    form: Form,
    apart: Annotated[
        bool, typer.Option("--apart", help="Officials, residents and the like: a row for those of each article.")
    ] = False,
    suggest: Annotated[bool, typer.Option("--suggest", help="List who may be one, and the command to say so.")] = False,
) -> None:
    """List speakers with counts, roles, and when they were first and last seen."""
    if suggest and choice != Choice(limit=choice.limit):
        raise UsageError("--suggest looks at everybody", "of the choices, only -n goes with it")
    with opened(context) as store:
        if suggest:
            pairs = store.suggestions(choice.limit or SUGGESTED)
            give(pairs, decisions.suggestions, form, decisions.PAIRS, "quotes speakers --suggest")
        else:
            rows = store.speakers(searched.chosen(store, choice), apart=apart)
            give(rows, pages.speakers, form, title="quotes speakers")
