"""What the table has: goals, each with how it is measured."""
