"""Processes of our own: in order, and nothing lost, whatever becomes of those who work."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from quotes.errors import ModelError, QuotesError
from quotes.pool import AHEAD, Failed, ordered


def patience(text: str) -> float:
    return 1.0 if "slow" in text else 60.0


def shouting(text: str) -> str:
    """``kill``, ``leave`` and ``slow`` do what they say; ``kill PATH`` only as long as there is no such file."""
    word, _, path = text.partition(" ")
    if word == "kill" and not (path and Path(path).exists()):
        if path:
            Path(path).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "leave":
        os._exit(7)
    if word == "slow":
        time.sleep(60)
    if word == "odd":
        raise ModelError("the model is gone", "find it")
    return text.upper()


def make() -> Callable[[str], str]:
    return shouting


def broken(error: Exception | None) -> Callable[[str], str]:
    if error:
        raise error
    os._exit(3)


def run(texts: list[str | None], jobs: int = 2) -> list[str | Failed | None]:
    found = list(ordered(enumerate(texts), make, jobs=jobs, patience=patience))
    assert [number for number, _ in found] == list(range(len(texts)))
    return [result for _, result in found]


def test_results_come_in_the_order_of_their_tasks() -> None:
    texts = [f"text {number} {'x' * (number % 7) * 50_000}" for number in range(100)]
    assert run([*texts]) == [text.upper() for text in texts]


def test_a_task_without_a_text_keeps_its_place() -> None:
    assert run([None, "a", None, "b", None]) == [None, "A", None, "B", None]
    assert run([]) == []


def test_what_ends_its_process_every_time_fails_alone() -> None:
    texts = [f"text {number}" for number in range(40)]
    texts[7], texts[30] = "kill", "leave"
    found = run([*texts])
    assert [result for result in found if isinstance(result, Failed)] == [
        Failed("ends the process that works on it, twice: killed by SIGKILL"),
        Failed("ends the process that works on it, twice: exit code 7"),
    ]
    assert [number for number, result in enumerate(found) if result == texts[number].upper()] == [
        number for number in range(40) if number not in (7, 30)
    ]


def test_what_ends_its_process_once_is_tried_again(tmp_path: Path) -> None:
    text = f"kill {tmp_path / 'been here'}"
    assert run(["a", text, "b"]) == ["A", text.upper(), "B"]


def test_what_takes_too_long_is_given_up_and_the_rest_goes_on() -> None:
    assert run(["a", "slow", "b", "c", "d"]) == ["A", Failed("takes longer than 1 seconds"), "B", "C", "D"]


def test_no_more_is_taken_in_than_there_is_room_for() -> None:
    taken = 0

    def tasks() -> Iterator[tuple[int, str]]:
        nonlocal taken
        for taken in range(1000):
            yield taken, "text"

    found = ordered(tasks(), make, jobs=2, patience=patience)
    assert next(found) == (0, "TEXT")
    assert taken <= 2 * AHEAD
    assert len(list(found)) == 999


def test_errors_that_concern_every_text_end_it() -> None:
    with pytest.raises(ModelError, match="the model is gone") as caught:
        run(["a", "odd", "b"])
    assert caught.value.hint == "find it"
    with pytest.raises(ModelError, match="no model"):
        list(ordered([(0, "a")], partial(broken, ModelError("no model")), jobs=1, patience=patience))
    with pytest.raises(QuotesError, match="no worker process can be started: exit code 3"):
        list(ordered([(0, "a")], partial(broken, None), jobs=1, patience=patience))


def test_who_stops_listening_leaves_no_process_behind() -> None:
    found = ordered(((number, "a") for number in range(1000)), os_pids, jobs=2, patience=patience)
    pids = {int(str(next(found)[1])) for _ in range(50)}
    found.close()  # type: ignore[attr-defined]
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def os_pids() -> Callable[[str], str]:
    return lambda _: str(os.getpid())
