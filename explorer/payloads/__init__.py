"""Readers of what entries say: each turns entry content into provenance statements."""
