"""The checks of event documents: ids, what holds when they pass, reasons of their own.

docs/formats/epcis.md, section "What is checked". A document of events has no hash but
those that event ids declare, and an id that does not match is never called a failure:
the published scheme has several honest ways of writing, and some are unknown here.
"""

from typing import Final

from explorer.model.checks import CheckSpec, Kind, Reason

FRAMING: Final = "epcis.document-framing"
EVENT_FORM: Final = "epcis.event-form"
EVENT_WORDS: Final = "epcis.event-words"
EVENT_ID: Final = "epcis.event-id"
ID_UNIQUE: Final = "epcis.event-id-unique"

NOT_CANONICAL: Final = "event-id-not-canonical"
ID_UNKNOWN: Final = "event-id-algorithm-unknown"
ID_REPEATED: Final = "event-id-repeated"
TOO_MANY: Final = "too-many-flaws"

CHECKS: tuple[CheckSpec, ...] = (
    CheckSpec(
        FRAMING,
        Kind.FRAMING,
        "The document is JSON or XML from its first byte to its last",
        (
            Reason("not-json", "These bytes are not valid JSON."),
            Reason("not-xml", "The document is not well-formed XML from here on."),
            Reason("cut-off", "The document ends in the middle."),
            Reason("doctype-refused", "A document type definition is not read."),
            Reason("encoding-unknown", "The text is encoded in a way not read here."),
            Reason("comment-in-json", "The file holds comments, which JSON has not."),
            Reason("not-an-event", "A value that is no event stands where one must."),
            Reason("event-type-unknown", "The event is of a type not known here."),
            Reason("too-deep", "Values are nested deeper than the limit."),
            Reason(TOO_MANY, "There are more flaws than are listed."),
        ),
    ),
    CheckSpec(
        EVENT_FORM,
        Kind.MALFORMED,
        "Every event has the fields that its type must have, each readable",
        (
            Reason("time-missing", "The event states no time."),
            Reason("time-unreadable", "A time of the event cannot be read."),
            Reason("zone-missing", "The event states no time zone."),
            Reason("zone-unreadable", "The time zone of the event cannot be read."),
            Reason("action-missing", "The event does not state its action."),
            Reason("action-unknown", "The action is none of ADD, OBSERVE, DELETE."),
            Reason("parent-missing", "The event does not name the parent."),
            Reason("class-missing", "A quantity does not say of what."),
            Reason("list-expected", "A single value stands where a list must."),
            Reason("number-unreadable", "A number of the event cannot be read."),
            Reason("key-repeated", "A key stands twice in one object."),
            Reason("not-a-number", "NaN and Infinity are not JSON."),
            Reason("not-utf-8", "The event holds text that is not valid Unicode."),
            Reason("too-deep", "Values are nested deeper than the limit."),
            Reason(TOO_MANY, "There are more flaws than are listed."),
        ),
    ),
    CheckSpec(
        EVENT_WORDS,
        Kind.MALFORMED,
        "Events use the words and fields of the standard",
        (
            Reason("word-unknown", "A word is none of the standard and no address."),
            Reason(
                "field-unknown", "A field is neither of the standard nor an extension."
            ),
            Reason("namespace-missing", "A field of the item data has no namespace."),
            Reason(
                "certification-not-an-address",
                "The certificate is written out where its address must stand.",
            ),
            Reason(TOO_MANY, "There are more flaws than are listed."),
        ),
    ),
    CheckSpec(
        EVENT_ID,
        Kind.HASH,
        "Event ids that declare a hash are the hash of their event",
        (
            Reason(
                NOT_CANONICAL,
                "The event id is not the canonical hash of this content.",
            ),
            Reason(ID_UNKNOWN, "The event id declares a hash of an unknown form."),
        ),
        core=True,
    ),
    CheckSpec(
        ID_UNIQUE,
        Kind.NUMBER,
        "Events with the same id have the same content",
        (Reason(ID_REPEATED, "Another event has the same id and other content."),),
    ),
)

MISSING = frozenset(
    {
        "time-missing",
        "zone-missing",
        "action-missing",
        "parent-missing",
        "class-missing",
    }
)
"""Flaws that leave a question open: nothing is wrong, something is not there."""

WORDS = frozenset(
    {
        "word-unknown",
        "field-unknown",
        "namespace-missing",
        "certification-not-an-address",
    }
)
"""Flaws that do not hinder reading."""
