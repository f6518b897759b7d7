"""The chain strip at full length: gathering columns and drawing one frame.

A frame has 16 ms. The plain cost beside it is one ``reduceat`` over the same blocks.
"""

import os

import numpy as np
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from benchmarks.measuring import median_s, say
from explorer.core.resources import resource
from explorer.gui.canvases.chain_strip import ChainStrip
from explorer.gui.canvases.strip_data import BlockStatus, StripBlocks, Window, gather
from explorer.gui.design.fonts import register_fonts
from explorer.gui.design.theme import Theme

BLOCKS = 402_460
WIDTH_PX, HEIGHT_PX = 1400, 176


def made_up_blocks(count: int) -> StripBlocks:
    """Return blocks with bursts of entries, some refused, three that do not match."""
    rng = np.random.default_rng(7)
    status = np.full(count, BlockStatus.PASSED, np.uint8)
    status[[count // 5, count // 2, count // 2 + 1]] = BlockStatus.FAILED
    entries = rng.poisson(0.6, count).astype(np.uint32)
    refused = np.minimum(entries, rng.random(count) < 0.001).astype(np.uint32)
    is_config = np.zeros(count, np.bool_)
    is_config[::100_000] = True
    return StripBlocks(np.arange(count), entries, refused, status, is_config)


def main() -> None:
    """Print the cost of a frame and of its parts."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    theme = Theme(register_fonts(resource("fonts")))
    blocks = made_up_blocks(BLOCKS)
    strip = ChainStrip(theme)
    strip.resize(WIDTH_PX, HEIGHT_PX)
    strip.show_blocks(blocks)
    picture = QPixmap(WIDTH_PX, HEIGHT_PX)
    cuts = np.arange(WIDTH_PX) * BLOCKS // WIDTH_PX
    plain = median_s(lambda: np.maximum.reduceat(blocks.entries, cuts), 9)
    whole = Window(0, BLOCKS)
    gathering = median_s(lambda: gather(blocks, whole, WIDTH_PX), 9)
    drawing = median_s(lambda: strip.render(picture), 9)
    news = median_s(lambda: strip.show_blocks(blocks), 9)
    say(f"strip of {BLOCKS:,} blocks, {WIDTH_PX} px")
    say(f"  one reduceat        {plain * 1e3:7.2f} ms")
    say(f"  gather columns      {gathering * 1e3:7.2f} ms, {gathering / plain:.1f} ×")
    say(f"  draw a frame        {drawing * 1e3:7.2f} ms, {drawing / plain:.1f} ×")
    say(f"  take new blocks     {news * 1e3:7.2f} ms, {news / plain:.1f} ×")
    del application


if __name__ == "__main__":
    main()
