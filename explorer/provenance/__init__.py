"""The provenance graph and traces through it, over arrays and looked-up records."""
