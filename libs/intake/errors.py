"""What can go wrong with a brief and the answers to its questions."""

from libs.core.errors import Invalid


class AnswerInvalid(Invalid):
    """The answer does not fit its question."""

    code = "intake.answer_invalid"
