"""Byte and text encodings that ledgers are written in; no input or output."""
