"""Pictures painted by ourselves: band, strip, bytes, hash figure, graphs."""
