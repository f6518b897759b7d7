"""Times of a frame of the provenance canvas, drawn offscreen while it is dragged.

The picture is made up: each node takes two earlier ones. Goal: at least 30 frames a
second with 100,000 nodes at every zoom, no frame of more than 5,000 primitives. The
cost of drawing 5,000 plain lines is printed beside it.
"""

import os
import statistics
import time

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLineF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.measuring import once_s, say
from explorer.core.resources import resource
from explorer.gui.canvases.graph_picture import EdgeLine, GraphPicture, Lane, NodeBox
from explorer.gui.canvases.layered_layout import columns_of
from explorer.gui.canvases.provenance_canvas import ProvenanceCanvas
from explorer.gui.canvases.provenance_index import DrawnGraph
from explorer.gui.design.fonts import register_fonts
from explorer.gui.design.theme import Theme
from explorer.model.statements import FactGrade

NODES = 100_000
WIDTH, HEIGHT = 1440, 900
FRAMES = 30
ZOOMS = (0.02, 0.1, 0.2, 0.35, 0.45, 0.7, 1.0, 2.0)


def main() -> None:
    """Print the layout's time, then one line for each zoom."""
    application = QApplication.instance() or QApplication([])
    say(f"{lines_ms():.1f} ms for 5,000 plain lines")
    picture = made_up(NODES)
    say(f"{once_s(lambda: DrawnGraph(picture)):.2f} s to lay out {NODES:,} nodes")
    canvas = ProvenanceCanvas(Theme(register_fonts(resource("fonts"))))
    canvas.resize(WIDTH, HEIGHT)
    canvas.set_picture(picture)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    for zoom in ZOOMS:
        measure(canvas, image, zoom)
    del application


def measure(canvas: ProvenanceCanvas, image: QImage, zoom: float) -> None:
    """Drag the picture at one zoom and print the median and the worst frame."""
    canvas.look_at(f"n{NODES // 2}", zoom)
    taken = []
    for _ in range(FRAMES):
        began = time.perf_counter()
        canvas.pan(-23, -7)
        canvas.render(image)
        taken.append((time.perf_counter() - began) * 1000)
    facts = canvas.facts
    QTest.qWait(200)
    rest = once_s(lambda: canvas.render(image)) * 1000
    middle, worst = statistics.median(taken), max(taken)
    say(
        f"zoom {zoom:4}: {middle:5.1f} ms, worst {worst:5.1f}, at rest {rest:5.1f}; "
        f"{facts.level.name.lower()}, {facts.nodes:,} nodes, {facts.lines:,} lines, "
        f"{facts.left_out:,} lines left out"
    )


def lines_ms() -> float:
    """Return what 5,000 antialiased lines cost, in ms."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    chance = np.random.default_rng(1)
    ends = chance.integers(0, 900, (5_000, 4)).tolist()

    def draw() -> None:
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for x0, y0, dx, dy in ends:
            painter.drawLine(QLineF(x0, y0, x0 + dx % 100, y0 + dy % 100))
        painter.end()

    return once_s(draw) * 1000


def made_up(count: int) -> GraphPicture:
    """Return ``count`` nodes in four lanes, each made from two earlier ones."""
    chance = np.random.default_rng(1)
    targets = np.repeat(np.arange(1, count), 2)
    sources = targets - np.minimum(chance.geometric(1e-3, len(targets)), targets)
    columns = columns_of(count, sources, targets).tolist()
    grades = tuple(FactGrade)[:4]
    nodes = tuple(
        NodeBox(
            f"n{number}",
            f"LOT{number:06d}",
            f"{number} kg",
            column=columns[number],
            lane=number % 4,
            is_path=number % 997 == 0,
        )
        for number in range(count)
    )
    pairs = dict.fromkeys(zip(sources.tolist(), targets.tolist(), strict=True))
    edges = tuple(
        EdgeLine(f"n{one}", f"n{other}", grades[other % 4], is_path=other % 997 == 0)
        for one, other in pairs
    )
    lanes = tuple(Lane(f"Party {number}") for number in range(4))
    return GraphPicture(nodes, edges, lanes)


if __name__ == "__main__":
    main()
