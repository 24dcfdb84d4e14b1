"""The workflow as data, for doors that draw it."""

from functools import cache

from libs.core.values import Json
from libs.workflow.cards import AGENTS


@cache
def plan_description() -> Json:
    """Nodes in order with the agent behind each, and edges, conditional ones marked."""
    from libs.workflow.graph import NODES, design_graph

    drawn = design_graph().compile().get_graph()
    return {
        "nodes": [
            {"name": name, "agent": AGENTS[name], "kind": "gate" if name.startswith("hitl_") else "node"}
            for name in NODES
        ],
        "edges": [
            {"from": edge.source, "to": edge.target, "conditional": edge.conditional} for edge in drawn.edges
        ],
    }
