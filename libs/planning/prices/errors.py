"""What can go wrong when the public price list is read."""

from libs.core.errors import Invalid


class PriceListUnusable(Invalid):
    """The text is no AWS price list."""

    code = "planning.price_list_unusable"
