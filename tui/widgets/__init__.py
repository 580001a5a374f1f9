"""SHOW: one value in, messages out."""
