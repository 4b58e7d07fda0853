"""A process beside this one: answers, refusals, and an end in any case."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection

import pytest

from privdesk.core.beside import Beside, ProcessEndedError
from privdesk.core.errors import InvalidValueError


def echo(pipe: Connection, greeting: str) -> None:
    """Answer everything."""
    while True:
        pipe.send(f"{greeting} {pipe.recv()}")


def refuse(pipe: Connection) -> None:
    """Refuse whatever comes."""
    raise InvalidValueError(value=pipe.recv(), field="name", cause="it is blue.")


def die(pipe: Connection) -> None:
    """End as if the system had taken the memory away."""
    pipe.recv()
    os.kill(os.getpid(), signal.SIGKILL)


def test_it_answers_until_it_is_closed() -> None:
    with Beside(echo, "Good morning,") as beside:
        beside.send("Hana")
        assert beside.receive() == "Good morning, Hana"

    assert not beside.alive


def test_its_refusal_is_raised_here_with_its_details() -> None:
    with Beside(refuse) as beside:
        beside.send("sky")
        with pytest.raises(InvalidValueError) as why:
            beside.receive()

    assert why.value.details["value"] == "sky"


def test_a_process_that_ends_before_its_time_is_told() -> None:
    with Beside(die) as beside:
        beside.send("go")
        with pytest.raises(ProcessEndedError):
            beside.receive()
