"""The words that are said: those of `wording`, which knows nothing of Vietnamese, for the rooms that do."""

from __future__ import annotations

from de06_extract.wording import VARIABLE as VARIABLE
from de06_extract.wording import Language as Language
from de06_extract.wording import asked_language as asked_language
from de06_extract.wording import messages as messages
from de06_extract.wording import said as said
from de06_extract.wording import speaking as speaking
from de06_extract.wording import spoken as spoken
from de06_extract.wording import system_reason as system_reason
