"""The fields of a record for the detail tree, each with its place."""

from explorer.encodings.json_places import Node, Shape
from explorer.formats.fisco.fields import Fields
from explorer.model.ledgers import Field

MAX_LISTED = 20_000
"""Values of one record that are listed one by one."""


def block_fields(fields: Fields) -> tuple[Field, ...]:
    """Return the members of a record; its depth was bounded when it was read."""
    budget = [MAX_LISTED]
    return tuple(
        _field(fields, name, node, budget) for name, node in fields.node.members.items()
    )


def _field(fields: Fields, name: str, node: Node, budget: list[int]) -> Field:
    budget[0] -= 1
    span = fields.place(node)
    if node.shape is Shape.OBJECT:
        named = list(node.members.items())
    elif node.shape is Shape.LIST:
        named = [(str(index), each) for index, each in enumerate(node.items)]
    else:
        return Field(name, _shown(node), span, is_ours=False)
    children = tuple(
        _field(fields, child, each, budget) for child, each in named if budget[0] > 0
    )
    return Field(name, str(len(named)), span, children, is_ours=False)


def _shown(node: Node) -> str:
    if node.value is None:
        return "null"
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    return str(node.value)
