"""What can go wrong when a plan becomes files."""

from libs.core.errors import Conflict, Invalid, NotFound, ProductError


class RenderFailed(ProductError):
    """A template cannot be rendered from these answers."""

    code = "codegen.render_failed"


class UnescapedText(Invalid):
    """A text would enter a generated file without the filter that makes it harmless there."""

    code = "codegen.unescaped_text"


class UnsafePath(Invalid):
    """A generated file would leave the root of the repository."""

    code = "codegen.unsafe_path"


class UnsafeName(Invalid):
    """A name in the answers is not one that is safe in paths and resource names."""

    code = "codegen.unsafe_name"


class AnswersUnreadable(Invalid):
    """The recorded answers are not a blueprint."""

    code = "codegen.answers_unreadable"


class ModuleUnknown(NotFound):
    """The plan chose an option that has no template module."""

    code = "codegen.module_unknown"


class ForeignResult(ProductError):
    """A check result belongs to another payload than the one it is reported for."""

    code = "codegen.foreign_result"


class EvidenceUnreadable(Invalid):
    """The file is no record of a run."""

    code = "codegen.evidence_unreadable"


class EvidenceForeign(Conflict):
    """The record of a run is about other files than those of the version."""

    code = "codegen.evidence_foreign"
