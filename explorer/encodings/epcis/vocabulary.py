"""Words of the Core Business Vocabulary in their four spellings.

GS1 CBV 2.0, sections 7 and 8: bare ``shipping``, CURIE ``cbv:BizStep-shipping``,
address ``https://ref.gs1.org/cbv/BizStep-shipping``, and the URN
``urn:epcglobal:cbv:bizstep:shipping``.
Sensor types and exceptions are words of the GS1 Web Vocabulary. Words that are none of
the standard stay exactly as written: a user may have a vocabulary of its own.
"""

from enum import Enum

CBV = "https://ref.gs1.org/cbv/"
VOC = "https://gs1.org/voc/"

EVENT_TYPES = frozenset(
    {
        "ObjectEvent",
        "AggregationEvent",
        "TransactionEvent",
        "TransformationEvent",
        "AssociationEvent",
        "QuantityEvent",
    }
)
"""``QuantityEvent`` is of EPCIS 1.x only."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STEPS = _words(
    """accepting arriving assembling collecting commissioning consigning
    creating_class_instance cycle_counting decommissioning departing destroying
    disassembling dispensing encoding entering_exiting holding inspecting installing
    killing loading other packing picking receiving removing repackaging repairing
    replacing reserving retail_selling sampling sensor_reporting shipping
    staging_outbound stock_taking stocking storing transporting unloading unpacking
    void_shipping"""
)
DISPOSITIONS = _words(
    """active available completeness_verified completeness_inferred conformant
    container_closed container_open damaged destroyed dispensed disposed encoded expired
    in_progress in_transit inactive mismatch_instance mismatch_class mismatch_quantity
    needs_replacement no_pedigree_match non_conformant non_sellable_other
    partially_dispensed recalled reserved retail_sold returned sellable_accessible
    sellable_not_accessible stolen unavailable unknown"""
)
TRANSACTION_TYPES = _words(
    """bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres
    upevt"""
)
PARTY_TYPES = frozenset({"owning_party", "possessing_party", "location"})
ERROR_REASONS = frozenset({"did_not_occur", "incorrect_data"})


class Words(Enum):
    """One list of words: (mark in addresses, part of URNs, words)."""

    STEP = ("BizStep-", "bizstep", STEPS)
    DISPOSITION = ("Disp-", "disp", DISPOSITIONS)
    TRANSACTION = ("BTT-", "btt", TRANSACTION_TYPES)
    PARTY = ("SDT-", "sdt", PARTY_TYPES)
    ERROR = ("ER-", "er", ERROR_REASONS)
    COMPONENT = ("Comp-", "comp", frozenset[str]())
    """Open here: its words are not checked."""

    def __init__(self, mark: str, part: str, known: frozenset[str]) -> None:
        """Make the beginnings of all spellings."""
        self.known = known
        self.address = f"{CBV}{mark}"
        self._beginnings = (
            self.address,
            f"cbv:{mark}",
            f"urn:epcglobal:cbv:{part}:",
            mark,
        )

    def bare(self, text: str) -> str:
        """Return the bare word of any spelling, other text as it is."""
        if text in self.known:
            return text
        for beginning in self._beginnings:
            if text.startswith(beginning):
                return text[len(beginning) :] or text
        return text

    def is_allowed(self, text: str) -> bool:
        """Return whether ``text`` may stand: a word of the list, or an address."""
        return not self.known or self.bare(text) in self.known or ":" in text


def web_word(text: str) -> str:
    """Return the bare word of a GS1 Web Vocabulary term, other text as it is."""
    for beginning in (VOC, "gs1:", "https://www.gs1.org/voc/"):
        if text.startswith(beginning):
            return text[len(beginning) :] or text
    return text
