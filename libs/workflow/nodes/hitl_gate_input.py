"""Stops for answers before planning."""

from libs.workflow.nodes._gate import gate

hitl_gate_input = gate("hitl_gate_input")
