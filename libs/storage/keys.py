"""Which keys objects may have."""

import re

from libs.core.errors import Invalid

_KEY = re.compile(r"[A-Za-z0-9._-]{1,200}(/[A-Za-z0-9._-]{1,200})*")
_LONGEST = 900


class BadKey(Invalid):
    """An object key is a relative path of letters, digits, dots, dashes and underscores."""

    code = "storage.bad_key"


def checked(key: str) -> str:
    """The key itself.

    Raises:
        BadKey: it could leave the store, or some store could not hold it.
    """
    if len(key) > _LONGEST or not _KEY.fullmatch(key) or not {"..", "."}.isdisjoint(key.split("/")):
        raise BadKey(key=key[:_LONGEST])
    return key
