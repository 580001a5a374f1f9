"""Tests of how values are written as lines."""
