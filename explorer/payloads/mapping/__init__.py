"""Applies mapping profiles: what entries say becomes neutral events and master data."""

from explorer.model.content import ROWS_TYPE
from explorer.payloads.mapping.mapper import Mapped, Mapper, may_apply

__all__ = ["ROWS_TYPE", "Mapped", "Mapper", "may_apply"]
