"""The page of an archive: one HTML file that needs no network and no other file.

Reports are taken one at a time; what the page shows of each goes to a temporary file until the totals are known, which
stand before it. Everything that comes from documents or names of files is escaped: by the template in the part that is
HTML, as JSON without «<», «>» and «&» in the part that the script reads and puts in as text.
"""

from __future__ import annotations

import heapq
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol
from urllib.parse import quote

from de06_extract.archive.cards import result_cards
from de06_extract.archive.facets.unit_table import UnitCounts, UnitRow
from de06_extract.archive.store.results import FileResult
from de06_extract.language.messages import messages
from de06_extract.output.html.notation import shown_day, shown_number, shown_share
from de06_extract.output.html.reports import (
    FINDING,
    REPORT,
    Shown,
    shown_findings,
    shown_path,
    shown_report,
    shown_text,
)
from de06_extract.output.html.series import POINT, PageSeries
from de06_extract.output.html.totals import Totals, is_dismissed
from de06_extract.output.links import address
from de06_extract.output.tables.columns import reasons
from de06_extract.schema.cards.card import Card
from de06_extract.schema.cards.make import headline
from de06_extract.schema.display import Language
from de06_extract.schema.rows import document_row
from de06_extract.schema.units import unit_of

if TYPE_CHECKING:
    from jinja2 import Template

_SCRIPTS = ("chart.umd.min.js", "texts.js", "data.js", "reports.js", "charts.js", "page.js")
_STYLE = "page.css"
_BLOCK = 100  # reports whose findings the script reads at once
_RANKED = 100  # reports that are listed without the script
_DETAILED = 10  # of which the findings are shown, too
_FINDINGS = 30  # of each
_FAILURES = 200  # files that could not be read, listed without the script
_STALE = ("file", "rule", "quote", "reason", "date")
_UNSAFE = "<>&\u2028\u2029"


class StaleDismissal(Protocol):
    """A dismissal that fits no finding any more."""

    @property
    def file(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def quote(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def date(self) -> date: ...


def write_page(
    results: Iterable[FileResult],
    file: BinaryIO,
    *,
    language: Language = "vi",
    title: str | None = None,
    made_on: date | None = None,
    folder: Path | None = None,
    stale: Iterable[StaleDismissal] = (),
) -> None:
    """Writes the page of an archive, the same bytes for the same arguments.

    The results are taken in the order of their paths, and none is kept. `folder` is where the page will lie: links to
    source files are relative to it, absolute where it is not given. `stale` is read after the results.
    """
    with TemporaryFile() as spool:
        gathered = _PageContents(language, folder)
        for result in results:
            spool.write(gathered.add(result))
        spool.seek(0)
        words = _words(language)
        context = {
            **_shown(gathered, words, language),
            "words": words,
            "language": language,
            "title": title or words["title"],
            "made_on": made_on and shown_day(made_on.isoformat(), language),
            "stale": [{key: shown_text(getattr(entry, key)) for key in _STALE} for entry in stale],
            "blocks": _blocks(spool, gathered.series),
        }
        for text in _rendered(context):
            file.write(_bytes(text))


@dataclass(frozen=True, slots=True, order=True)
class _RankedReport:
    """A report in the order of the ranking; the last is the least."""

    weight: tuple[int, int, int, int]
    report: Shown = field(compare=False)
    findings: list[Shown] = field(compare=False)


class _PageContents:
    """The contents of the page of an archive, gathered while its reports go by."""

    def __init__(self, language: Language, folder: Path | None) -> None:
        self._language, self._folder = language, folder
        self.totals = Totals()
        self.units = UnitCounts()
        self.series = PageSeries(language)
        self.reports: list[str] = []  # the headings as JSON
        self.copies: dict[int, list[str]] = {}
        self.failures: list[Shown] = []
        self.root: list[str] | None = None
        self.ranking: list[_RankedReport] = []
        self.rules: dict[str, tuple[int, str]] = {}
        self._originals: dict[tuple[str, str], tuple[int, str, bytes]] = {}

    def add(self, result: FileResult) -> bytes:
        """The findings and the points of a report as two lines of JSON.

        Nothing for a file without a report, and for a copy that brings nothing new.
        """
        self.totals.files += 1
        self._note_root(result.path)
        if result.report is None:
            self._add_failure(result)
            return b""
        cards = result_cards(result, self._language)
        findings = list(shown_findings(cards))
        digest = sha256(_bytes(_json(findings))).digest()
        content = (result.sha256 or result.path, PurePosixPath(result.path).suffix.lower())
        number, path, same = self._originals.setdefault(content, (len(self.reports), result.path, digest))
        copy_of = None if path == result.path else shown_path(path)
        if copy_of is not None:
            self.totals.copies += 1
            if same == digest:
                self.copies.setdefault(number, []).append(shown_path(result.path))
                return b""
            self.totals.count_findings(card for card in cards if card.is_across)
        else:
            self.totals.count_report(result.report["coverage"], cards)
            self.totals.left_out += result.report["summary"].get("left_out", 0)
        self._count_unit(result, cards, is_copy=copy_of is not None)
        report = shown_report(result, cards, copy_of, self._folder, self._language)
        self.reports.append(_json([report[key] for key in REPORT]))
        self._rank(report, findings)
        points = [] if copy_of is not None else list(self.series.points(result.report))
        return _bytes(f"{_json([self._numbered(finding) for finding in findings])}\n{_json(points)}\n")

    def _count_unit(self, result: FileResult, cards: Iterable[Card], *, is_copy: bool) -> None:
        """Counts what is to review for the unit of the report; of a copy, what stands across reports alone."""
        assert result.report is not None
        wanted = (card for card in cards if not is_dismissed(card) and (card.is_across or not is_copy))
        unit = shown_text(unit_of(document_row(result.report)))
        self.units.add(
            unit, result.path, ((card.rule, shown_text(card.title) or card.rule, card.severity) for card in wanted)
        )

    def _add_failure(self, result: FileResult) -> None:
        reason = result.reason or "unfinished"
        self.totals.reasons[reason] += 1
        self.failures.append(
            {
                "path": shown_path(result.path),
                "href": address(result.path, self._folder),
                "reason": reason,
                "message": shown_text(result.message),
            }
        )

    def _note_root(self, path: str) -> None:
        """Keeps the folder that all files lie in."""
        folders = shown_path(path).split("/")[:-1]
        known = folders if self.root is None else self.root
        pairs = zip(known, folders, strict=False)
        same = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(known), len(folders)))
        self.root = known[:same]

    def _rank(self, report: Shown, findings: list[Shown]) -> None:
        weight = (report["error"], report["warning"], report["info"], -len(self.reports))
        entry = _RankedReport(weight, report, findings[:_FINDINGS])
        if any(weight[:3]):
            push = heapq.heappush if len(self.ranking) < _RANKED else heapq.heappushpop
            push(self.ranking, entry)

    def _numbered(self, finding: Shown) -> list[Any]:
        """The values of a finding, its rule by number, without the empty ones at the end."""
        number, _ = self.rules.setdefault(finding["rule"], (len(self.rules), finding["rule_title"]))
        values = [finding[key] for key in FINDING if key not in ("rule", "rule_title")]
        while values and values[-1] in (None, 0):
            values.pop()
        return [number, *values]


def _blocks(spool: Iterable[bytes], series: PageSeries) -> Iterator[str]:
    """The findings and points of some reports at a time, the points of the series that are shown."""
    numbers = {old: new for new, old in enumerate(series.shown)}
    lines = iter(spool)
    while some := list(islice(zip(lines, lines, strict=True), _BLOCK)):
        yield "[" + ",\n".join(f"[{findings.decode()},{_points(points, numbers)}]" for findings, points in some) + "]"


def _points(line: bytes, numbers: Mapping[int, int]) -> str:
    return _json([[numbers[number], *rest] for number, *rest in json.loads(line) if number in numbers])


def _json(value: Any) -> str:
    """JSON that can stand inside a script element: no tag, comment or reference can begin or end in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for mark in _UNSAFE:
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def _bytes(text: str) -> bytes:
    """The text as UTF-8, with «?» for what are no whole characters."""
    return text.encode("utf-8", "replace")


def _words(language: Language) -> dict[str, Any]:
    """The words of the page; the reasons are worded as for the terminal."""
    return {**messages("page")[language], "reason": reasons(language)}


def _shown(gathered: _PageContents, words: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """The values of the template, and the first data that the script reads."""
    totals = gathered.totals
    ranking = sorted(gathered.ranking, reverse=True)
    return {
        "totals": totals,
        "units": gathered.units.table(),
        "unit_link": _unit_link,
        "rules": sorted(totals.rules.values(), key=lambda rule: rule.weight),
        "reasons": totals.reasons.most_common(),
        "headline": headline(totals.causes, totals.severities.total(), language),
        "unchecked": totals.unchecked.most_common(),
        "unchecked_words": messages("report")[language]["unchecked"],
        "ranking": [(entry.report, entry.findings) for entry in ranking],
        "detailed": _DETAILED,
        "failures": gathered.failures[:_FAILURES],
        "root": _root(gathered),
        "data": _json(_script_data(gathered, words, language)),
        "reports": "[" + ",\n".join(gathered.reports) + "]",
    }


def _unit_link(row: UnitRow | None, rule: str | None) -> str:
    """Where the page lists the findings of a unit, of a rule, or of both; empty where a unit has no name to look for.

    >>> _unit_link(None, "ratio-mismatch")
    '#v=reports&rule=ratio-mismatch'
    """
    if row is not None and row.name is None:
        return ""
    asked = {"rule": rule, "q": None if row is None else row.name}
    return "#v=reports" + "".join(f"&{key}={quote(value, safe='')}" for key, value in asked.items() if value)


def _root(gathered: _PageContents) -> str:
    """The path of the folder that all files lie in, with a slash behind it; empty where there is none."""
    return "".join(f"{folder}/" for folder in gathered.root or ())


def _script_data(gathered: _PageContents, words: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """What the script needs to know before it reads a report: words, names of fields, rules, failures, series."""
    return {
        "words": words,
        "language": language,
        "root": _root(gathered),
        "fields": {
            "report": REPORT,
            "finding": ["rule", *(key for key in FINDING if key not in ("rule", "rule_title"))],
            "point": POINT,
        },
        "block": _BLOCK,
        "rules": [[rule, title] for rule, (_, title) in gathered.rules.items()],
        "copies": gathered.copies,
        "failures": [[failure[key] for key in ("path", "href", "reason", "message")] for failure in gathered.failures],
        "units": gathered.series.units,
        "periods": gathered.series.periods,
        "series": [{**asdict(series), "units": len(series.units)} for series in gathered.series.shown.values()],
    }


def _rendered(context: Mapping[str, Any]) -> Iterator[str]:
    """The page in pieces."""
    from markupsafe import Markup

    folder = files("de06_extract").joinpath("data", "page")
    scripts = [folder.joinpath(name).read_text("utf-8") for name in _SCRIPTS]
    style = folder.joinpath(_STYLE).read_text("utf-8")
    safe = {
        "scripts": [Markup(script) for script in scripts],
        "style": Markup(style),
        "script_hashes": [_hash(script) for script in scripts],
        "style_hash": _hash(style),
        "data": Markup(context["data"]),
        "reports": Markup(context["reports"]),
        "blocks": map(Markup, context["blocks"]),
    }
    stream = _template(context["language"]).stream({**context, **safe})
    stream.enable_buffering(20)
    return iter(stream)


@cache
def _template(language: Language) -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("de06_extract", "data/page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["number"] = lambda value: shown_number(value, language)
    environment.filters["day"] = lambda iso: shown_day(iso, language)
    environment.filters["share"] = lambda part, whole: shown_share(part, whole, language)
    return environment.get_template("page.html")


def _hash(text: str) -> str:
    """The hash by which the page's policy knows a script or a style."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
