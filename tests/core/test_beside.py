"""A process beside this one: answers, refusals, and an end in any case."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection

import pytest

from privdesk.core.beside import Beside, Letters, ProcessEndedError
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


def ask_while_told(pipe: Connection) -> None:
    """Ask something while more work has come in already, and be too busy to read for long."""
    letters = Letters(pipe)
    pipe.send("ready")
    answers = [letters.next(dict) for _turn in range(3)]
    works = [len(letters.next(bytes)) for _turn in range(8)]
    pipe.send((answers, works))


def stumble(pipe: Connection) -> None:
    """Meet a fault of the program, with a name in what it says."""
    raise ZeroDivisionError(f"{pipe.recv()} divided by nobody")


class Stuck(Exception):
    """One that cannot be handed over."""

    def __reduce__(self) -> str:
        raise TypeError


def get_stuck(pipe: Connection) -> None:
    """Raise what cannot travel."""
    raise Stuck(pipe.recv())


@pytest.mark.parametrize(
    ("work", "kind"), [(stumble, ZeroDivisionError), (get_stuck, RuntimeError)]
)
def test_a_fault_there_is_raised_here_and_nothing_of_it_is_printed(
    work: Callable[[Connection], None], kind: type[Exception], capfd: pytest.CaptureFixture[str]
) -> None:
    with Beside(work) as beside:
        beside.send("김서연")
        with pytest.raises(kind):
            beside.receive()

    assert capfd.readouterr() == ("", "")


def test_who_sends_to_letters_never_waits_and_each_kind_comes_in_order() -> None:
    with Beside(ask_while_told) as beside:
        assert beside.receive() == "ready"
        for turn in range(8):  # far more than a pipe holds while nobody asks for it
            beside.send(bytes(1_000_000 + turn))
        for turn in range(3):
            beside.send({"turn": turn})
        answers, works = beside.receive()

    assert answers == [{"turn": 0}, {"turn": 1}, {"turn": 2}]
    assert works == [1_000_000 + turn for turn in range(8)]


def wait_for_a_letter(pipe: Connection) -> None:
    """Wait for what never comes."""
    letters = Letters(pipe)
    pipe.send("ready")
    letters.next(dict)


def test_who_waits_for_a_letter_ends_with_the_pipe() -> None:
    with Beside(wait_for_a_letter) as beside:
        assert beside.receive() == "ready"

    assert not beside.alive
