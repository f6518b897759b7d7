"""The window: views, view models, and the tasks that keep work out of its thread."""
