"""Tests of reading: bytes in, cards out."""
