"""DECIDE: start workers, hand values to panes."""
