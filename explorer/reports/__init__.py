"""Results as JSON, text, HTML and tables. Nothing here judges; it only says."""
