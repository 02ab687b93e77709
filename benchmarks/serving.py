"""The product's own server for a benchmark: started on a free port here, ended with its process group."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS_TO_START = 90


@dataclass(frozen=True, slots=True)
class Serving:
    """A started server: the port that it answers on, and its process."""

    port: int
    pid: int

    def cpu_seconds(self) -> float | None:
        """Seconds of a core that the process has used so far; None where the system does not say."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float | None:
        """Megabytes of memory that the process holds now (RSS); None where the system does not say."""
        with suppress(OSError):
            for line in Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8").splitlines():
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) / 1024
        return None


@contextmanager
def served(environment: dict[str, str], *, log: Path | None = None, kill: bool = False) -> Iterator[Serving]:
    """A started server, ended afterwards; with `kill` it gets no chance to put anything in order first."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "benchmarks/server.py", "--server.port", str(port)]
    with (log or Path(os.devnull)).open("wb") as said:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(process, port)
        yield Serving(port, process.pid)
    finally:
        _end(process, signal.SIGKILL if kill else signal.SIGTERM)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended by itself, with status {process.returncode}")
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.25)
    raise RuntimeError(f"the server did not answer within {SECONDS_TO_START} seconds")


def _end(process: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    for each in (sign, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, each)
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
            return
