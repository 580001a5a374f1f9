"""JUDGE: what the numbers of cards mean."""
