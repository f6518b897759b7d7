"""Values used everywhere: digests, spans, absence, errors, tasks, safe text."""
