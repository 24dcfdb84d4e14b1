"""How big an option has to be: the sizing of its file, evaluated under the requirements."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from libs.intake.models import FieldName
from libs.planning.catalogue.formulas import Names
from libs.planning.catalogue.models import Option
from libs.planning.errors import CatalogueUnusable

Size = dict[str, int | float | str | bool]


class Unfit(NamedTuple):
    """The option cannot be sized for these requirements."""

    field: FieldName
    """The requirement that does not fit."""
    reason: str


class Variant(NamedTuple):
    """One size of an option."""

    size: Size
    """What goes into the plan and to the templates."""
    names: Mapping[str, Any]
    """Everything that the formulas of the option may read for this size."""


def variants(option: Option, names: Names, floors: tuple[int, ...]) -> tuple[Variant, ...] | Unfit:
    """The sizes of an option that fit, or the first reason why none does.

    Args:
        option: whose sizing is evaluated.
        names: requirements and assumptions, as `demand.names` gives them.
        floors: least numbers of replicas worth trying.

    Raises:
        CatalogueUnusable: a formula has no value under these requirements.
    """
    found: dict[tuple[Any, ...], Variant] = {}
    reason: Unfit | None = None
    most = len(option.sizing.choices) * len(floors)
    wanted = {"all": most, "first": 1}.get(str(option.sizing.keep), option.sizing.keep)
    try:
        for scope in _scopes(option, names, floors):
            unfit = _unfit(option, scope)
            if unfit is not None:
                reason = reason or unfit
                continue
            values = {name: value(scope) for name, value in option.sizing.size.items()}
            size = {name: _tidy(value) for name, value in values.items() if value != ""}
            scope.update(size)
            found.setdefault(tuple(size.items()), Variant(size, scope))
            if len(found) == wanted:
                break
    except (ArithmeticError, TypeError, ValueError, KeyError, NameError) as error:
        raise CatalogueUnusable(f"{option.slot}/{option.id}: its sizing has no value: {error}") from error
    if not found and reason is not None:
        return reason
    return tuple(found.values())


def _scopes(option: Option, names: Names, floors: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    for choice in option.sizing.choices:
        for replicas in floors if option.sizing.replicas else (0,):
            scope = {**names, **choice}
            if option.sizing.replicas:
                scope["replicas"] = replicas
            for name, value in option.sizing.let.items():
                scope[name] = value(scope)
            yield scope


def _unfit(option: Option, scope: Names) -> Unfit | None:
    for fit in option.sizing.fits:
        if not fit.holds(scope):
            return Unfit(fit.field, fit.reason(scope))
    return None


def _tidy(value: Any) -> int | float | str | bool:
    """Three decimals, whole numbers without a fraction: sizes are read by people and compared byte by byte."""
    if isinstance(value, float):
        rounded = round(value, 3)
        return int(rounded) if rounded == int(rounded) else rounded
    if isinstance(value, int | str | bool):
        return value
    raise ValueError(f"{value!r} is no size")
