from itertools import product

import pytest

from privdesk.core.findings import Severity
from privdesk.registers.destructions.rules import (
    ALLOWED,
    METHOD_LABELS,
    ORDER_LABELS,
    ORDER_TRANSITIONS,
    STATE_LABELS,
    TRANSITIONS,
    Medium,
    Method,
    MethodNotAllowedError,
    NotApprovedError,
    OrderState,
    OrderStep,
    People,
    SameApproverError,
    SameWitnessError,
    SecondOfficerError,
    State,
    Step,
    WrongStateError,
    answer_step,
    judge_people,
    next_order_state,
    next_state,
    order_closed,
    reached,
    require_approved,
    require_approver,
    require_method,
    require_witness,
)

METHODS = {
    Medium.PAPER: {"shred", "burn"},
    Medium.ELECTRONIC: {"delete", "overwrite", "degauss", "crypto_erase"},
    Medium.MAGNETIC: {"shred", "burn", "delete", "overwrite", "degauss", "crypto_erase"},
    Medium.FLASH: {"shred", "burn", "delete", "overwrite", "crypto_erase"},
    Medium.OPTICAL: {"shred", "burn"},
}


@pytest.mark.parametrize(("medium", "method"), list(product(Medium, Method)))
def test_a_method_has_to_fit_the_medium(medium: Medium, method: Method) -> None:
    if method.value in METHODS[medium]:
        require_method(medium, method)
    else:
        with pytest.raises(MethodNotAllowedError):
            require_method(medium, method)


def test_every_medium_and_method_is_covered() -> None:
    assert set(ALLOWED) == set(Medium)
    assert set(METHOD_LABELS) == set(Method)
    assert set().union(*ALLOWED.values()) == set(Method)


def test_a_refused_method_is_named() -> None:
    with pytest.raises(MethodNotAllowedError) as caught:
        require_method(Medium.FLASH, Method.DEGAUSS)
    assert "Degaussing does not destroy this for good: Flash memory" in str(caught.value)


def test_the_requester_cannot_approve() -> None:
    require_approver(People("kim", "lee"), officers=2)
    with pytest.raises(SameApproverError):
        require_approver(People("kim", "kim"), officers=2)


def test_an_office_of_one_officer_cannot_approve() -> None:
    require_approver(People("kim", "lee"), officers=2)
    with pytest.raises(SecondOfficerError):
        require_approver(People("kim", "lee"), officers=1)


def test_the_operator_cannot_witness() -> None:
    require_witness(People(operator="kim", witness="lee"))
    require_witness(People())
    with pytest.raises(SameWitnessError):
        require_witness(People(operator="kim", witness="kim"))


def test_with_the_rule_off_one_person_may_and_the_paper_says_so() -> None:
    alone = People("kim", "kim", "kim", "kim")
    require_approver(alone, officers=1, two_officers=False)
    require_witness(alone, two_officers=False)

    found = judge_people("D-1", alone, two_officers=False)
    assert [(f.rule, f.severity) for f in found] == [
        ("D6", Severity.WARNING),
        ("15", Severity.BREACH),
    ]


def test_recorded_people_are_judged() -> None:
    assert judge_people("D-1", People("kim", "lee", "kim", "lee")) == ()
    assert [f.rule for f in judge_people("D-1", People("kim", "kim", "a", "b"))] == ["D6"]
    assert [f.rule for f in judge_people("D-1", People("kim", "lee", "a", "a"))] == ["15"]


def test_only_the_approved_are_destroyed() -> None:
    require_approved({1, 2, 3}, [1, 3])
    require_approved([1, 2, 3], [])
    with pytest.raises(NotApprovedError, match="2 people"):
        require_approved({1, 2, 3}, [3, 4, 5])


PATH = [
    (Step.APPROVE, State.APPROVED),
    (Step.EXECUTE, State.EXECUTING),
    (Step.FINISH, State.EXECUTED),
    (Step.CLOSE_BACKUPS, State.BACKUPS_CLOSED),
    (Step.COMPLETE, State.COMPLETE),
]


def test_a_destruction_goes_its_whole_way() -> None:
    state = State.REQUESTED
    for step, after in PATH:
        state = next_state(state, step)
        assert state is after


@pytest.mark.parametrize(("state", "step"), sorted(product(State, Step), key=str))
def test_every_step_outside_the_table_is_refused(state: State, step: Step) -> None:
    if (state, step) in TRANSITIONS:
        assert next_state(state, step) is TRANSITIONS[state, step]
    else:
        with pytest.raises(WrongStateError):
            next_state(state, step)


def test_nothing_is_executed_unapproved_or_twice_and_nothing_executed_is_cancelled() -> None:
    before = [at for (at, step) in TRANSITIONS if step is Step.EXECUTE]
    cancelled = [at for (at, step) in TRANSITIONS if step in (Step.CANCEL, Step.REFUSE)]

    assert before == [State.APPROVED]
    assert set(cancelled) == {State.REQUESTED, State.APPROVED}


def test_an_aborted_execution_is_approved_again() -> None:
    assert next_state(State.EXECUTING, Step.ABORT) is State.APPROVED
    ends = {State.COMPLETE, State.CANCELLED}
    assert not ends & {at for (at, _step) in TRANSITIONS}


def test_every_state_has_a_label() -> None:
    assert set(STATE_LABELS) == set(State)
    assert set(ORDER_LABELS) == set(OrderState)


@pytest.mark.parametrize(("state", "step"), sorted(product(OrderState, OrderStep), key=str))
def test_every_order_step_outside_the_table_is_refused(state: OrderState, step: OrderStep) -> None:
    if (state, step) in ORDER_TRANSITIONS:
        assert next_order_state(state, step) is ORDER_TRANSITIONS[state, step]
    else:
        with pytest.raises(WrongStateError):
            next_order_state(state, step)


def test_an_order_is_sent_and_answered() -> None:
    sent = next_order_state(OrderState.OPEN, OrderStep.SEND)

    assert next_order_state(sent, answer_step(312, 312)) is OrderState.ANSWERED


@pytest.mark.parametrize("answered", [311, 313])
def test_another_count_waits_until_an_officer_accepts_it(answered: int) -> None:
    state = next_order_state(OrderState.SENT, answer_step(312, answered))

    assert state is OrderState.DIFFERS
    assert not order_closed(state)
    assert next_order_state(state, OrderStep.ACCEPT) is OrderState.ANSWERED


def test_a_place_without_a_known_count_cannot_differ() -> None:
    assert answer_step(None, 5) is OrderStep.ANSWER


def test_a_confirmed_order_is_not_declared_lost() -> None:
    with pytest.raises(WrongStateError):
        next_order_state(OrderState.ANSWERED, OrderStep.DECLARE_LOST)


CLOSED = [OrderState.ANSWERED, OrderState.LOST, OrderState.CANCELLED]


def test_a_destruction_is_complete_when_everybody_has_confirmed() -> None:
    def state(
        *, roll: bool = True, custody: bool = True, holders: bool = True,
        orders: list[OrderState] = CLOSED,
    ) -> State:  # fmt: skip
        return reached(
            roll_done=roll, custody_closed=custody, holders_closed=holders, orders=orders
        )

    assert state() is State.COMPLETE
    assert state(orders=[]) is State.COMPLETE
    assert state(roll=False) is State.EXECUTED
    assert state(custody=False) is State.BACKUPS_CLOSED
    assert state(holders=False) is State.BACKUPS_CLOSED
    for open_state in (OrderState.OPEN, OrderState.SENT, OrderState.DIFFERS):
        assert state(orders=[*CLOSED, open_state]) is State.BACKUPS_CLOSED
