"""Errors that end a thread end the command, too."""

from __future__ import annotations

import os
import signal
import threading


def watch_threads(failed: list[BaseException]) -> None:
    """Let an error that ends a thread end the command, as if it was interrupted; the error is put into `failed`."""

    def end(ended: threading.ExceptHookArgs) -> None:
        if failed or ended.exc_value is None or isinstance(ended.exc_value, SystemExit):
            return
        failed.append(ended.exc_value)
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            os.kill(os.getpid(), signal.SIGINT)
        else:  # in the background, where shells have it ignored
            from tui.cli.crash import end_by  # noqa: PLC0415 - rarely needed

            os._exit(end_by(ended.exc_value))

    threading.excepthook = end
