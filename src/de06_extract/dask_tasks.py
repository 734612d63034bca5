"""What the workers of a Dask cluster do: read files and say what they hold, and check one. Needs the extra `dask`."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from typing import Any, cast

from distributed import Worker, WorkerPlugin, get_worker

from de06_extract.cluster import ClusterError
from de06_extract.contents import Content, read_content
from de06_extract.entries import Entry
from de06_extract.extras import MissingExtraError
from de06_extract.outcomes import Options, Outcome, outcome_of
from de06_extract.pipeline import NAME
from de06_extract.store import Attempt

_READERS = ("pdfplumber", "pdfminer.six", "pypdfium2", "python-docx", "lxml", "regex")  # what a report is read with


def fingerprints(entries: tuple[Entry, ...], service: str) -> tuple[Content, ...]:
    """The contents of files, in this worker."""
    _service(service)
    return tuple(_read(entry)[0] for entry in entries)


def check(entry: Entry, service: str) -> Attempt:
    """What comes out of a file, in this worker."""
    own = _service(service)
    content, data = _read(entry)
    return content.attempt() if data is None else content.attempt(own.outcome(data, entry.suffix))


@contextmanager
def serving(client: Any, options: Options) -> Iterator[str]:
    """The name under which the cluster's workers, those of today and those that come, check with these options."""
    name = f"{NAME}-{client.id}"
    try:
        client.register_plugin(_Service(options), name=name)
        yield name
    finally:
        with suppress(Exception):  # a cluster that is gone has no workers either
            client.unregister_worker_plugin(name)


def _installed() -> dict[str, str]:
    """Whatever may make a difference to what is read."""
    return {"Python": platform.python_version().rpartition(".")[0], **{name: version(name) for name in _READERS}}


class _Service(WorkerPlugin):
    """What a worker keeps for the tasks of a run."""

    def __init__(self, options: Options) -> None:
        self.options, self.expected = options, _installed()
        self.wrong: str | None = None

    def setup(self, worker: Worker) -> None:
        here = _installed()
        for name, expected in self.expected.items():
            if here[name] != expected:
                self.wrong = f"worker {worker.address} has {name} {here[name]}, not {expected}: results would differ"
                raise ClusterError(self.wrong)

    def outcome(self, data: bytes, suffix: str) -> Outcome:
        return outcome_of(data, suffix, self.options)


def _service(name: str) -> _Service:
    service = cast(_Service, get_worker().plugins[name])
    if service.wrong:
        raise ClusterError(service.wrong)
    return service


def _read(entry: Entry) -> tuple[Content, bytes | None]:
    try:
        return read_content(entry)
    except MissingExtraError as error:
        raise ClusterError(f"worker {get_worker().address}: {error}") from error
