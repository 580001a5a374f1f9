"""CONFIGURE. Files of settings → one frozen value, and where each setting comes from."""
