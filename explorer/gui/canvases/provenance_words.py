"""What the provenance canvas says of itself: to screen readers and beside the pointer.

Section 13 of the design: every canvas has an accessible description. Text of a node
comes from a ledger and is already printable; it is never read as mark-up.
"""

from explorer.gui.canvases.provenance_index import DrawnGraph
from explorer.gui.design.grades import grade_word
from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import counted
from explorer.provenance.folding import weakest_fact


def describe_picture(graph: DrawnGraph) -> str:
    """Return how much is drawn, and the weakest grade of the path."""
    picture = graph.picture
    if not picture.nodes:
        return translate("Canvas", "Nothing is drawn.")
    count = counted(
        len(picture.nodes),
        translate("Canvas", "1 node"),
        translate("Canvas", "{0} nodes"),
    )
    grades = [each.grade for each in picture.edges if each.is_path]
    if not grades:
        return translate("Canvas", "{0}, no path.").format(count)
    links = counted(
        len(grades),
        translate("Canvas", "1 line on the path"),
        translate("Canvas", "{0} lines on the path"),
    )
    weakest = translate("Canvas", "weakest grade: {0}")
    word = grade_word(weakest_fact(grades))
    text = translate("Canvas", "{0}, {1}, {2}.")
    return text.format(count, links, weakest.format(word))


def node_lines(graph: DrawnGraph, node: int) -> list[str]:
    """Return what is known of a node, line by line; the first is its title."""
    box = graph.picture.nodes[node]
    lines = [box.title, box.second, graph.picture.lanes[box.lane].title]
    if box.place:
        lines.append(translate("Canvas", "entry {0}").format(box.place))
    if box.is_struck:
        lines.append(translate("Canvas", "refused by the network"))
    if box.badge:
        lines.append(
            counted(
                box.badge,
                translate("Canvas", "stands for 1 thing or neighbour"),
                translate("Canvas", "stands for {0} things or neighbours"),
            )
        )
    edges = graph.edges_of(node)
    for edge in edges[:4].tolist():
        line = graph.picture.edges[edge]
        if line.label:
            lines.append(f"{line.label} · {grade_word(line.grade)}")
    return [each for each in lines if each]


def describe_node(graph: DrawnGraph, node: int) -> str:
    """Return one sentence on the node selected."""
    box = graph.picture.nodes[node]
    graph_edges = graph.layout.graph
    before = int((graph_edges.targets == node).sum())
    after = int((graph_edges.sources == node).sum())
    text = translate("Canvas", "{0}. {1} from the left, {2} to the right.")
    words = ", ".join(node_lines(graph, node))
    if box.is_path:
        words = translate("Canvas", "{0}, on the path").format(words)
    return text.format(words, before, after)
