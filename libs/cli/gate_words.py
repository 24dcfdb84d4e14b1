"""How a gate reads in a terminal: its questions, and the ways on from it."""

from typing import Any


def default_in_words(question: dict[str, Any]) -> str:
    """What an approval accepts for the question, such as `default: 10 GB`."""
    default = question["default"]
    match default:
        case None:
            return "no default"
        case bool():
            return f"default: {'yes' if default else 'no'}"
        case []:
            return "default: none"
        case list():
            return f"default: {', '.join(str(value) for value in default)}"
        case float() | int():
            return f"default: {default:,.10g} {question['unit']}".rstrip()
        case _:
            return f"default: {default}"


def ways_on(gate: dict[str, Any] | None, run_id: str) -> list[str]:
    """Commands to copy: one for each decision that the gate offers, then the one that shows it all."""
    commands = {
        "approve": f"runs approve {run_id}",
        "respond": f'runs answer {run_id} --text "…"   (or --answers FILE)',
        "edit": f"runs edit {run_id} --set field=value   (or --use slot=option)",
        "reject": f'runs reject {run_id} --comment "…"   (--revise plans again with it)',
    }
    offered = [commands[decision] for decision in gate["decisions"]] if gate else []
    return [f"agentic-mlops {command}" for command in (*offered, f"runs show {run_id}")]
