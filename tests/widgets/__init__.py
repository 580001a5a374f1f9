"""Each widget in an app of its own."""
