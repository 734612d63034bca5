"""All that one start of the page works with: the stores, the files that were dropped, and what is being read."""

from __future__ import annotations

from contextlib import ExitStack
from typing import BinaryIO

from de06_extract.archive.store.lock import InUseError, exclusive
from de06_extract.archive.store.outcome import Options
from de06_extract.language.messages import said
from de06_extract.web.answers import RefusedError
from de06_extract.web.desk.decided import Decided
from de06_extract.web.desk.kept_files import KeptFiles
from de06_extract.web.desk.readings import Reading, Readings
from de06_extract.web.desk.shelf import OwnShelf, Shelf
from de06_extract.web.desk.sources import Sources
from de06_extract.web.desk.texts import Texts
from de06_extract.web.review.pictures import Pictures
from de06_extract.web.settings import WebSettings

DROPPED, ARCHIVE = "files", "archive"
_STORE = "store.sqlite"


class DeskError(Exception):
    """The page cannot be started; the message is one line."""


class Desk:
    """The shelves by their names in addresses: `files` holds what was dropped, `archive` the store that was given.

    Raises a `DeskError` where another process has the same folder, a `StoreError` where a store cannot be used, an
    `OSError`.
    """

    def __init__(self, settings: WebSettings) -> None:
        self.settings = settings
        self._open = ExitStack()
        with ExitStack() as stack:
            self.kept = KeptFiles(settings.folder)
            try:
                stack.enter_context(exclusive(self.kept.folder / _STORE.replace(".sqlite", ".web")))
            except InUseError as error:
                raise DeskError(said("web", "in_use", path=self.kept.folder)) from error
            options = Options(settings.language, keep_personal_data=settings.keep_personal_data, with_text=True)
            self.own = OwnShelf(self.kept.folder / _STORE, options)
            self.shelves: dict[str, Shelf] = {DROPPED: self.own}
            if settings.archive is not None:
                archive = Shelf(settings.archive, settings.language)
                with archive.reading():
                    pass  # says now what is wrong with it
                self.shelves[ARCHIVE] = archive
            self.readings = Readings(options, settings.limits, self.own.save, settings.jobs)
            stack.callback(self.readings.close)
            self.decided = Decided()
            self.pictures = Pictures()
            stack.callback(self.pictures.close)
            self.sources = Sources(settings.limits, settings.language)
            stack.callback(self.sources.close)
            self.texts = Texts(settings.limits, settings.language, keep_personal_data=settings.keep_personal_data)
            stack.callback(self.texts.close)
            self._read_what_is_left()
            self._open = stack.pop_all()

    def shelf(self, name: str) -> Shelf:
        """The shelf of this name. Raises a `RefusedError`."""
        if name not in self.shelves:
            raise RefusedError(404, said("web", "refused.nothing"))
        return self.shelves[name]

    def take(self, source: BinaryIO, name: str) -> Reading:
        """Keeps a file that was dropped and has it read, unless it was; what failed is tried again.

        Raises an `OSError`.
        """
        kept = self.kept.keep(source, name)
        return self.readings.put(kept, is_read=kept.listed in self.own.read_paths())

    def remove(self, key: str) -> None:
        """Takes away a file that was dropped with all that is known of it. Raises a `RefusedError`, an `OSError`."""
        file = self.own.file(key)
        if file is None:
            raise RefusedError(404, said("web", "refused.nothing"))
        self.kept.remove(file.path)
        self.own.erase(file.path)

    def close(self) -> None:
        """Ends what is being read, and gives the folder back."""
        self._open.close()

    def _read_what_is_left(self) -> None:
        """Reads the files of which this version knows nothing yet: those that an earlier start could not finish."""
        with self.own.reading() as store:
            known = set(store.paths())
        for kept in reversed(list(self.kept)):
            if kept.listed not in known:
                self.readings.put(kept)
