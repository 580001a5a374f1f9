"""``python -m tui`` is the command ``cardtui``."""

from tui.cli.main import run

if __name__ == "__main__":
    run()
