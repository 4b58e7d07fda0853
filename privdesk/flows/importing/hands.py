"""Who does the row work: this process, or for a long list one beside it.

Either way a chunk's ``heads`` come first, then somebody hands in a ``decision`` about them,
and ``built`` gives what to write. ``AHEAD`` chunks may be decided before the first of them is
written: so there is always one that the other process can build.
"""

from __future__ import annotations

from collections import deque
from multiprocessing.connection import Connection
from typing import Any, Protocol

from privdesk.core.beside import Beside, Letters
from privdesk.flows.importing.rowwork import Brief, Built, Decision, Heads, Resolve, RowWork
from privdesk.flows.importing.targets import Asked, Target

AHEAD = 2  # chunks that are decided and not yet built


class Hands(Protocol):
    """What both have in common; ``built`` belongs to the oldest decision not yet built."""

    def heads(self) -> Heads | None:
        """Return who the rows of the next chunk are; None behind the last."""

    def decide(self, decision: Decision) -> None:
        """Hand in what was decided about the chunk whose heads came last."""

    def built(self) -> Built:
        """Return what is to be written of the oldest chunk that was decided."""

    def close(self) -> None:
        """Stop working."""


class Here:
    """The work in this process."""

    def __init__(self, brief: Brief, resolve: Resolve) -> None:
        self._work = RowWork(brief, resolve)
        self._decided: deque[Decision] = deque()

    def heads(self) -> Heads | None:
        """Read the next chunk."""
        return self._work.read()

    def decide(self, decision: Decision) -> None:
        """Remember a decision."""
        self._decided.append(decision)

    def built(self) -> Built:
        """Build what was decided."""
        return self._work.build(self._decided.popleft())

    def close(self) -> None:
        """Nothing goes on by itself."""


class There:
    """The work in a process beside this one, some chunks ahead.

    With what it has built it gives the heads of the next chunk it has read; it is busy
    while this process writes and decides.
    """

    def __init__(self, brief: Brief, resolve: Resolve) -> None:
        self._resolve = resolve
        self._beside = Beside(_work, brief)
        self._heads: deque[Heads | None] = deque()
        self._begun = False

    def heads(self) -> Heads | None:
        """Return the heads of the next chunk; the first ones are waited for together."""
        if not self._begun:
            self._begun = True
            self._heads.extend(self._told())
        return self._heads.popleft()

    def decide(self, decision: Decision) -> None:
        """Send a decision; the other process takes it in whatever it is doing."""
        self._beside.send(decision)

    def built(self) -> Built:
        """Wait for what was built; the heads of a later chunk come with it."""
        built: Built
        built, heads = self._told()
        self._heads.append(heads)
        return built

    def close(self) -> None:
        """End the other process."""
        self._beside.close()

    @property
    def alive(self) -> bool:
        """Whether the other process runs."""
        return self._beside.alive

    def _told(self) -> Any:
        """Return its next answer; meanwhile it may ask where rows go."""
        while isinstance(told := self._beside.receive(), list):
            self._beside.send(self._resolve(told))
        return told


def _work(pipe: Connection, brief: Brief) -> None:
    """Run in the other process: the first chunks' heads, then answer each decision."""
    letters = Letters(pipe)

    def resolve(asked: list[Asked]) -> list[Target]:
        pipe.send(asked)
        found: list[Target] = letters.next(list)
        return found

    work = RowWork(brief, resolve)
    with brief.source:
        pipe.send(tuple(work.read() for _chunk in range(AHEAD)))
        while True:
            built = work.build(letters.next(Decision))
            pipe.send((built, work.read()))
