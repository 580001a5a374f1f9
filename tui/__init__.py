"""cardtui: explore, judge and compare Hugging Face model cards in the terminal."""
