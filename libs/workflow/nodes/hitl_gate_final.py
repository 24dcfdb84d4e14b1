"""Stops for approval before anything is generated."""

from libs.workflow.nodes._gate import gate

hitl_gate_final = gate("hitl_gate_final")
