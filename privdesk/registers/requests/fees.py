"""What a request may cost (rule 25; Decree 47). No Qt, no database, no clock."""

from __future__ import annotations

from privdesk.core.errors import DomainError

MOST_FEE = 100_000_000  # won; more is a slip of the keys


class FeeTooHighError(DomainError):
    """A fee of {fee} won is more than the actual cost of {cost} won. Nothing was changed; lower the
    fee or enter the cost.
    """

    field = "fee"


class FeeForFaultError(DomainError):
    """The request was caused by a fault of the company, so it costs nothing. Nothing was changed;
    leave the fee empty.
    """

    field = "fee"


class AbsurdFeeError(DomainError):
    """No answer costs more than {most} won. Nothing was changed; check the amount."""


class NegativeFeeError(DomainError):
    """A fee or a cost cannot be below zero. Nothing was changed; check the amount."""


def check_fee(fee: int | None, cost: int | None, *, our_fault: bool) -> None:
    """Refuse a fee above the actual cost, or any where the company caused the request (rule 25)."""
    if (fee or 0) < 0 or (cost or 0) < 0:
        raise NegativeFeeError
    if max(fee or 0, cost or 0) > MOST_FEE:
        raise AbsurdFeeError(most=f"{MOST_FEE:,}")
    if fee and our_fault:
        raise FeeForFaultError
    if fee and fee > (cost or 0):
        raise FeeTooHighError(fee=f"{fee:,}", cost=f"{cost or 0:,}")
