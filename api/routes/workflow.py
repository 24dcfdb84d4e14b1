"""The workflow itself, for those who draw it."""

import asyncio
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from libs.workflow.description import plan_description

router = APIRouter(prefix="/workflow", tags=["workflow"])


class NodeRead(BaseModel):
    """One of the thirteen steps."""

    name: str
    agent: str
    kind: Literal["node", "gate"]


class EdgeRead(BaseModel):
    """A way from one step to another."""

    model_config = ConfigDict(populate_by_name=True)

    source: str = Field(alias="from")
    target: str = Field(alias="to")
    conditional: bool


class WorkflowRead(BaseModel):
    """Nodes in order, and edges."""

    nodes: list[NodeRead]
    edges: list[EdgeRead]


@router.get("/plan", response_model=WorkflowRead)
async def get_workflow_plan() -> WorkflowRead:
    """The nodes and edges of the design workflow."""
    return WorkflowRead.model_validate(await asyncio.to_thread(plan_description))
