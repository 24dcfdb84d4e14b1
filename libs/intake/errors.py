"""What can go wrong with a brief and the answers to its questions."""

from libs.core.errors import Invalid


class AnswerInvalid(Invalid):
    """The answer does not fit its question."""

    code = "intake.answer_invalid"


class VocabularyInvalid(Invalid):
    """A file of words is wrong; the message names file, line and reason."""

    code = "intake.vocabulary_invalid"
