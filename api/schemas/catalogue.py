"""The catalogue as the API shows it."""

from pydantic import BaseModel

from libs.planning.catalogue.models import Catalogue
from libs.planning.models import SLOTS, Slot
from libs.planning.wording import SLOT_TITLES


class OptionRead(BaseModel):
    """One way to fill a slot."""

    id: str
    title: str
    generated: bool
    """Whether a repository can be written with it; others can be tried, not taken."""
    summary: str
    """Why one takes it, in one sentence."""


class SlotRead(BaseModel):
    """A place in the architecture and what could fill it."""

    slot: Slot
    title: str
    options: list[OptionRead]


class CatalogueRead(BaseModel):
    """What may be written into `edits.components` at a gate."""

    slots: list[SlotRead]

    @classmethod
    def of(cls, catalogue: Catalogue) -> "CatalogueRead":
        return cls(
            slots=[
                SlotRead(
                    slot=slot,
                    title=SLOT_TITLES[slot],
                    options=[
                        OptionRead(
                            id=option.id,
                            title=option.title,
                            generated=option.generated,
                            summary=option.summary,
                        )
                        for option in catalogue.of_slot(slot)
                    ],
                )
                for slot in SLOTS
            ]
        )
