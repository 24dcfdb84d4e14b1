"""Words that sentences anywhere in the product need."""


def counted(number: int, thing: str) -> str:
    """`1 file`, `3 files`; thousands are set apart."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def sentence(text: str) -> str:
    """The text with a capital at its beginning; the other letters stay as they are."""
    return text[:1].upper() + text[1:]


def named(actor: str) -> str:
    """`user:ana` is `ana`; the deadline and the project's policy, which decide by themselves, are called so."""
    kind, _, name = actor.partition(":")
    if kind == "policy":
        return "the deadline" if name == "deadline" else "the project's policy"
    return name or actor
