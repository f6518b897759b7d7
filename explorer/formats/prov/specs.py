"""The checks of PROV documents, with the constraints that each of them holds.

W3C PROV-CONSTRAINTS (Recommendation, 30 April 2013): the number in a reason is the
number of the constraint there. Checks of notation come first.
"""

from typing import Final

from explorer.model.checks import CheckSpec, Kind, Reason

DOCUMENT_FORM: Final = "prov.document-form"
STATEMENT_FORM: Final = "prov.statement-form"
UNIQUE: Final = "prov.unique-statements"
IMPOSSIBLE: Final = "prov.possible-statements"
TYPES: Final = "prov.types"
ORDER: Final = "prov.event-order"

CHECKS: tuple[CheckSpec, ...] = (
    CheckSpec(
        DOCUMENT_FORM,
        Kind.FRAMING,
        "The document is written as its notation demands",
        (
            Reason("not-json", "The bytes are no JSON."),
            Reason("not-xml", "The bytes are no XML."),
            Reason("not-utf-8", "The bytes are not UTF-8."),
            Reason("syntax", "The grammar of PROV-N is broken here."),
            Reason("cut-document", "The document ends before it is closed."),
            Reason("trailing-data", "Something follows the end of the document."),
            Reason("document-type", "A document type definition is not accepted."),
            Reason("too-deep", "Values are nested deeper than the limit."),
            Reason("too-long", "The file is longer than the limit and was not read."),
            Reason("too-many-statements", "There are more statements than the limit."),
            Reason("duplicate-key", "A key stands twice in one object."),
            Reason("wrong-shape", "Something else stands here than the notation has."),
            Reason("unknown-record", "PROV knows no statement of this name."),
            Reason("extension-not-read", "A statement of an extension was left out."),
            Reason("unknown-prefix", "A prefix is used that nobody declared."),
        ),
    ),
    CheckSpec(
        STATEMENT_FORM,
        Kind.MALFORMED,
        "Every statement has what its kind demands",
        (
            Reason("argument-missing", "The statement lacks what it must name."),
            Reason("identifier-missing", "The statement names nothing."),
            Reason("argument-not-a-name", "A name was expected here."),
            Reason("too-many-arguments", "The statement has more arguments than PROV."),
            Reason("several-values", "One argument has several values."),
            Reason("time-not-read", "A time is not written as xsd:dateTime."),
            Reason("value-not-read", "The value of an attribute cannot be read."),
        ),
    ),
    CheckSpec(
        UNIQUE,
        Kind.MALFORMED,
        "Statements about one thing or event agree",
        (
            Reason("c22-key-object", "Two statements of one identifier disagree."),
            Reason("c23-key-properties", "Two statements of one identifier disagree."),
            Reason("c24-unique-generation", "An activity made an entity twice."),
            Reason("c25-unique-invalidation", "An activity ended an entity twice."),
            Reason("c26-unique-start", "An activity was started twice by another."),
            Reason("c27-unique-end", "An activity was ended twice by another."),
            Reason("c28-unique-start-time", "An activity has two times of start."),
            Reason("c29-unique-end-time", "An activity has two times of end."),
            Reason("unique-mention", "An entity mentions two others."),
            Reason("too-entangled", "Too many statements depend on one another."),
        ),
    ),
    CheckSpec(
        IMPOSSIBLE,
        Kind.MALFORMED,
        "No statement says what cannot be",
        (
            Reason(
                "c51-derivation-without-activity",
                "A derivation names a generation or usage, but no activity.",
            ),
            Reason("c52-specialization-of-itself", "An entity specializes itself."),
            Reason("c53-two-relations", "One identifier names two kinds of relation."),
            Reason("c54-thing-and-relation", "One identifier is thing and relation."),
        ),
    ),
    CheckSpec(
        TYPES,
        Kind.MALFORMED,
        "Nothing is of two kinds that exclude one another",
        (
            Reason("c55-entity-and-activity", "Something is entity and activity."),
            Reason("c56-member-of-empty", "An empty collection has a member."),
        ),
    ),
    CheckSpec(
        ORDER,
        Kind.NUMBER,
        "The events can have happened in some order",
        (
            Reason(
                "c42-derivation-order",
                "By these statements an entity was made before itself.",
            ),
        ),
    ),
)

FORM_REASONS = frozenset(each.code for each in CHECKS[1].reasons)
"""Flaws of one statement; all others are flaws of the document."""

NOTES = frozenset({"extension-not-read", "unknown-prefix"})
"""Flaws of a document that do not make it invalid."""
