"""What an address asks of an archive, and the addresses that ask for a little more, less or other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from pydantic import BaseModel, ValidationError
from starlette.datastructures import QueryParams

from de06_extract.archive.facets.filter import FACETS, Facet, Filter
from de06_extract.archive.facets.listings import ORDERS, Page, ReportOrder
from de06_extract.language.messages import said
from de06_extract.web.answers import RefusedError

M = TypeVar("M", bound=BaseModel)

_USUAL: ReportOrder = "errors"


@dataclass(frozen=True, slots=True)
class Query:
    """A filter, an order and a page of the lists."""

    wanted: Filter = field(default_factory=Filter)
    order: ReportOrder = _USUAL
    page: Page = field(default_factory=Page)

    def toggled(self, facet: Facet, value: str) -> Query:
        """The same with a value chosen, or no longer chosen where it was; from the first page on."""
        chosen: tuple[str, ...] = getattr(self.wanted, facet)
        others = tuple(one for one in chosen if one != value)
        return self.narrowed(**{facet: others if value in chosen else (*chosen, value)})

    def narrowed(self, **asked: Any) -> Query:
        """The same with other values of facets, from the first page on."""
        wanted = Filter.model_validate({**self.wanted.model_dump(), **asked})
        return replace(self, wanted=wanted, page=Page(limit=self.page.limit))

    def sorted(self, order: ReportOrder) -> Query:
        """The same in another order, from the first page on."""
        return replace(self, order=order, page=Page(limit=self.page.limit))

    def at(self, offset: int) -> Query:
        """The same from another entry on."""
        return replace(self, page=self.page.model_copy(update={"offset": offset}))

    def pairs(self, without: Iterable[str] = ()) -> list[tuple[str, str]]:
        """The names and values of the address, without those that say what is usual anyway."""
        pairs: list[tuple[str, str]] = [(facet, value) for facet in FACETS for value in getattr(self.wanted, facet)]
        others = {
            "words": self.wanted.words,
            "order": self.order if self.order != _USUAL else "",
            "offset": str(self.page.offset or ""),
            "limit": str(self.page.limit) if self.page.limit != Page().limit else "",
        }
        pairs += [(name, value) for name, value in others.items() if value]
        return [(name, value) for name, value in pairs if name not in set(without)]

    def address(self, shelf: str) -> str:
        """Where the page of an archive shows it.

        >>> Query().toggled("rule", "ratio-mismatch").at(50).address("archive")
        '/archive/archive?rule=ratio-mismatch&offset=50'
        """
        pairs = self.pairs()
        return f"/archive/{quote(shelf, safe='')}" + (f"?{urlencode(pairs, quote_via=quote)}" if pairs else "")


def query_of(params: QueryParams) -> Query:
    """What the parameters of an address ask for. Raises a `RefusedError` that names the one that is wrong."""
    order = params.get("order") or _USUAL
    if order not in ORDERS:
        raise _refused("order")
    wanted = {facet: tuple(dict.fromkeys(filter(None, params.getlist(facet)))) for facet in FACETS}
    page = {name: params[name] for name in Page.model_fields if params.get(name)}
    return Query(valid(Filter, {**wanted, "words": params.get("words", "")}), order, valid(Page, page))


def valid(model: type[M], values: Any) -> M:
    """The values as a model. Raises a `RefusedError` that names the first that is wrong."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise _refused(".".join(map(str, error.errors()[0]["loc"]))) from error


def _refused(name: str) -> RefusedError:
    return RefusedError(422, said("web_archive", "refused.value", name=name))
