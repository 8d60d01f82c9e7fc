"""Pages and reports are read in a process of their own, with limits: on hostile bytes a library may never return.

The process is started once and reused; one that dies is replaced for the next input. Limits of time are of computing
time, so that a busy machine skips nothing that an idle one reads.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from typing import IO, Any, cast

from quotes.models import Article, Skipped
from quotes.readers.inputs import Found, Input, whole

SECONDS = 20  # of computing time for one input
MEMORY = 2 << 30  # bytes of address space
LONGEST = 300.0  # seconds on the clock, for a process that sleeps
_FRAME = struct.Struct(">QQ")  # lengths of a header in JSON and of the bytes that follow it


def confined(task: str, data: bytes, where: str, **options: Any) -> Found:
    """What ``task`` (see ``quotes.readers.__main__``) finds in some bytes; a Skipped if it fails or exceeds a limit."""
    found, _ = _asked(task, data, where, options)
    return unpacked(found)


def confined_whole(task: str, source: Input) -> Iterator[Found]:
    """The same of all that an input holds: one article, or why there is none."""
    data = whole(source)
    if isinstance(data, Skipped):
        yield data
        return
    found = confined(task, data, source.where, place=source.place)
    yield replace(found, url=source.url) if isinstance(found, Article) else found


def confined_bytes(task: str, data: bytes, where: str) -> bytes | Skipped:
    """The same of a task that makes bytes of bytes, which a reader outside then takes for what they are."""
    found, made = _asked(task, data, where, {})
    return Skipped(**found["Skipped"]) if "Skipped" in found else made


def _asked(task: str, data: bytes, where: str, options: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    with _LOCK:
        if _WORKER.owner != os.getpid():  # a copy of this process made by fork has no right to talk to it
            _WORKER.process = None
        return _WORKER.ask({"task": task, "where": where, "options": options}, data)


def send(stream: IO[bytes], header: dict[str, Any], data: bytes = b"") -> None:
    """Write one message."""
    text = json.dumps(header).encode()
    stream.write(_FRAME.pack(len(text), len(data)) + text)
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Read one message; None at the end."""
    frame = stream.read(_FRAME.size)
    if len(frame) < _FRAME.size:
        return None
    text, data = (stream.read(length) for length in _FRAME.unpack(frame))
    return (json.loads(text), data) if text else None


def packed(found: Found) -> dict[str, Any]:
    """An Article or Skipped as JSON."""
    return {type(found).__name__: asdict(found)}


def unpacked(answer: dict[str, Any]) -> Found:
    """The Article or Skipped again."""
    if "Skipped" in answer:
        return Skipped(**answer["Skipped"])
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in answer["Article"].items()
    }
    return Article(**fields)


class _Worker:
    """The process, if one runs."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0

    def ask(self, request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        process = self.running()
        requests, answers = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
        watch = threading.Timer(LONGEST, process.kill)
        watch.start()
        try:
            with suppress(BrokenPipeError):
                send(requests, request, data)
            answer = receive(answers)
        except BaseException:  # half a conversation: the next one starts anew
            self.stop()
            raise
        finally:
            watch.cancel()
        if answer is None:
            return packed(Skipped(request["where"], _cause(self.stop()))), b""
        if answer[0]["last"]:
            self.stop()
        return answer

    def running(self) -> subprocess.Popen[bytes]:
        if self.process and self.process.poll() is not None:
            self.stop()
        if self.process is None:
            self.process, self.owner = _start(), os.getpid()
        return self.process

    def stop(self) -> int:
        """End the process and give its exit status, negative for a signal."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return 0
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()
        with suppress(subprocess.TimeoutExpired):
            return process.wait(1)
        process.kill()
        return process.wait()


def _start() -> subprocess.Popen[bytes]:
    """A process that serves; it takes no module from the folder it is started in."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "quotes.readers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},  # threads reserve address space
    )


def _cause(status: int) -> str:
    if status == -getattr(signal, "SIGXCPU", 0):
        return f"takes more than {SECONDS} s of computing time to read"
    if status == -getattr(signal, "SIGKILL", 0):
        return "takes too long or too much memory to read"
    return f"its reader broke down ({f'signal {-status}' if status < 0 else f'exit status {status}'})"


_WORKER = _Worker()
_LOCK = threading.Lock()
atexit.register(_WORKER.stop)
