"""What may be asked in a form before or during a design."""

from fastapi import APIRouter
from pydantic import BaseModel

from api.deps import PrincipalDep
from libs.intake.form import FormField, form_fields
from libs.planning.regions import PRICED

router = APIRouter(prefix="/constraints", tags=["designs"])


class ConstraintFields(BaseModel):
    """Every field of a brief, for a form; send what was filled in as `constraints` or at a gate."""

    fields: list[FormField]


@router.get("/fields", response_model=ConstraintFields)
async def list_constraint_fields(_principal: PrincipalDep) -> ConstraintFields:
    """What each constraint is called, which values it takes, and how much a design depends on it."""
    return ConstraintFields(fields=list(form_fields(PRICED)))
