"""What the law tells apart: kinds of items, legal bases, consents and what they tell."""

from __future__ import annotations

from enum import Enum


class Category(Enum):
    """What the law says of an item; the value is what is stored."""

    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"  # PIPA 23
    UNIQUE_ID = "unique_id"  # PIPA 24: passport, driving licence, alien registration
    RESIDENT_NUMBER = "resident_number"  # PIPA 24-2


class Basis(Enum):
    """Why the data may be processed (PIPA 15(1)); the value is what is stored."""

    CONSENT = "consent"  # 1
    LAW = "law"  # 2
    PUBLIC_DUTY = "public_duty"  # 3
    CONTRACT = "contract"  # 4
    VITAL = "vital"  # 5
    LEGITIMATE = "legitimate"  # 6
    PUBLIC_SAFETY = "public_safety"  # 7


class Separate(Enum):
    """What has to have a consent, and a box on the form, of its own (PIPA 22(1))."""

    USE = "use"
    PROVISION = "provision"
    OTHER_PURPOSE = "other_purpose"
    SENSITIVE = "sensitive"
    UNIQUE_ID = "unique_id"
    MARKETING = "marketing"


class Part(Enum):
    """What a request for consent has to tell (PIPA 15(2), 17(2))."""

    PURPOSE = "purpose"
    ITEMS = "items"
    PERIOD = "period"
    REFUSAL = "refusal"
    RECIPIENT = "recipient"  # for a provision only
