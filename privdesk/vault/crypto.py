"""The few cryptographic steps of the vault, in one place.

HKDF-SHA256 (RFC 5869), AES-256-GCM (NIST SP 800-38D), HPKE base mode with X25519,
HKDF-SHA256 and AES-256-GCM (RFC 9180), Argon2id (RFC 9106), Ed25519 (RFC 8032).
"""

from __future__ import annotations

import os
import time
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from privdesk.vault.errors import WeakKeyDerivationError

MEBI = 1024  # KiB
FLOOR_MEMORY = 64 * MEBI
FLOOR_ROUNDS = 3
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def derive(secret: bytes, info: str, length: int = 32) -> bytes:
    """Return a key derived from ``secret`` for the one use named by ``info``."""
    hkdf = HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=info.encode())
    return hkdf.derive(secret)


def seal(key: bytes, plain: bytes, aad: bytes) -> bytes:
    """Return nonce and ciphertext."""
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, plain, aad)


def unseal(key: bytes, box: bytes, aad: bytes) -> bytes | None:
    """Return the plaintext, or None where key, box and ``aad`` do not belong together."""
    try:
        return AESGCM(key).decrypt(box[:12], box[12:], aad)
    except (InvalidTag, ValueError):
        return None


def seal_to(recipient: bytes, plain: bytes, info: str) -> bytes:
    """Seal to an X25519 public key (HPKE base mode)."""
    return _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(recipient), info.encode())


def unseal_with(private: bytes, box: bytes, info: str) -> bytes | None:
    """Open what was sealed to the public half of ``private``; None if it was not."""
    try:
        key = X25519PrivateKey.from_private_bytes(private)
        return _SUITE.decrypt(box, key, info.encode())
    except (InvalidTag, ValueError):
        return None


@dataclass(frozen=True)
class Cost:
    """Argon2id parameters: memory in KiB, rounds, lanes."""

    memory: int = 256 * MEBI
    rounds: int = FLOOR_ROUNDS
    lanes: int = 4

    def checked(self) -> Cost:
        """Return these, or raise where they are below the floor or absurd."""
        low = self.memory < FLOOR_MEMORY or self.rounds < FLOOR_ROUNDS or self.lanes < 1
        if low or self.memory > 4096 * MEBI or self.rounds > 64 or self.lanes > 16:
            raise WeakKeyDerivationError
        return self


FLOOR = Cost(memory=FLOOR_MEMORY)


def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Return 32 bytes from a passphrase (NFC), at the given cost."""
    kdf = Argon2id(
        salt=salt,
        length=32,
        iterations=cost.rounds,
        lanes=cost.lanes,
        memory_cost=cost.memory,
    )
    return kdf.derive(unicodedata.normalize("NFC", passphrase).encode())


def calibrated() -> Cost:
    """Return a cost of about one second on this machine, never under 64 MiB."""
    cost = Cost()
    started = time.perf_counter()
    stretch("calibration", b"\0" * 16, cost)
    took = time.perf_counter() - started
    if took > 2.0:
        return Cost(memory=max(FLOOR_MEMORY, int(cost.memory * 1.5 / took)))
    return Cost(rounds=max(FLOOR_ROUNDS, round(cost.rounds / took)))


@dataclass(frozen=True)
class KeyPair:
    """A person's X25519 and Ed25519 private keys, 32 bytes each."""

    exchange: bytes
    signing: bytes

    @classmethod
    def fresh(cls) -> KeyPair:
        """Return new random keys."""
        return cls(os.urandom(32), os.urandom(32))

    @property
    def exchange_public(self) -> bytes:
        """The X25519 public key, 32 bytes."""
        private = X25519PrivateKey.from_private_bytes(self.exchange)
        return private.public_key().public_bytes_raw()

    @property
    def signing_public(self) -> bytes:
        """The Ed25519 public key, 32 bytes."""
        return signer(self.signing).public_key().public_bytes_raw()


def signer(private: bytes) -> Ed25519PrivateKey:
    """Return the Ed25519 key that signs."""
    return Ed25519PrivateKey.from_private_bytes(private)


def signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether an Ed25519 signature holds."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
