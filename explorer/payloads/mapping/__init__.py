"""Applies mapping profiles: what entries say becomes neutral events and master data."""

from explorer.payloads.mapping.mapper import Mapped, Mapper, may_apply

__all__ = ["Mapped", "Mapper", "may_apply"]
