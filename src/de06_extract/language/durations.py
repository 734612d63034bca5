"""How long something takes, in words."""

from __future__ import annotations

from de06_extract.language.messages import Language, messages, spoken

_MINUTE, _HOUR = 60, 3600
_SHORT = 2 * _MINUTE  # up to which an estimate names seconds
_TEN = 10


def duration(seconds: float, language: Language | None = None) -> str:
    """The two largest units of a time, in a language, by default the one that is spoken.

    >>> [duration(seconds, "vi") for seconds in (0.4, 75, 3675, 7800.4)]
    ['0 giây', '1 phút 15 giây', '1 giờ 1 phút', '2 giờ 10 phút']
    >>> duration(75, "en"), duration(61)
    ('1 minute 15 seconds', '1 minute 1 second')
    """
    from babel.units import format_unit  # with the data of its locales: not for those who ask for help only

    minutes, rest = divmod(round(seconds), _MINUTE)
    hours, minutes = divmod(minutes, _MINUTE)
    units = {"hour": hours, "minute": minutes, "second": 0 if hours else rest}
    shown = {unit: number for unit, number in units.items() if number} or {"second": 0}
    locale = language or spoken()
    own: dict[str, str] = messages("durations")[locale]
    return " ".join(
        own[unit].format(count=number) if unit in own else format_unit(number, f"duration-{unit}", locale=locale)
        for unit, number in shown.items()
    )


def estimate(seconds: float, language: Language | None = None) -> str:
    """A time that is not known better than that: in tens of seconds, in minutes, in tens of minutes.

    >>> [estimate(seconds, "vi") for seconds in (7, 44, 130, 2246, 7791)]
    ['10 giây', '50 giây', '3 phút', '38 phút', '2 giờ 10 phút']
    """
    unit = _TEN if seconds < _SHORT else _MINUTE if seconds < _HOUR else _TEN * _MINUTE
    return duration(-(-seconds // unit) * unit, language)
