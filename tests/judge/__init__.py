"""Tests of judging: what the numbers of a card mean."""
