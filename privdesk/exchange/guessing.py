"""Which field a column is meant for, by its name in either language and by what it holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from privdesk.core.faults import Raw
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import LANGUAGES, words
from privdesk.core.normal import as_email, as_phone, as_text, looks_like_date

_NAME = """이름 성명 성함 고객명 고객성명 회원명 회원이름 성명한글 한글성명 이용자명 신청인 신청자
신청자명 정보주체 name fullname personname customername membername"""
_PHONE = """전화 전화번호 휴대폰 휴대폰번호 휴대전화 휴대전화번호 핸드폰 핸드폰번호 연락처 연락처1
이동전화 모바일 phone phonenumber phoneno telephone telephonenumber telephoneno tel telno mobile
mobilephone mobileno mobilenumber cell cellphone contact contactnumber contactno hp"""
_EMAIL = """이메일 이메일주소 email주소 mail주소 전자우편 전자우편주소 전자메일
메일 메일주소 email emailaddress mail mailaddress"""
_COMMON = {
    "name": _NAME,
    "phone": _PHONE,
    "email": _EMAIL,
    "source_id": """회원번호 고객번호 고객id 회원id 사용자id 이용자id 아이디 원천id 원천번호
    식별번호 관리번호 일련번호 id no key customerid customerno customernumber memberid memberno
    membernumber userid sourceid""",
    "purpose": """처리목적 수집목적 이용목적 수집이용목적 목적 purpose purposeofuse
    purposeofcollection""",
    "collected_on": """수집일 수집일자 수집일시 가입일 가입일자 가입일시 등록일 등록일자 등록일시
    동의일 동의일자 동의일시 접수일 접수일자 date collected collectedon collectedat collectiondate
    collectionday joined joinedon joindate joinedat registered registeredon registrationdate
    signupdate created createdon createdat consentdate consentedon""",
    "place": "보관장소 보유장소 시스템 시스템명 출처 place system source storedin",
    "file": "개인정보파일 파일 파일명 file filename personalinformationfile",
}
_BY_KIND = {Kind.NAME: _NAME, Kind.PHONE: _PHONE, Kind.EMAIL: _EMAIL}


_BRACKETS = re.compile(r"[(\[{<（【].*?[)\]}>）】]")
_OWNER = re.compile(
    r"^(고객|회원|이용자|사용자|신청자|신청인|customer|member|user|client|applicant)(의|s)?"
)
_OTHERS = re.compile(
    "담당|배우자|보호자|대리|법정|추천|탈퇴|해지|수정|변경|접속|로그인|생년|생일|출생|부모|가족|직원|만료|"
    "birth|manager|spouse|guardian|agent|referr|updated|modified|changed|login|visit|staff|"
    "parent|withdr|expir|last"
)
_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공"
    "현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용"
)

Column = Sequence[Raw]
_ALIAS = 2  # the rank of a name that a field itself declares


def key_of(head: str) -> str:
    """Return a column name without case, spaces, marks and width."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", head).casefold())


def names_of_kind(kind: Kind) -> frozenset[str]:
    """Return the column names (``key_of``) by which lists mean the one field of a kind."""
    return frozenset(_BY_KIND.get(kind, "").split())


def keys_of(head: str) -> tuple[str, ...]:
    """Return the readings of a column name, the most literal first."""
    plain = key_of(head)
    bare = key_of(_BRACKETS.sub("", unicodedata.normalize("NFKC", head)))
    return tuple(dict.fromkeys(key for key in (plain, bare, _OWNER.sub("", bare)) if key))


def heads_of(fields: Sequence[Field]) -> dict[str, tuple[int, Field]]:
    """Return each known column name with its rank (0 the surest) and field.

    A name that could mean a field to fill means that one, not one that is worked out.
    """
    found: dict[str, tuple[int, Field]] = {}
    for field in sorted(fields, key=lambda f: f.computed):
        for rank, head in _heads(field, fields):
            before, other = found.get(head, (9, field))
            if head and rank < before and other.computed == field.computed:
                found[head] = (rank, field)
    return found


def told_apart(label: str, field: Field) -> str:
    """Return the column name of a field whose label alone could mean another one."""
    return f"{label} ({field.name})"


def _heads(field: Field, fields: Sequence[Field]) -> Iterator[tuple[int, str]]:
    yield 0, key_of(field.name)
    for language in LANGUAGES:
        label = words(language)(field.label)
        yield 1, key_of(label)
        yield 0, key_of(told_apart(label, field))
    if field.computed:
        return
    for alias in field.aliases:
        yield 2, key_of(alias)
    common = _COMMON.get(field.name, "")
    if sum(other.kind is field.kind and other.enterable for other in fields) == 1:
        common += " " + _BY_KIND.get(field.kind, "")
    for head in common.split():
        yield 3, head


def by_name(header: Sequence[str], fields: Sequence[Field]) -> dict[int, Field]:
    """Return the field of each column whose name says it; the surest name wins a field.

    Fields that are worked out are among them, so that their columns are not taken for others.
    """
    known = heads_of(fields)
    offers = sorted(
        (rank * 3 + reading, at)
        for at, head in enumerate(header)
        for reading, key in enumerate(keys_of(head))
        for rank in ([known[key][0]] if key in known else [])
    )
    chosen: dict[int, Field] = {}
    taken: set[str] = set()
    for score, at in offers:
        field = known[keys_of(header[at])[score % 3]][1]
        if at not in chosen and field.name not in taken:
            chosen[at] = field
            taken.add(field.name)
    _second(header, fields, chosen, taken)
    worked_out = heads_of([field for field in fields if field.computed])
    for at, head in enumerate(header):  # also by a name that another column had a better right to
        key = next((key for key in keys_of(head) if key in worked_out), None)
        if at not in chosen and key is not None:
            chosen[at] = worked_out[key][1]
    return chosen


def _second(
    header: Sequence[str], fields: Sequence[Field], chosen: dict[int, Field], taken: set[str]
) -> None:
    """Give a column whose field another column fills to the next field that goes by its name."""
    for at, head in enumerate(header):
        if at in chosen:
            continue
        left = [f for f in fields if f.name not in taken and not f.computed]
        known = heads_of(left)
        key = next((key for key in keys_of(head) if key in known), None)
        if key is not None and known[key][0] <= _ALIAS:
            chosen[at] = known[key][1]
            taken.add(known[key][1].name)


def by_content(
    header: Sequence[str], columns: Sequence[Column], fields: Sequence[Field]
) -> dict[int, Field]:
    """Return fields for columns that hold what only one of the fields can take.

    A field is given a column only when exactly one looks right; a name that speaks of
    somebody or something else (a manager, a birthday, a last visit) rules a column out.
    """
    chosen: dict[int, Field] = {}
    for kind, looks in _LOOKS.items():
        wanting = [field for field in fields if field.kind is kind]
        if len(wanting) != 1:
            continue
        right = [
            at
            for at, column in enumerate(columns)
            if at not in chosen and not _OTHERS.search(key_of(header[at])) and looks(column)
        ]
        if len(right) == 1:
            chosen[right[0]] = wanting[0]
    return chosen


def _mostly(column: Column, test: Callable[[Raw], bool], share: float) -> bool:
    filled = [cell for cell in column if as_text(cell).strip()]
    return len(filled) >= 2 and sum(map(test, filled)) >= share * len(filled)


def _phones(column: Column) -> bool:
    return _mostly(column, _is_phone, 0.8)


def _is_phone(cell: Raw) -> bool:
    text = as_text(cell)
    return text.lstrip("(+ ")[:1] in ("0", "1", "8", "０") and isinstance(as_phone(cell), str)


def _emails(column: Column) -> bool:
    return _mostly(column, lambda cell: isinstance(as_email(cell), str), 0.8)


def _dates(column: Column) -> bool:
    return _mostly(column, looks_like_date, 0.9)


def _names(column: Column) -> bool:
    """Whether a column holds Korean names: a known surname, two to four syllables, few alike."""
    texts = [as_text(cell).strip() for cell in column if as_text(cell).strip()]
    distinct = len(set(texts)) >= max(2, len(texts) // 3)
    return distinct and _mostly(column, _is_korean_name, 0.85)


def _is_korean_name(cell: Raw) -> bool:
    text = unicodedata.normalize("NFC", as_text(cell)).strip()
    return bool(re.fullmatch("[가-힣]{3}", text)) and text[0] in _SURNAMES


_LOOKS: dict[Kind, Callable[[Column], bool]] = {
    Kind.EMAIL: _emails,
    Kind.PHONE: _phones,
    Kind.DATE: _dates,
    Kind.NAME: _names,
}
