"""WRITE: values become lines of text and figures."""
