"""The explorer, driven by its keys."""
