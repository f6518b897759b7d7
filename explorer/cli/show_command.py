"""``show``: one block or entry in full, with how each hash is computed."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence

from explorer import __version__
from explorer.core.absent import Absent
from explorer.core.errors import ExplorerError
from explorer.core.spans import ByteSpan
from explorer.core.text import printable
from explorer.crypto.trust import TrustStore
from explorer.model.ledgers import Field
from explorer.session.explaining import Explanation
from explorer.session.showing import BlockShower, ShownBlock, ShownClaim

MAX_PART_HEX = 4_096
"""Longest part of hashed bytes printed as hex; the span says where the rest is."""


def run_show(arguments: argparse.Namespace) -> int:
    """Print a block, or one entry of it."""
    shower = BlockShower((arguments.path,), TrustStore(), arguments.format)
    try:
        block = shower.show_from_start(0, arguments.height)
    finally:
        shower.close()
    fields = _chosen_fields(block, arguments.entry)
    claims = [
        each
        for each in block.claims
        if arguments.entry is None or _entry_of(each) == arguments.entry
    ]
    if arguments.json:
        document = _document(block, fields, claims)
        sys.stdout.write(json.dumps(document, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(block, fields, claims)) + "\n")
    return 0


def _chosen_fields(block: ShownBlock, entry: int | None) -> Sequence[Field]:
    if entry is None:
        return block.detail.fields
    for each in block.detail.entries:
        if each.position == entry:
            return [
                field
                for top in block.detail.fields
                for field in (top, *top.children)
                if not isinstance(field.span, Absent) and _holds(each.span, field.span)
            ]
    raise ExplorerError(f"block {block.detail.block.height} has no entry {entry}")


def _holds(outer: ByteSpan, inner: ByteSpan) -> bool:
    return (
        outer.source == inner.source
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def _entry_of(shown: ShownClaim) -> int:
    entry = getattr(shown.claim, "entry", -1)
    return entry if isinstance(entry, int) else -1


def _document(
    block: ShownBlock, fields: Sequence[Field], claims: Sequence[ShownClaim]
) -> dict[str, object]:
    return {
        "tool": {"name": "provenance-explorer", "version": __version__},
        "format": block.format,
        "title": block.title,
        "height": block.detail.block.height,
        "hash": block.block_hash.hex(),
        "fields": [_field(each, block.paths) for each in fields],
        "claims": [_claim(each, block.paths) for each in claims],
    }


def _span(span: ByteSpan | Absent, paths: Sequence[str]) -> dict[str, object] | None:
    if isinstance(span, Absent):
        return None
    return {"path": paths[span.source], "start": span.start, "end": span.end}


def _field(field: Field, paths: Sequence[str]) -> dict[str, object]:
    return {
        "name": field.name,
        "value": field.value,
        "span": _span(field.span, paths),
        "fields": [_field(each, paths) for each in field.children],
    }


def _claim(shown: ShownClaim, paths: Sequence[str]) -> dict[str, object]:
    return {
        "check": shown.spec.id,
        "kind": shown.spec.kind.value,
        "block": shown.claim.block,
        "entry": _entry_of(shown),
        "outcome": shown.outcome.word,
        "reason": shown.reason,
        "message": shown.sentence,
        "span": _span(shown.claim.place, paths),
        "explanation": None
        if shown.explanation is None
        else _explanation(shown.explanation, paths),
    }


def _explanation(each: Explanation, paths: Sequence[str]) -> dict[str, object]:
    return {
        "what": each.what,
        "algorithm": each.algorithm,
        "size": each.size_bytes,
        "parts": [
            {
                "name": part.name,
                "size": len(part.data),
                "hex": part.data[:MAX_PART_HEX].hex(),
                "span": _span(part.place, paths),
            }
            for part in each.parts
        ],
        "computed": each.computed,
        "declared": each.declared,
        "agrees": each.agrees,
        "command": each.command,
    }


def _lines(
    block: ShownBlock, fields: Sequence[Field], claims: Sequence[ShownClaim]
) -> Iterator[str]:
    height = block.detail.block.height
    yield f"{printable(block.title)}, block {height}"
    yield f"hash {block.block_hash.hex()}"
    for field in fields:
        yield from _field_lines(field, 0)
    for shown in claims:
        yield ""
        entry = _entry_of(shown)
        place = f" entry {entry}" if entry >= 0 else ""
        yield f"{shown.outcome.word}: {shown.spec.id}{place}: {shown.sentence}"
        if shown.explanation is not None:
            yield from _explanation_lines(shown.explanation)


def _field_lines(field: Field, depth: int) -> Iterator[str]:
    place = (
        ""
        if isinstance(field.span, Absent)
        else f"  [{field.span.start}…{field.span.end})"
    )
    value = printable(field.value, 200)
    yield f"{'  ' * depth}{printable(field.name)}: {value}{place}"
    for child in field.children:
        yield from _field_lines(child, depth + 1)


def _explanation_lines(each: Explanation) -> Iterator[str]:
    parts = ", ".join(
        f"{printable(part.name)} ({len(part.data)} bytes)" for part in each.parts[:8]
    )
    more = f" and {len(each.parts) - 8} more" if len(each.parts) > 8 else ""
    yield f"  {each.algorithm} of {each.size_bytes} bytes: {parts}{more}"
    yield f"  computed {each.computed}"
    yield f"  declared {each.declared}"
    for line in each.command.split("\n"):
        yield f"  $ {line}"
