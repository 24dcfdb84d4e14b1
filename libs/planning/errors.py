"""What can go wrong while a design is made."""

from libs.core.errors import Invalid


class CatalogueUnusable(Invalid):
    """The catalogue of options cannot be used."""

    code = "planning.catalogue_unusable"


class PricesUnusable(Invalid):
    """The price snapshot cannot be used."""

    code = "planning.prices_unusable"


class PoliciesUnusable(Invalid):
    """A policy pack cannot be used."""

    code = "planning.policies_unusable"


class ImpossibleValue(Invalid):
    """A constraint has a value that no design can be made for."""

    code = "planning.impossible_value"


class UnknownOption(Invalid):
    """The catalogue has no such option in this slot."""

    code = "planning.unknown_option"


class TerraformUnreadable(Invalid):
    """A Terraform file cannot be parsed."""

    code = "planning.terraform_unreadable"


class OptionUnfit(Invalid):
    """The option cannot be used in this design."""

    code = "planning.option_unfit"


class AssumptionInvalid(Invalid):
    """There is no such assumption, or its value makes no sense."""

    code = "planning.assumption_invalid"
