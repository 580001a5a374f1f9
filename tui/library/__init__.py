"""KEEP: folders of cards."""
