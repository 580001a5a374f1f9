"""Tests of the folders of cards: found, shown as a tree, read in the background."""
