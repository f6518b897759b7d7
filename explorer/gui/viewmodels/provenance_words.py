"""Sentences about a trace: from our catalogue, filled with counts and short ids only.

A headline never says more than the grades and the evidence behind it: it carries the
weakest grade of the chain, and if anything that the hops stand on does not match, it
says that instead. Text of a ledger enters a sentence only as a short id
(``[A-Za-z0-9._-]{1,24}``); everything else of it stands beside, in another voice.
"""

import re
from collections.abc import Mapping, Sequence

import msgspec

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.gui.translations import sentence, translate
from explorer.gui.viewmodels.inspect_words import plural
from explorer.gui.viewmodels.wording import counted, grouped, loose_text, time_text
from explorer.model.blocks import NO_BLOCK
from explorer.model.checks import Outcome
from explorer.model.ledgers import Remark
from explorer.model.statements import FactGrade, LinkGrade
from explorer.provenance.hops import Hop
from explorer.provenance.items import Found
from explorer.provenance.records import Place
from explorer.provenance.trace import Direction, Trace
from explorer.session.evidence_ladder import Rung, RungKind
from explorer.session.tracing import TraceAnswer

MAX_NAMED = 3
"""Most ids in a headline."""

MAX_SIDE = 3
"""Most things named on one side of a hop."""

MAX_PLAIN_VALUES = 2
PLAIN_ROOM_PX = 79
"""Room of a second line in a node; the round end of an origin leaves less."""

ORIGIN_ROOM_PX = 66

_NO_WORD = re.compile(
    r"\d{4}-\d\d-\d\d|[a-z]+://|[0-9a-f]{32}|[A-Za-z]*-?[\d-]+[A-Za-z]?\Z"
)
"""Times, addresses, hashes, and ids of other things."""
_SHORT_ID = re.compile(r"[A-Za-z0-9._-]{1,24}\Z")


def short_id(text: str) -> str:
    """Return ``text`` if it may stand in our own sentence, else an empty text."""
    return text if _SHORT_ID.match(text) else ""


def label_of(thing: str, label: str) -> str:
    """Return the short name of a thing, printable."""
    return printable(label or thing, 60)


def headline(answer: TraceAnswer) -> str:
    """Return the sentence of the page."""
    trace = answer.trace
    if isinstance(trace, Absent):
        return _not_found(answer)
    name = short_id(_item_label(trace)) or translate("Provenance", "This item")
    if not trace.hops:
        name = short_id(_item_label(trace)) or translate("Provenance", "this item")
        if trace.direction is Direction.BACK:
            text = translate("Provenance", "No record leads further back than {0}.")
        else:
            text = translate("Provenance", "No record leads further than {0}.")
        return text.format(name)
    ends = _counted_ends(trace)
    failed = len(failed_places(answer))
    if failed:
        text = plural(
            failed,
            translate(
                "Provenance",
                "Records lead {1} {2}, but one entry on the way does not match.",
            ),
            translate(
                "Provenance",
                "Records lead {1} {2}, but {0} entries on the way do not match.",
            ),
        )
        return text.format(grouped(failed), name, ends)
    return _graded(trace.fact).format(name, ends)


def _graded(fact: FactGrade | Absent) -> str:
    texts = {
        FactGrade.ENFORCED: translate(
            "Provenance", "The ledger’s own rules lead {0} {1}."
        ),
        FactGrade.SIGNED: translate("Provenance", "Signed records lead {0} {1}."),
        FactGrade.STATED: translate(
            "Provenance", "Records lead {0} {1}; not all of them are signed."
        ),
        FactGrade.INFERRED: translate(
            "Provenance", "Records and our own inference lead {0} {1}."
        ),
        FactGrade.CONTRADICTED: translate(
            "Provenance", "Records lead {0} {1}, but others contradict them."
        ),
    }
    if isinstance(fact, Absent):
        return translate(
            "Provenance", "Records lead {0} {1}; their grade is not known."
        )
    return texts[fact]


def _counted_ends(trace: Trace) -> str:
    labels = list(
        dict.fromkeys(
            (trace.versions[each].thing, trace.versions[each].label)
            for each in trace.ends
        )
    )
    count = len(labels)
    if trace.direction is Direction.BACK:
        text = plural(
            count,
            translate("Provenance", "back to 1 origin"),
            translate("Provenance", "back to {0} origins"),
        )
    else:
        text = plural(
            count,
            translate("Provenance", "on to 1 destination"),
            translate("Provenance", "on to {0} destinations"),
        )
    names = [short_id(label) for _, label in labels]
    if not 0 < count <= MAX_NAMED or not all(names):
        return text.format(grouped(count))
    joined = translate("Provenance", ", ").join(names)
    counted_ends = text.format(grouped(count))
    return translate("Provenance", "{0}: {1}").format(counted_ends, joined)


def _not_found(answer: TraceAnswer) -> str:
    if answer.item.found is Found.AMBIGUOUS:
        return translate("Provenance", "Several things are called so.")
    if answer.item.candidates:
        return translate("Provenance", "Nothing is called so, but some come near.")
    return translate("Provenance", "No record in this ledger names this item.")


def _item_label(trace: Trace) -> str:
    for each in trace.things:
        if each.is_item:
            return each.label
    return trace.item


def limit_line(answer: TraceAnswer) -> str:
    """Return the line that limits the headline."""
    trace = answer.trace
    if isinstance(trace, Absent):
        return translate("Provenance", "Choose one of the things below.")
    if not trace.hops:
        return translate(
            "Provenance",
            "Silence proves nothing either way: it may never have been recorded here.",
        )
    hops = counted(
        len(trace.hops),
        translate("Provenance", "1 hop"),
        translate("Provenance", "{0} hops"),
    )
    limit = translate(
        "Provenance",
        "Whether what was recorded is true is not computed: ask who said it, and how "
        "they knew.",
    )
    return translate("Provenance", "{0}. {1}").format(hops, limit)


def failed_places(answer: TraceAnswer) -> list[Place]:
    """Return the entries of the path behind which something does not match.

    Besides the hops these are the entries that recorded where it begins or ends.
    """
    trace = answer.trace
    if isinstance(trace, Absent):
        return []
    ends = (trace.versions[each] for each in (*trace.ends, *trace.starts))
    places = dict.fromkeys((hop.block, hop.entry) for hop in trace.hops)
    places |= dict.fromkeys((each.block, each.entry) for each in ends)
    return [each for each in places if each in answer.failed]


def rung_text(rung: Rung) -> str:
    """Return the sentence of a rung in the language of the window."""
    return sentence(rung.sentence)


def rung_title(rung: Rung, place: Place) -> str:
    """Return a rung in a few words if it holds, else its whole sentence."""
    if rung.outcome is not Outcome.PASSED:
        return rung_text(rung)
    words = {
        RungKind.ENTRY: translate("Provenance", "entry {0}:{1}, accepted"),
        RungKind.BLOCK: translate("Provenance", "in block {0}, hash equal"),
        RungKind.LINK: translate("Provenance", "the blocks beside it fit"),
        RungKind.SIGNATURE: translate("Provenance", "its author’s signature holds"),
        RungKind.RULES: translate("Provenance", "the ledger’s rules accept it"),
        RungKind.SIGNER: translate("Provenance", "under an authority you named"),
        RungKind.ANCHOR: translate("Provenance", "tied to your history anchor"),
    }
    return words[rung.kind].format(grouped(place[0]), grouped(place[1]))


def remark_text(remark: Remark) -> str:
    """Return a sentence on what the path does not settle."""
    return sentence(remark.sentence)


def weakest_text(trace: Trace) -> str:
    """Return the weakest grades of a path."""
    if isinstance(trace.link, Absent) or isinstance(trace.fact, Absent):
        return ""
    text = translate("Provenance", "weakest: fact {0}, link {1}")
    return text.format(fact_word(trace.fact), _link_word(trace.link))


def hop_title(trace: Trace, hop: Hop) -> str:
    """Return what led to what, in the ledger's names."""
    if hop.relation == "revision":
        return _side(trace, hop.targets)
    return f"{_side(trace, hop.sources)} → {_side(trace, hop.targets)}"


def _side(trace: Trace, nodes: Sequence[int]) -> str:
    names = dict.fromkeys(
        label_of(trace.versions[each].thing, trace.versions[each].label)
        for each in nodes
    )
    shown = list(names)[:MAX_SIDE]
    rest = len(names) - len(shown)
    text = ", ".join(shown)
    return f"{text} +{grouped(rest)}" if rest > 0 else text


def hop_second(hop: Hop, organisations: Mapping[str, str]) -> str:
    """Return what was done, and by whom, as the ledger says it."""
    agent = organisations.get(hop.agent, hop.agent)
    words = [printable(each, 60) for each in (hop.what, agent) if each]
    return " · ".join(words)


def hop_time(hop: Hop) -> str:
    """Return when it was done, as the entry states it; empty if it does not."""
    return "" if isinstance(hop.time_us, Absent) else time_text(hop.time_us)


def hop_relation(hop: Hop) -> str:
    """Return how the two sides are related."""
    words = {
        "revision": translate("Provenance", "recorded again"),
        "derivation": translate("Provenance", "made into"),
        "containment": translate("Provenance", "put into"),
        "association": translate("Provenance", "attached to"),
        "about": translate("Provenance", "document about"),
    }
    return words.get(hop.relation, printable(hop.relation, 40))


def place_text(hop: Hop) -> str:
    """Return where it stands: ``block:entry``, or the entry alone."""
    if hop.block == NO_BLOCK:
        return loose_text(hop.entry)
    return f"{hop.block}:{hop.entry}"


def fact_word(grade: FactGrade) -> str:
    """Return the word of a grade within a sentence."""
    words: Mapping[FactGrade, str] = {
        FactGrade.ENFORCED: translate("Provenance", "enforced"),
        FactGrade.SIGNED: translate("Provenance", "signed"),
        FactGrade.STATED: translate("Provenance", "stated"),
        FactGrade.INFERRED: translate("Provenance", "inferred"),
        FactGrade.CONTRADICTED: translate("Provenance", "contradicted"),
    }
    return words[grade]


def _link_word(grade: LinkGrade) -> str:
    if grade is LinkGrade.ENFORCED:
        return translate("Provenance", "enforced")
    return translate("Provenance", "named")


def plain_line(
    value: bytes, label: str, kind: str = "", room_px: int = PLAIN_ROOM_PX
) -> str:
    """Return some of what was recorded of a thing: short numbers and words of it.

    Only objects of JSON are read; names and values are the ledger's own. A quantity
    comes first, it tells most. Empty if nothing is short enough.
    """
    try:
        found = msgspec.json.decode(value, type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    numbers, words = _numbers(found), _words(found, label, kind)
    chosen: list[str] = []
    for text in [*numbers[:1], *words, *numbers[1:]]:
        room = room_px - sum(_width(each) + 9 for each in chosen)
        if len(chosen) < MAX_PLAIN_VALUES and 0 < _width(text) <= room:
            chosen.append(text)
    return " · ".join(chosen)


def _width(text: str) -> int:
    """Return about how many px a text of 11 px takes; views elide what is longer."""
    return sum(
        11 if not each.isascii() else 3 if each in " .,:" else 6 for each in text
    )


def _numbers(found: Mapping[str, object]) -> list[str]:
    """Return numbers with their names: ``62 kg``, or ``亩数 91.7``."""
    return [
        printable(f"{each:g} {name}" if name.isascii() else f"{name} {each:g}", 40)
        for name, each in found.items()
        if isinstance(each, int | float) and not isinstance(each, bool)
    ]


def _words(found: Mapping[str, object], label: str, kind: str) -> list[str]:
    """Return words of a record: no times, addresses, ids, or what the title says."""
    return [
        printable(each, 40)
        for each in found.values()
        if isinstance(each, str)
        and each not in {"", kind}
        and label not in each
        and not _NO_WORD.match(each)
    ]
