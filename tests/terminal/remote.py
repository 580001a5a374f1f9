"""A machine that one reaches over SSH: a real ``sshd`` on this one, with keys of its own and nothing of a person's."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.cli.running import ROOT
from tests.terminal.killing import PATIENCE, Session, processes_with

SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/sbin")
IS_HERE = all((SSHD, shutil.which("ssh"), shutil.which("ssh-keygen")))
"""Whether there is all that it takes."""

_SEPARATED = Path("/run/sshd")
"""The empty folder that sshd wants where root starts it; it stays, as another one may be using it."""

_LOCAL = ("LANG", "LC_ALL", "LC_CTYPE", "COLORTERM")
"""What a client tells of its terminal, beside TERM, which ssh tells itself."""


_NAME = "cardtui-test"
"""What the machine is known as, wherever it is reached."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a machine is reached."""

    host: str
    port: int
    before: tuple[str, ...] = ()
    """What starts ssh, such as another network."""


class Machine:
    """Where one logs in, and what one finds there."""

    def __init__(self, folder: Path, address: str = "127.0.0.1", before: Sequence[str] = ()) -> None:
        """`address` is where it listens; `before` is what starts its server, such as another network."""
        self.folder = folder
        """Where its keys lie, and all that programs which run on it keep."""

        self.way = Way(address, _free_port())
        """How it is reached from where its server runs."""

        for name in ("host", "user"):
            keygen = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
            subprocess.run(keygen, check=True, stdin=subprocess.DEVNULL)
        host = (folder / "host.pub").read_text(encoding="ascii")
        (folder / "known").write_text(f"{_NAME} {host}", encoding="ascii")
        command = folder / "bin" / "cardtui"
        command.parent.mkdir()
        command.write_text(f'#!/bin/sh\nexec {sys.executable} -m tui "$@"\n', encoding="utf-8")
        command.chmod(0o755)
        self._settings = folder / "sshd_config"
        self._settings.write_text(self._configuration(), encoding="utf-8")
        self._log = folder / "log"
        with self._log.open("wb") as log:
            server = [*before, str(SSHD), "-D", "-e", "-f", str(self._settings)]
            self._server = subprocess.Popen(server, stderr=log)

    def _configuration(self) -> str:
        path = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        kept = {"CACHE": "cache", "STATE": "state", "CONFIG": "config"}
        told = [f"XDG_{name}_HOME={self.folder / inner}" for name, inner in kept.items()]
        return "\n".join(
            [
                f"Port {self.way.port}",
                f"ListenAddress {self.way.host}",
                f"HostKey {self.folder / 'host'}",
                f"AuthorizedKeysFile {self.folder / 'user.pub'}",
                "PidFile none",
                "UsePAM no",
                "StrictModes no",
                "PermitRootLogin prohibit-password",
                "PrintMotd no",
                "PrintLastLog no",
                "AcceptEnv LANG LC_* COLORTERM",
                f"SetEnv PATH={path} PYTHONPATH={ROOT} {' '.join(told)}",
                "",
            ]
        )

    def until_up(self) -> None:
        """Wait until it takes connections."""
        end = time.monotonic() + PATIENCE
        while "Server listening" not in (told := self._log.read_text(encoding="utf-8", errors="replace")):
            assert self._server.poll() is None, told
            assert time.monotonic() < end, "sshd takes no connection"
            time.sleep(0.02)

    def login(self, command: str, env: Mapping[str, str] | None = None, size: tuple[int, int] = (120, 40)) -> Session:
        """A shell command on it, in a terminal here; the words AT THE END and its exit status follow its end."""
        return Session(self.ssh(command), env or {}, size)

    def ssh(self, command: str, way: Way | None = None) -> Sequence[str]:
        """The command that does this here, in the machine's folder."""
        way = way or self.way
        options = [f"UserKnownHostsFile={self.folder / 'known'}", f"HostKeyAlias={_NAME}"]
        options += ["IdentitiesOnly=yes", "BatchMode=yes", "LogLevel=ERROR"]
        options += [f"SendEnv={name}" for name in _LOCAL]
        words = [word for option in options for word in ("-o", option)]
        script = f"cd {self.folder}; {command}; echo AT THE END $?"
        where = ["-p", str(way.port), f"{getpass.getuser()}@{way.host}", script]
        return [*way.before, "ssh", "-tt", "-F", "none", "-i", str(self.folder / "user"), *words, *where]

    def connections(self) -> list[int]:
        """The processes that serve connections."""
        return _below(self._server.pid)

    def stop(self) -> None:
        """End it, and all that is left of what it served."""
        for process in [*self.connections(), self._server.pid, *processes_with(str(self.folder))]:
            _kill(process)
        self._server.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _below(process: int) -> list[int]:
    """The processes below one that are the same program, the nearest first."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
        own = [int(one) for one in children if Path(f"/proc/{one}/comm").read_text().startswith("sshd")]
    except OSError:  # it has ended
        return []
    return [*own, *(below for one in own for below in _below(one))]


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


@contextmanager
def machine(folder: Path, address: str = "127.0.0.1", before: Sequence[str] = ()) -> Iterator[Machine]:
    """A machine that is switched off afterwards, whatever happened."""
    if os.geteuid() == 0:
        _SEPARATED.mkdir(mode=0o755, exist_ok=True)
    found = Machine(folder, address, before)
    try:
        found.until_up()
        yield found
    finally:
        found.stop()
