"""How a system guards its log-ins: lockout, storage of passwords, idle time, outside access.

Rules 47, 49 and 50; Standard on Safeguards, articles 5(6) and 6; Decree 30(1)4.
"""

from __future__ import annotations

from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import N_

STORED = (
    Choice("one_way", N_("One-way (hashed with salt)")),
    Choice("readable", N_("Encrypted, can be read again")),
    Choice("clear", N_("In the clear")),
    Choice("elsewhere", N_("Not here: log-in by another system")),
)
OUTSIDE = (
    Choice("none", N_("Not reached from outside")),
    Choice("strong", N_("With a second factor or certificate")),
    Choice("vpn", N_("Through a VPN")),
    Choice("password", N_("With a password alone")),
)

PROTECTION = (
    Field(
        "lockout",
        N_("Locks after wrong passwords"),
        Kind.INTEGER,
        in_table=False,
        aliases=("비밀번호 실패 제한", "로그인 실패 제한", "잠금 횟수"),
        help=N_("How many until the account is locked; 0 where it never is."),
        clause="S8.1①",
    ),
    Field(
        "password_stored",
        N_("How passwords are stored"),
        Kind.CHOICE,
        choices=STORED,
        in_table=False,
        aliases=("비밀번호 저장 방식", "비밀번호 암호화"),
        clause="S8.1①",
    ),
    Field(
        "idle_minutes",
        N_("Logs out when idle (minutes)"),
        Kind.INTEGER,
        in_table=False,
        aliases=("세션 차단 시간", "자동 로그아웃", "접속 차단 시간"),
        help=N_("10 to 30 minutes is usual; 0 where it never does."),
        clause="S8.1①",
    ),
    Field(
        "outside",
        N_("Access from outside"),
        Kind.CHOICE,
        choices=OUTSIDE,
        in_table=False,
        aliases=("외부 접속", "외부접속"),
        clause="S8.1④",
    ),
    Field(
        "subjects_log_in",
        N_("Data subjects log in here"),
        Kind.FLAG,
        default=False,
        in_table=False,
        aliases=("이용자 접속", "정보주체 접속"),
        help=N_("Then a VPN alone is not enough for staff from outside."),
        clause="S8.1④",
    ),
)
"""The fields of a place that say how it guards its log-ins."""
