"""Many commands in little time: each in a process that one with everything loaded splits off, under limits.

Run as a program, with a list of commands as JSON on standard input; prints how each ended, a line of JSON.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.cli.running import ROOT, environment

SECONDS = 20
"""After which a command is ended: far more than any takes."""

MEGABYTES = 600
"""Of memory that a command may have had at once."""

_ADDRESSES = 3_000_000_000
"""Bytes of addresses: what asks for more gets a MemoryError rather than the machine."""

_DROP, _OVERRIDE, _SEARCH = 24, 1, 2
"""``PR_CAPBSET_DROP``, and the rights by which root reads what it has no permission for."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    arguments: tuple[str, ...]
    status: int
    """Its exit status; below 0 the number of the signal that ended it."""

    out: bytes
    err: bytes
    megabytes: int
    """The most that it held."""

    seconds: float


def run_all(commands: Sequence[Sequence[str]], env: Mapping[str, str] | None = None) -> Iterator[Done]:
    """Run commands of cardtui, each in its own process, and tell how each ended."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.hostile.limited"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment({**(env or {}), "PYTHONPATH": str(ROOT)}),
        cwd=ROOT,
        preexec_fn=without_rights,  # noqa: PLW1509 - the tests start no threads
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise AssertionError("no pipes")
        process.stdin.write(json.dumps([list(command) for command in commands]).encode())
        process.stdin.close()
        for line in process.stdout:
            arguments, status, out, err, megabytes, seconds = json.loads(line)
            yield Done(tuple(arguments), status, base64.b64decode(out), base64.b64decode(err), megabytes, seconds)


def without_rights() -> None:
    """Let permissions hold for root too, on Linux."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        for right in (_OVERRIDE, _SEARCH):
            libc.prctl(_DROP, right, 0, 0, 0)


def main() -> None:
    """Run the commands of standard input."""
    import tui.cli.check  # noqa: PLC0415 - loaded once for all
    import tui.cli.diff  # noqa: PLC0415
    import tui.cli.export  # noqa: PLC0415
    import tui.cli.list  # noqa: PLC0415
    import tui.cli.plot  # noqa: PLC0415
    import tui.cli.show  # noqa: PLC0415
    import tui.render.figure  # noqa: PLC0415
    import tui.render.overlay  # noqa: PLC0415
    import tui.render.report  # noqa: F401, PLC0415

    for arguments in json.load(sys.stdin):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            status, usage = _split_off(arguments, out.fileno(), err.fileno())
            out.seek(0)
            err.seek(0)
            texts = [base64.b64encode(file.read()).decode() for file in (out, err)]
        line = [arguments, status, *texts, usage.ru_maxrss // 1024, usage.ru_utime + usage.ru_stime]
        print(json.dumps(line), flush=True)  # noqa: T201 - what is read


def _split_off(arguments: list[str], out: int, err: int) -> tuple[int, resource.struct_rusage]:
    child = os.fork()
    if not child:
        _become(arguments, out, err)
    _, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), usage


def _become(arguments: list[str], out: int, err: int) -> None:
    """Run a command and end."""
    import traceback  # noqa: PLC0415

    from tui.cli.main import run  # noqa: PLC0415

    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(SECONDS)
    sys.argv = ["cardtui", *arguments]
    status = 0
    try:
        run()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 0
    except BaseException:  # noqa: BLE001 - as the interpreter would
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
