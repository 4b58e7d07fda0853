"""How a system guards its log-ins: lockout, passwords, idle time, outside access, access log.

Rules 47 and 49 to 52; Standard on Safeguards, articles 5(6), 6 and 8; Decree 30(1)4.
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
LOGGED = (
    Choice("full", N_("Who, when, where, whom, what")),
    Choice("partial", N_("A part of it")),
    Choice("nothing", N_("No access log")),
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
    Field(
        "logged",
        N_("What its access log says"),
        Kind.CHOICE,
        choices=LOGGED,
        in_table=False,
        aliases=("접속기록 항목", "접속기록 내용", "접속기록"),
        help=N_("Account, time, place of access, whose data, and what was done with it."),
        clause="S8.1 · Safeguards 8(1)",
    ),
    Field(
        "log_months",
        N_("Access log kept (months)"),
        Kind.INTEGER,
        in_table=False,
        aliases=("접속기록 보관 기간", "접속기록 보관(개월)", "접속기록 보관", "로그 보관 기간"),
        help=N_("12 at least; 24 from 50,000 people or with sensitive data; 0 where it is not."),
        clause="S8.1 · Safeguards 8(1)",
    ),
)
"""The fields of a place that say how it guards its log-ins."""
