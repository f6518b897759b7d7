"""The claim sheet: what is claimed about a thing, and what stands behind each claim.

Two questions are never merged: whether entries are unaltered since they were entered
(computed here) and whether they were true then (never computed). A sheet without any
ledger has the same rows; nothing supports them.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import msgspec

from explorer.core.absent import Absent
from explorer.model.statements import FactGrade, LinkGrade


class Topic(StrEnum):
    """What a claim is about."""

    CODE = "code"
    """The code printed on the thing."""
    PRODUCT = "product"
    MADE_OF = "made-of"
    ORIGIN = "origin"
    """Place where it grew or was made."""
    VARIETY = "variety"
    QUALITY = "quality"
    """Grade or class, such as "first class"."""
    QUANTITY = "quantity"
    PACKAGING = "packaging"
    HARVESTED = "harvested"
    INSPECTED = "inspected"
    """Lab and recall records; never "is it safe?"."""
    CERTIFIED = "certified"
    """Certificate or quality alliance."""
    CARRIED = "carried"
    TEMPERATURE = "temperature"
    SELLER = "seller"
    PRICE = "price"
    SCANS = "scans"
    TREATED = "treated"
    """Pesticides, fertilisers and other treatment."""
    SHARES = "shares"
    """How much of a mixed thing came from each source."""
    FREE = "free"
    """Anything else, in the words of whoever typed it."""


class Sayer(StrEnum):
    """Who makes a claim that was typed."""

    SELLER = "seller"
    LABEL = "label"
    PAGE = "page"
    OTHER = "other"


class Standing(StrEnum):
    """How a claim and the records stand to each other."""

    RECORDED = "recorded"
    """Records speak of it; nobody typed a claim to compare."""
    SAME = "same"
    """A record says the same words or the same number."""
    OTHER = "other"
    """Records speak of it in other words; a person must compare them."""
    DIFFERS = "differs"
    """A record gives another number or date than the claim."""
    SILENT = "silent"
    """No record found speaks of it."""
    UNSUPPORTED = "unsupported"
    """There is no ledger: said, and nothing here supports it."""


class TypedClaim(msgspec.Struct, frozen=True):
    """A claim that the user typed or pasted."""

    topic: Topic
    text: str
    sayer: Sayer = Sayer.SELLER


class EntryPlace(msgspec.Struct, frozen=True, order=True):
    """An entry by its place in the ledger."""

    block: int
    entry: int


class EventTime(msgspec.Struct, frozen=True):
    """When something is said to have happened."""

    time_us: int
    """Microseconds since 1970-01-01 UTC; midnight UTC where only a day is given."""
    is_day: bool
    """Only a day is given."""


class Source(msgspec.Struct, frozen=True):
    """One entry behind a row: who recorded it, and when."""

    place: EntryPlace
    entry_id: str
    what: str
    """What was done, in the ledger's words."""
    agent: str
    organisation: str
    fact: FactGrade
    recorded_us: int | Absent
    happened: EventTime | Absent
    """Absent where the entry states no time of its own."""
    is_unmatched: bool = False
    """Something that the entry stands on does not match."""

    @property
    def is_signed(self) -> bool:
        """Return whether a verified signature of its author covers it."""
        return self.fact in {FactGrade.SIGNED, FactGrade.ENFORCED}

    @property
    def delay_us(self) -> int | Absent:
        """Return how long after the event it was recorded; a day counts from its end.

        Absent where a time is not known, or the record is not later.
        """
        if isinstance(self.recorded_us, Absent) or isinstance(self.happened, Absent):
            return Absent.NOT_IN_EXPORT
        end = self.happened.time_us + (DAY_US if self.happened.is_day else 0)
        delay = self.recorded_us - end
        return delay if delay > 0 else Absent.NOT_IN_FORMAT


DAY_US = 86_400_000_000


class Saying(msgspec.Struct, frozen=True):
    """What one entry says about a topic, in its own words."""

    text: str
    field_name: str
    thing: str
    """Identifier of the thing that the entry speaks of."""
    label: str
    source: EntryPlace


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One line of the sheet."""

    topic: Topic
    claimed: str
    """What was typed; empty where only the records speak."""
    sayer: Sayer | Absent
    standing: Standing
    says: tuple[Saying, ...] = ()
    supports: tuple[EntryPlace, ...] = ()
    contradicts: tuple[EntryPlace, ...] = ()
    """Entries that say otherwise than the claim, or than the other entries."""
    fact: FactGrade | Absent = Absent.NOT_IN_EXPORT
    """The weakest grade of what supports it; contradicted where entries disagree."""
    link: LinkGrade | Absent = Absent.NOT_IN_EXPORT
    """For what a thing was made of: how firmly record follows record."""


class AfterEntry(StrEnum):
    """What is known about changes after entry; worst first."""

    NOTHING = "nothing"
    """No ledger is open, or the item is in none: nothing was computed."""
    CHECKING = "checking"
    UNMATCHED = "unmatched"
    """Something that an entry of this sheet stands on does not match."""
    ELSEWHERE = "elsewhere"
    """The entries of this sheet match, but the ledger does not as a whole."""
    OPEN = "open"
    """Something that must be checked could not be."""
    CONSISTENT = "consistent"
    """The entries hold together; whoever made the file could have made all of it."""
    ATTRIBUTED = "attributed"
    """Not altered by anyone without the keys that the user named."""
    ANCHORED = "anchored"
    """Unaltered after entry, up to the block that a history anchor ties."""


@dataclass(frozen=True, slots=True)
class Computed:
    """The block "unaltered after entry": worked out here."""

    state: AfterEntry
    entries: int = 0
    """Entries that this sheet stands on."""
    blocks: int = 0
    signed: int = 0
    """Of these entries, how many carry a verified signature of their author."""
    unmatched: int = 0
    anchored_height: int | Absent = Absent.NOT_IN_EXPORT
    last_hash: str = ""
    """Hash of the ledger's last block, hex."""
    ask: str = ""
    """What to ask the other side for, with the platform's own export command."""


@dataclass(frozen=True, slots=True)
class NotComputed:
    """The block "true before entry": never computed, only who said so."""

    signers: tuple[str, ...] = ()
    """Organisations that signed entries of this sheet."""
    named_only: tuple[str, ...] = ()
    """Named in entries; signed nothing on the way."""
    documents: int = 0
    """Hashes of documents that entries of this sheet hold."""


class Hand(msgspec.Struct, frozen=True):
    """Somebody whom the thing passed through."""

    name: str
    role: str
    """Field in which the entry names it, or empty for its author."""
    is_signer: bool
    named_by: str
    """Organisation that recorded it."""
    source: EntryPlace


class PlaceOrigin(StrEnum):
    """Where the coordinates of a place come from."""

    DATA = "data"
    LIST = "list"
    """The user's own list of places: inferred."""
    NONE = "none"
    """There are none: the place is listed, not drawn."""


class JourneyPlace(msgspec.Struct, frozen=True):
    """A place on the way."""

    name: str
    what: str
    origin: PlaceOrigin
    latitude: float | Absent
    longitude: float | Absent
    source: EntryPlace


class FoundHash(msgspec.Struct, frozen=True):
    """One entry that holds the hash of a file."""

    place: EntryPlace | Absent
    """Absent: it stands outside all entries."""
    block: int
    """-1: in the evidence, but in no block or entry that could be read."""
    algorithm: str
    spelling: str
    """``hex``, ``base64``, ``bytes``; ``id`` for a block's hash or an entry's id."""
    recorded_us: int | Absent


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A document or photo that was attached; hashed, never changed."""

    name: str
    size_bytes: int
    sha256: str
    sha512: str
    sm3: str
    captured_at: datetime
    """When it was attached here; aware UTC."""
    codes: tuple[str, ...] = ()
    """Texts of codes found in a photo."""
    found: tuple[FoundHash, ...] | Absent = Absent.NOT_IN_EXPORT
    """Where the ledger holds its hash; absent: not searched."""
    searched_entries: int = 0


class Question(msgspec.Struct, frozen=True):
    """A question to the brand, with room for the reply."""

    code: str
    """Stable; names the sentence in ``reports.claim_words``."""
    topic: Topic | Absent = Absent.NOT_IN_FORMAT
    command: str = ""
    """The platform's own export command, where there is one."""
    platform: str = ""


@dataclass(frozen=True, slots=True)
class ClaimSheet:
    """Everything the sheet says; immutable, made anew at each change."""

    item: str
    """Identifier of the thing; empty when none was found or no ledger is open."""
    label: str
    kind: str
    asked: str
    """What was typed, pasted or decoded."""
    ledger: str
    """Title of the ledger, in its own words; empty without one."""
    rows: tuple[ClaimRow, ...] = ()
    silent: tuple[Topic, ...] = ()
    computed: Computed = field(default_factory=lambda: Computed(AfterEntry.NOTHING))
    not_computed: NotComputed = field(default_factory=NotComputed)
    sources: tuple[Source, ...] = ()
    """Every entry the sheet stands on, in the order of the ledger."""
    hands: tuple[Hand, ...] = ()
    places: tuple[JourneyPlace, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    questions: tuple[Question, ...] = ()
    candidates: tuple[str, ...] = ()
    """Things to choose from where several may be meant."""
    evidence_digest: str = ""
    """SHA-256 of the evidence; of several files the digest over their digests."""
    is_fictional: bool = False

    @property
    def has_ledger(self) -> bool:
        """Return whether a ledger was looked at."""
        return bool(self.ledger)

    def source_of(self, place: EntryPlace) -> Source | None:
        """Return what is known of an entry."""
        return next((each for each in self.sources if each.place == place), None)
