"""Widgets: they lay out and forward; they decide nothing about ledgers."""
