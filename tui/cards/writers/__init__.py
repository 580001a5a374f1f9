"""One module for each kind of program that writes cards."""
