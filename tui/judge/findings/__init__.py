"""The findings: each one function, all of them in `table`."""
