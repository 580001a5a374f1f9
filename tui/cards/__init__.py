"""READ: bytes become cards."""
