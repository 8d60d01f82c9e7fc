"""Processes of our own: tasks in, results out in the same order, whatever becomes of those who work on them.

Where a process of ``multiprocessing.Pool`` or ``nlp.pipe`` is killed, its caller waits for ever. Here a worker that
ends is replaced, and the task it was at is tried once more with nothing else at work beside it; a second end, or too
long a time, makes it a Failed. Workers are new processes, which share no lock, session or connection with anybody.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

from quotes.errors import QuotesError

Key = TypeVar("Key")
Result = TypeVar("Result")
Work = Callable[[str], Result]
Make = Callable[[], Work[Result]]

SERVE = "from quotes.pool import serve; serve()"
AT_HAND = 2  # tasks that a worker holds: the one it is at, and the next, so that it never waits for us
AHEAD = 16  # tasks for each worker that are taken in before the oldest is done
MOST = 50_000_000  # characters of all tasks taken in; one task alone may be longer
ATTEMPTS = 2
GRACE = 1.0  # seconds from the last word of a worker to its end
STILLBORN = 3  # workers that end before they are ready, one after the other


@dataclass(frozen=True, slots=True)
class Failed:
    """A task without a result, and why."""

    reason: str


def cores() -> int:
    """How many processes can run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ordered(
    tasks: Iterable[tuple[Key, str | None]],
    make: Make[Result],
    *,
    jobs: int,
    patience: Callable[[str], float],
) -> Iterator[tuple[Key, Result | Failed | None]]:
    """``(key, result)`` of each task ``(key, text)``, in their order; a text of None only keeps its place.

    ``make`` is called once in each of the ``jobs`` workers and gives what makes a result of a text; it and the results
    must be picklable. A text may take ``patience(text)`` seconds. Tasks are taken in as there is room: at most AHEAD a
    worker, and MOST characters. Raises what ``make`` raises, and the QuotesErrors of its work; QuotesError where no
    worker can be started. Workers end with the iterator.
    """
    crew: _Crew[Result] = _Crew(make, jobs, patience)
    line: deque[tuple[Key, _Task[Result]]] = deque()
    size, more, source = 0, True, iter(tasks)
    try:
        while more or line:
            if more and len(line) < AHEAD * jobs and size < MOST:
                if (task := next(source, None)) is None:
                    more = False
                    continue
                line.append((task[0], crew.take(task[1])))
                size += len(task[1] or "")
                crew.turn(0)
            elif not line[0][1].done:
                crew.turn(None)
            while line and line[0][1].done:
                key, done = line.popleft()
                size -= len(done.text or "")
                yield key, done.result
    finally:
        crew.dismiss()


@dataclass(eq=False)
class _Task(Generic[Result]):
    text: str | None
    result: Result | Failed | None = None
    done: bool = False
    attempts: int = 0

    def settle(self, result: Result | Failed | None) -> None:
        self.result, self.done = result, True


@dataclass(eq=False)
class _Worker(Generic[Result]):
    process: subprocess.Popen[bytes]
    connection: Connection
    ready: bool = False
    since: float = 0.0  # when it began the first of the tasks it holds
    held: deque[_Task[Result]] = field(default_factory=deque)


class _Crew(Generic[Result]):
    """The workers, what waits for them, and what is suspected of having ended one."""

    def __init__(self, make: Make[Result], jobs: int, patience: Callable[[str], float]) -> None:
        self.make, self.jobs, self.patience = make, jobs, patience
        self.queue: deque[_Task[Result]] = deque()
        self.suspects: deque[_Task[Result]] = deque()
        self.workers: list[_Worker[Result]] = []
        self.stillborn = 0

    def take(self, text: str | None) -> _Task[Result]:
        """A new task, at the end of the queue; done already where there is nothing to do."""
        task: _Task[Result] = _Task(text, done=text is None)
        if text is not None:
            self.queue.append(task)
        return task

    def turn(self, seconds: float | None) -> None:
        """Hand out what waits, and hear what is done; wait for that as long as ``seconds``, or as it takes."""
        self._hire()
        self._hand_out()
        connections = {worker.connection: worker for worker in self.workers}
        for connection in wait(list(connections), self._patience() if seconds is None else seconds):
            self._hear(connections[connection])  # type: ignore[index]
        for worker in list(self.workers):
            if worker.held and time.monotonic() - worker.since > self._limit(worker):
                self._give_up(worker)

    def dismiss(self) -> None:
        """Everybody leaves, done or not."""
        for worker in list(self.workers):
            self._end(worker)

    def _hire(self) -> None:
        wanted = min(self.jobs, len(self.queue) + len(self.suspects) + sum(bool(w.held) for w in self.workers))
        while len(self.workers) < wanted:
            self.workers.append(_Worker(*_start(self.make)))

    def _hand_out(self) -> None:
        free = [worker for worker in self.workers if worker.ready]
        held = [task for worker in self.workers for task in worker.held]
        if self.suspects and free and not held:
            self._send(free[0], self.suspects.popleft())
            return
        if self.suspects or any(task.attempts for task in held):
            return
        for depth in range(AT_HAND):
            for worker in free:
                if self.queue and len(worker.held) == depth:
                    self._send(worker, self.queue.popleft())

    def _send(self, worker: _Worker[Result], task: _Task[Result]) -> None:
        if not worker.held:
            worker.since = time.monotonic()
        worker.held.append(task)
        with suppress(OSError):  # it has ended: we shall hear of that
            worker.connection.send(task.text)

    def _hear(self, worker: _Worker[Result]) -> None:
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            self._lost(worker)
            return
        if isinstance(message, BaseException):
            raise message
        if worker.ready:
            worker.held.popleft().settle(message)
        worker.ready, worker.since, self.stillborn = True, time.monotonic(), 0

    def _lost(self, worker: _Worker[Result]) -> None:
        """A worker has ended by itself, or somebody ended it."""
        how = self._end(worker, GRACE)
        if not worker.ready:
            self.stillborn += 1
            if self.stillborn == STILLBORN:
                raise QuotesError(f"no worker process can be started: {how}", "--jobs 1 does without")
        elif worker.held:
            task = worker.held.popleft()
            task.attempts += 1
            if task.attempts == ATTEMPTS:
                task.settle(Failed(f"ends the process that works on it, twice: {how}"))
            else:
                self.suspects.append(task)
        self.queue.extendleft(reversed(worker.held))

    def _give_up(self, worker: _Worker[Result]) -> None:
        """The task that a worker is at takes too long."""
        limit = self._limit(worker)
        self._end(worker)
        worker.held.popleft().settle(Failed(f"takes longer than {limit:,.0f} seconds"))
        self.queue.extendleft(reversed(worker.held))

    def _end(self, worker: _Worker[Result], grace: float = 0.0) -> str:
        """Ends a worker that has not ended by itself after ``grace`` seconds; says how it ended."""
        self.workers.remove(worker)
        with suppress(subprocess.TimeoutExpired):
            worker.process.wait(grace)
        worker.process.kill()
        code = worker.process.wait()
        worker.connection.close()
        return _how(code)

    def _limit(self, worker: _Worker[Result]) -> float:
        return self.patience(worker.held[0].text or "")

    def _patience(self) -> float | None:
        """Seconds until the first task that is worked on takes too long."""
        now = time.monotonic()
        left = [worker.since + self._limit(worker) - now for worker in self.workers if worker.held]
        return max(0.0, min(left)) + 0.01 if left else None


def _how(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"killed by {signal.Signals(-code).name}"
    return f"killed by signal {-code}"


def _start(make: Make[Result]) -> tuple[subprocess.Popen[bytes], Connection]:
    """A new process, and the connection that is its standard input.

    ``multiprocessing`` would first run the caller's script again in it: a script without a guard, or the terminal's own
    program with all its imports.
    """
    ours, theirs = Pipe()
    process = subprocess.Popen([sys.executable, "-c", SERVE], stdin=theirs.fileno())  # noqa: S603
    theirs.close()
    with suppress(OSError):  # it has ended: we shall hear of that
        ours.send(sys.path)
        ours.send(make)
    return process, ours


def serve() -> None:
    """The life of a worker: get ready, say so (None), then a result for each text until nobody sends any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us too; whoever sent us the work decides
    connection = Connection(os.dup(sys.stdin.fileno()))
    inbox: SimpleQueue[str] = SimpleQueue()
    try:
        sys.path[:] = connection.recv()
        work = connection.recv()()
        _send(connection, None)
        Thread(target=_listen, args=(connection, inbox), daemon=True).start()
        while True:
            _send(connection, work(inbox.get()))
    except Exception as error:
        _send(connection, error)


def _send(connection: Connection, message: object) -> None:
    try:
        connection.send(message)
    except OSError:  # nobody is there any more
        os._exit(0)


def _listen(connection: Connection, inbox: SimpleQueue[str]) -> None:
    """Takes texts as they come: the sender never waits, and a worker whose sender is gone ends at once."""
    try:
        while True:
            inbox.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)
