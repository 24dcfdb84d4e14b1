"""Who can reach the server, judged from the address it binds to and the address people are given.

An installation without accounts has one owner, and whoever can reach it is that owner. That is right on loopback alone.
Everything else needs the bearer token, and the server does not start without one.
"""

import ipaddress
import re
from urllib.parse import urlsplit

from libs.core.errors import Invalid
from libs.core.settings import Settings

HOW_TO_CLOSE = (
    "Make a token, for example with `openssl rand -hex 32`, give its SHA-256 in hexadecimal as "
    "AGENTIC_MLOPS_BEARER_TOKEN_SHA256 (`printf %s TOKEN | sha256sum`), and send `Authorization: Bearer TOKEN`; "
    "or bind to 127.0.0.1."
)
SHA256 = re.compile(r"[0-9a-fA-F]{64}")


class TokenMissing(Invalid):
    """The server would be open to the network without a bearer token."""

    code = "api.token_missing"


def check_bind(settings: Settings) -> None:
    """Refuses settings under which strangers could reach the product.

    Raises:
        TokenMissing: an address beyond loopback without a bearer token.
        Invalid: the token's hash is no SHA-256, or the public URL is no URL.
    """
    token = settings.bearer_token_sha256.get_secret_value() if settings.bearer_token_sha256 else ""
    if token and not SHA256.fullmatch(token):
        raise Invalid(
            "AGENTIC_MLOPS_BEARER_TOKEN_SHA256 is not a SHA-256 in hexadecimal (64 digits).",
            advice="Give the hash of the token, never the token itself. " + HOW_TO_CLOSE,
        )
    if settings.public_url and not public_host(settings):
        raise Invalid(
            "AGENTIC_MLOPS_PUBLIC_URL is not an http or https URL.",
            advice="Give one like https://mlops.example.",
        )
    if token:
        return
    if not is_loopback(settings.host):
        raise TokenMissing(
            f"The server would listen on {settings.host or 'every address'} without a bearer token.",
            advice="Nothing was started. " + HOW_TO_CLOSE,
            host=settings.host,
        )
    if settings.public_url and not is_loopback(public_host(settings)):
        raise TokenMissing(
            f"People would reach the server under {settings.public_url} without a bearer token.",
            advice="Nothing was started. " + HOW_TO_CLOSE,
            public_url=settings.public_url,
        )


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine alone."""
    bare = host.strip("[]").rstrip(".").lower()
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def public_host(settings: Settings) -> str:
    """Host name of the public URL; empty without one."""
    parts = urlsplit(settings.public_url)
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


def public_origin(settings: Settings) -> str:
    """Origin of the public URL as browsers send it; empty without one."""
    parts = urlsplit(settings.public_url)
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""
