"""Made-up pictures for the tests and benchmarks of the canvases."""

import numpy as np

from explorer.gui.canvases.graph_picture import (
    EdgeLine,
    GraphPicture,
    Lane,
    NodeBox,
    NodeShape,
)
from explorer.gui.design.marks import Mark
from explorer.model.statements import FactGrade

_HEADS = ("grow", "harvest", "merge", "grade", "pack", "ship", "receive", "sell")
_S = NodeShape


def pear_picture() -> GraphPicture:
    """Return a box of pears that comes from two orchards, with most kinds of nodes."""
    return GraphPicture(_nodes(), _edges(), _lanes(), _HEADS, is_fictional=True)


def _lanes() -> tuple[Lane, ...]:
    return (
        Lane("Orchard co-operative", "OrchardMSP"),
        Lane("Packing house", "PackerMSP"),
        Lane("Carrier", "named by others, signs nothing"),
        Lane("Retail", "RetailMSP"),
        Lane("Outside the ledger", "", is_outside=True),
    )


def _nodes() -> tuple[NodeBox, ...]:
    def path(
        key: str, second: str, shape: NodeShape, column: int, lane: int, hop: int
    ) -> NodeBox:
        is_item = key == "X00012"
        return NodeBox(
            key, key, second, shape, column, lane, f"{column}:0", (hop,),
            is_path=True, is_item=is_item,
        )  # fmt: skip

    def beside(
        key: str, second: str, shape: NodeShape, column: int, lane: int, badge: int = 0
    ) -> NodeBox:
        is_folded = badge > 0
        return NodeBox(
            key, key, second, shape, column, lane, is_folded=is_folded, badge=badge
        )

    return (
        beside("GY00", "Huangguan", _S.PLACE, 0, 0),
        path("GY01", "Su pear", _S.PLACE, 0, 0, 0),
        path("GY04", "翠冠 · 李庄镇", _S.PLACE, 0, 0, 1),
        beside("3 orchards", "not on path", _S.PLACE, 0, 0, 3),
        beside("PC20260000", "1 872 kg · 09-20", _S.LOT, 1, 0),
        path("PC20260002", "1 433 kg · 09-10", _S.LOT, 1, 0, 0),
        path("PC20260003", "1 461 kg · 09-05", _S.LOT, 1, 0, 1),
        beside("160 lots", "filter to open", _S.LOT, 1, 0, 160),
        beside("JC0003", "lab: passed", _S.DOCUMENT, 1, 1),
        beside("JC0002", "lab: passed", _S.DOCUMENT, 1, 1),
        beside("HB20260000", "2 lots · 3 093 kg", _S.LOT, 2, 1),
        path("HB20260001", "2 lots · 2 894 kg", _S.LOT, 2, 1, 2),
        beside("HB20260002", "2 lots · 3 211 kg", _S.LOT, 2, 1),
        beside("FJ20260 A–C", "first grade", _S.LOT, 3, 1, 3),
        path("FJ20261A", "top · 964.67 kg", _S.LOT, 3, 1, 3),
        beside("FJ20261B", "top · 964.67 kg", _S.LOT, 3, 1),
        NodeBox("X00007", "X00007", "refused", _S.ITEM, 4, 1, is_struck=True),
        path("X00012", "5 kg box", _S.ITEM, 4, 1, 4),
        beside("X00013–15", "3 boxes", _S.ITEM, 4, 1, 3),
        path("YS0001", "SF cold · 3.0 °C", _S.STEP, 5, 2, 5),
        beside("YS0002", "8 boxes · 1.9 °C", _S.STEP, 6, 2),
        path("received", "Hema · store 10", _S.STEP, 6, 3, 6),
        NodeBox(
            "XS00012",
            "XS00012",
            "sold · ¥89.21",
            _S.STEP,
            7,
            3,
            "108:2",
            (7,),
            is_path=True,
            mark=Mark.FAILED,
        ),
        beside("scanned", "Shanghai", _S.STEP, 7, 3),
        beside("ZH001", "recall · 153", _S.WARNING, 2, 3),
        beside("label photo", "IMG_2231.jpg", _S.DOCUMENT, 4, 4),
    )


def _edges() -> tuple[EdgeLine, ...]:
    strong, signed = FactGrade.ENFORCED, FactGrade.SIGNED

    def path(source: str, target: str, grade: FactGrade, label: str = "") -> EdgeLine:
        return EdgeLine(source, target, grade, label, is_path=True)

    return (
        EdgeLine("GY00", "PC20260000", strong),
        path("GY01", "PC20260002", strong),
        path("GY04", "PC20260003", strong),
        EdgeLine("3 orchards", "160 lots", strong),
        EdgeLine("PC20260000", "HB20260000", strong),
        path("PC20260002", "HB20260001", strong),
        path("PC20260003", "HB20260001", strong),
        EdgeLine("160 lots", "HB20260002", strong),
        EdgeLine("160 lots", "HB20260000", strong),
        EdgeLine("HB20260000", "FJ20260 A–C", strong),
        path("HB20260001", "FJ20261A", strong, "⅓"),
        EdgeLine("HB20260001", "FJ20261B", strong),
        EdgeLine("FJ20261A", "X00007", FactGrade.STATED, is_struck=True),
        path("FJ20261A", "X00012", strong, "5 kg"),
        EdgeLine("FJ20261A", "X00013–15", strong),
        path("X00012", "YS0001", signed),
        EdgeLine("X00013–15", "YS0001", signed),
        EdgeLine("X00013–15", "YS0002", FactGrade.INFERRED),
        path("YS0001", "received", signed),
        path("received", "XS00012", signed),
        EdgeLine("XS00012", "scanned", signed),
        EdgeLine("JC0003", "PC20260003", signed),
        EdgeLine("JC0002", "PC20260002", signed),
        EdgeLine("ZH001", "HB20260002", signed),
        EdgeLine("ZH001", "HB20260001", signed),
        EdgeLine("ZH001", "JC0002", FactGrade.CONTRADICTED),
        EdgeLine("label photo", "X00012", FactGrade.STATED),
    )


def large_picture(count: int, seed: int = 1) -> GraphPicture:
    """Return ``count`` nodes that come from earlier ones, in four lanes."""
    chance = np.random.default_rng(seed)
    targets = np.repeat(np.arange(1, count), 2)
    back = np.minimum(chance.geometric(min(1.0, 100 / count), len(targets)), targets)
    sources = targets - back
    columns = _depths(count, sources.tolist(), targets.tolist())
    grades = tuple(FactGrade)[:4]
    nodes = tuple(
        NodeBox(
            f"n{number}",
            f"LOT{number:06d}",
            f"{number} kg",
            tuple(_S)[number % 5],
            columns[number],
            number % 4,
            f"{number}:0",
            is_path=number % 997 == 0,
        )
        for number in range(count)
    )
    pairs = dict.fromkeys(zip(sources.tolist(), targets.tolist(), strict=True))
    edges = tuple(
        EdgeLine(f"n{a}", f"n{b}", grades[(a + b) % 4], is_path=b % 997 == 0)
        for a, b in pairs
    )
    lanes = tuple(Lane(f"Party {number}", f"MSP{number}") for number in range(4))
    heads = tuple(f"step {column}" for column in range(max(columns, default=-1) + 1))
    return GraphPicture(nodes, edges, lanes, heads)


def _depths(count: int, sources: list[int], targets: list[int]) -> list[int]:
    depths = [0] * count
    for source, target in zip(sources, targets, strict=True):
        depths[target] = max(depths[target], depths[source] + 1)
    return depths
