"""Input that wants to do harm, and the app and the commands that must take none."""
