"""What can go wrong with shares and the links to them."""

from libs.core.errors import Forbidden, NotFound, Unauthenticated


class ShareNotFound(NotFound):
    """There is no such share of this decision set."""

    code = "shares.share_not_found"


class LinkUnknown(Unauthenticated):
    """No link of this installation has that token."""

    code = "shares.link_unknown"


class LinkExpired(Unauthenticated):
    """The link has expired."""

    code = "shares.link_expired"


class LinkRevoked(Unauthenticated):
    """The link was revoked."""

    code = "shares.link_revoked"


class OutsideOfLink(Forbidden):
    """The link shows one design and changes nothing."""

    code = "shares.outside_of_link"


class NoLinkPresented(NotFound):
    """No link was presented."""

    code = "shares.no_link_presented"
