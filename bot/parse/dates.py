"""The dates that feeds are asked to write (RFC 822, RFC 3339) as moments; whatever else is for feedparser."""

import re
from datetime import UTC, datetime

_RFC822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) ([A-Z][a-z][a-z]) (\d{4}) (\d\d:\d\d)(:\d\d)? "
    r"(?:([A-Z]{1,3})|([+-]\d\d):?(\d\d))"
)
_RFC3339 = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:[Tt](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?:([+-]\d\d)(?::(\d\d)|00)|[Zz])?)?"
)
_MONTHS = {
    name: f"{number:02}"
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1
    )
}
_ZONES = dict.fromkeys(("GMT", "UT", "UTC", "Z"), "+00") | {
    "EST": "-05", "EDT": "-04", "CST": "-06", "CDT": "-05", "MST": "-07", "MDT": "-06", "PST": "-08", "PDT": "-07"
}  # fmt: skip


def moment(stated: str) -> datetime | None:
    """Return a date in UTC, whole seconds, as feedparser reads it; None where it is in no usual form."""
    try:
        if found := _RFC822.fullmatch(stated):
            day, month, year, minutes, seconds, zone, hours, rest = found.groups()
            offset = f"{hours}:{rest}" if hours else f"{_ZONES[zone]}:00"
            iso = f"{year}-{_MONTHS[month]}-{day:0>2}T{minutes}{seconds or ':00'}{offset}"
        elif found := _RFC3339.fullmatch(stated):
            date, time, hours, rest = found.groups()
            iso = f"{date}T{time or '00:00'}{hours or '+00'}:{rest or '00'}"
        else:
            return None
        return datetime.fromisoformat(iso).astimezone(UTC)
    except (KeyError, ValueError, OverflowError):  # no such zone, month, day or hour, or out of all bounds
        return None
