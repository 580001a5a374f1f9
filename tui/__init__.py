"""cardtui: explore and judge Hugging Face model cards in the terminal."""
