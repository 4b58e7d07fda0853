"""One invented record for every paper, with the awkward values that offices have."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from privdesk.core.categories import Part, Separate
from privdesk.documents import Checkpoint, Column, Company, Paper
from privdesk.documents.paper import Mark
from privdesk.documents.papers import (
    access_annex,
    case_letters,
    custody_sheet,
    destruction_certificate,
    destruction_register,
    destruction_request,
    key_sheet,
    place_order,
    recovery_kit,
    refusal_notice,
    register_list,
    request_form,
    result_notice,
    retrieval_order,
    wording_sheet,
)
from privdesk.documents.papers import consent_form as consent_form_paper
from privdesk.documents.papers.common import ApprovalLine, Signed
from privdesk.documents.papers.consent_form import AskedBox, ConsentForm
from privdesk.documents.papers.destruction_certificate import (
    Closing,
    Confirmation,
    DestructionCertificate,
    Lot,
    PlaceLine,
    Reached,
)
from privdesk.documents.papers.destruction_request import FileLine
from privdesk.documents.papers.letters import Letter
from privdesk.documents.papers.media import Medium
from privdesk.documents.papers.refusal_notice import Refusal
from privdesk.documents.papers.request_form import RequestForm
from privdesk.documents.papers.result_notice import Result
from privdesk.documents.papers.wording_sheet import Told, WordingSheet

COMPANY = Company("보기물류 주식회사", "정보보호실", "privacy@example.com")
ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 5, 12, tzinfo=UTC)
SECRET = hashlib.sha256(b"sample").digest()


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


CHECKPOINT = Checkpoint(
    origin="privdesk/3f9a2c71",
    size=18_342,
    root="xkT1nDq0b0Jz0Q9YH8m2m6mC8mJw3qvP2a0dRk5l7uE=",
    text="privdesk/3f9a2c71\n18342\nxkT1nDq0b0Jz0Q9YH8m2m6mC8mJw3qvP2a0dRk5l7uE=\n\n"
    "— privdesk/3f9a2c71 " + "Qm9n" * 23,
)
APPROVALS = ApprovalLine("한지우", "오세린", "문태경", ON, ON, ON)
SIGNED = (
    Signed("requester", "한지우", "key", digest("a"), AT),
    Signed("approver", "문태경", "key", digest("b"), AT, "보호책임자 지정 전 겸임"),
    Signed("operator", "한지우", "key", digest("a"), AT),
    Signed("witness", "오세린", "paper", "P-000012-4", ON),
    Signed("cpo", "문태경"),
)


def certificate(language: str, reached: Reached = Reached.CLOSED, **otherwise: object) -> Paper:
    data = DestructionCertificate(
        number="D1-2026-000007",
        issued_on=ON,
        reached=reached,
        executed_on=AT,
        closed_on=ON,
        completed_on=date(2026, 12, 4) if reached is Reached.COMPLETE else None,
        request_number="D-000031-6",
        lots=(
            Lot(
                "홈페이지 회원", ("이름", "전자우편", "전화번호"), 312, 936,
                "2013-02-01 ~ 2021-10-30", "회원 탈퇴 후 5년", "보유기간 만료",
            ),
            Lot("택배 대리점 모집 지원자", ("이름", "전화번호"), 48, 96, "2021-06-14",
                "채용 종료 후 180일", "처리 목적 달성"),
        ),
        reason="보유기간이 지나 개인정보가 불필요하게 됨(개인정보 보호법 제21조제1항). 다른 법령에 "
        "따라 보존하여야 하는 정보는 분리하여 보관소.",
        place="본사 3층 정보보호실 업무용 컴퓨터(PD-WS-01)",
        method="암호키 파기 후 암호문 삭제, 이전 백업은 회차 비밀키 교체로 폐쇄",
        tool="privdesk 0.1.0",
        operator="한지우",
        witness="오세린",
        backups="새 백업을 만들어 시험 개봉함. 이전 백업은 교체된 회차 비밀키 없이는 열리지 않음.",
        verification_method="파기한 값 360건을 모든 파일에서 찾고, 파기한 기록의 개봉을 시도함",
        verification_result="발견 0건, 개봉 0건",
        approved_count=362,
        executed_count=360,
        left_out=(("승인 후 법적 보존 요청이 생김", 2),),
        approved_digest=digest("approved"),
        executed_digest=digest("executed"),
        two_officer_rule=reached is not Reached.EXECUTED,
        places=(
            PlaceLine("privdesk 보관소", "전자 파일", 360, "암호키 파기", Confirmation.PROGRAM, "",
                      ON),
            PlaceLine(
                "홈페이지 운영 시스템(보기시스템즈)", "데이터베이스", 360, "영구 삭제",
                Confirmation.PERSON, "서다온", date(2026, 11, 25), "삭제 로그 E-000044-1",
                "O-000051-2",
            ),
            PlaceLine("본사 문서고", "종이", 48, "파쇄", Confirmation.WAITING, "", None, "",
                      "O-000052-9"),
            PlaceLine("고객센터 녹취 보관 장치", "테이프", None, "", Confirmation.LOST, "문태경",
                      date(2026, 11, 24)),
        ),
        closings=(
            Closing("회차 교체: 41 → 42", Confirmation.PROGRAM, "", ON),
            Closing("열쇠 보유 PC PD-WS-02 (오세린)", Confirmation.PROGRAM, "", ON),
            Closing("봉인 사본 C-000003-7 (본사 금고)", Confirmation.PERSON, "문태경", ON),
        ),
        signed=SIGNED,
        media=(
            Medium(
                "보기전자", "BG-SSD 870", "S4X7NF0K", "IT-2019-0345", "SSD 500 GB",
                "고객센터 상담원 컴퓨터", "purge", "암호키 폐기(Cryptographic Erase)",
                "nvme-cli 2.8", "표본 섹터 1% 읽기", "판독 가능한 자료 없음", "재사용(사내)",
                "한지우", "정보보호 담당", "02-0000-0101", "오세린", "정보보호 실장",
                "02-0000-0102", "본사 3층", ON,
            ),
        ),
        further_limits=("고객센터 녹취 테이프 1개는 분실 신고되어 파기를 확인하지 못함.",),
        remarks="",
        approvals=APPROVALS,
    )  # fmt: skip
    return destruction_certificate.build(replace(data, **otherwise), language)  # type: ignore[arg-type]


def request(language: str) -> Paper:
    data = destruction_request.DestructionRequest(
        number="D-000031-6",
        requested_on=ON,
        files=(
            FileLine("홈페이지 회원", "2013-02-01", "한지우", "회원 관리, 문의 응대",
                                         300_118, 314, "보유기간 만료"),
            FileLine("택배 대리점 모집 지원자", "2021-06-14", "서다온", "대리점 모집",
                                         612, 48, "처리 목적 달성"),
        ),
        reason="보유기간이 지나 개인정보가 불필요하게 됨(개인정보 보호법 제21조제1항)",
        plan="승인 즉시 보관소에서 파기하고, 장소별 파기 지시서를 보내 회신을 받음",
        place="본사 3층 정보보호실",
        method="전자 파일: 암호키 파기와 영구 삭제. 종이: 파쇄",
        operator="한지우",
        witness="오세린",
        check_method="파기한 값을 모든 파일에서 찾고 개봉을 시도",
        backups="실행 직후 새 백업, 이전 백업 폐쇄",
        subjects=362,
        places=(("privdesk 보관소", "전자 파일", 362),
                ("홈페이지 운영 시스템", "데이터베이스", 362),
                ("본사 문서고", "종이", None)),
        left_out=(("법적 보존 요청", 5), ("전자상거래법에 따라 5년 보존", 71)),
        digest=digest("approved"),
        two_officer_rule=True,
        signed=SIGNED[:2],
        approver="문태경",
        approved_on=ON,
        planned_on=date(2026, 11, 24),
        approvals=APPROVALS,
    )  # fmt: skip
    return destruction_request.build(data, language)


def register(language: str, count: int = 34) -> Paper:
    lines = [
        destruction_register.RegisterLine(
            f"D-{n:06d}-{n % 10}", "홈페이지 회원" if n % 3 else "택배 대리점 모집 지원자",
            "전자 파일" if n % 2 else "종이 문서", "2013-02-01", date(2026, 11, 20),
            date(2026, 11, 23), "보유기간 만료" if n % 4 else "동의 철회에 따른 파기 요청",
            "암호키 파기" if n % 2 else "파쇄", n * 37, "한지우", "문태경", f"D1-2026-{n:06d}",
        )
        for n in range(1, count + 1)
    ]  # fmt: skip
    data = destruction_register.DestructionRegister(
        "D2-2026-000003", ON, lines, SIGNED[4:], date(2026, 1, 1), ON, APPROVALS
    )
    return destruction_register.build(data, language)


def order(language: str, count: int = 217, few: int = 0, *, by_count_only: bool = False) -> Paper:
    parts = (("홈페이지 회원", count), ("상담 신청자", few)) if few else (("홈페이지 회원", count),)
    files = [
        place_order.OrderedFile(
            name,
            ("이름", "전자우편", "전화번호"),
            n,
            (f"WEB-{i * 7919 % 1000003:07d}" for i in range(n)),
        )
        for name, n in parts
    ]
    data = place_order.PlaceOrder(
        number="O-000051-2",
        issued_on=ON,
        destruction_number="D-000031-6",
        place="홈페이지 운영 시스템(보기시스템즈 주식회사)",
        addressee="개인정보 처리 담당자 귀하",
        files=tuple(files),
        subjects=count,
        reason="보유기간 만료(개인정보 보호법 제21조제1항)",
        method="데이터베이스와 그 백업에서 영구 삭제",
        reply_by=date(2026, 11, 30),
        signed=SIGNED[1:2],
        listed=not by_count_only,
        selection="2021년 10월 30일 이전 탈퇴 회원 전체" if by_count_only else "",
        contact="정보보호실 한지우, 02-0000-0101",
        destroy_by=date(2026, 12, 31),
        approvals=APPROVALS,
    )
    return place_order.build(data, language)


def listing(language: str, count: int = 60) -> Paper:
    data = register_list.RegisterList(
        number="LIST-2026-0018",
        issued_on=ON,
        title="보유 현황" if language == "ko" else "Holdings",
        columns=(
            Column("번호", 13), Column("파일", 24), Column("목적", 31), Column("수집일", 13),
            Column("만료일", 13), Column("상태", 12),
        ),
        rows=tuple(
            (f"H-{n:06d}-{n % 10}", "홈페이지 회원", "물류 서비스 이용자 확인과 문의 응대",
             "2013-02-01", "2026-11-23", "보유 중")
            for n in range(count)
        ),
        conditions="상태 = 보유 중",
        shown=count,
        total=300_118,
        approvals=APPROVALS,
    )  # fmt: skip
    return register_list.build(data, language)


def people(language: str, count: int = 30) -> Paper:
    data = register_list.RegisterList(
        number="LIST-2026-0019",
        issued_on=ON,
        title="정보주체 목록",
        columns=(Column("번호", 13), Column("이름", 16), Column("전자우편", 20),
                 Column("전화번호", 18)),
        rows=tuple(
            (f"S-{n:06d}-{n % 10}", name, f"user{n}@example.com", f"010-0000-{n:04d}")
            for n, name in zip(range(count), _names(), strict=False)
        ),
        reason="열람 요구 R-000007-1 확인",
        personal=True,
        shown=count,
        destroy_by=date(2026, 12, 23),
    )  # fmt: skip
    return register_list.build(data, language)


def _names() -> Iterator[str]:
    while True:
        yield from (
            "김보기",
            "남궁예시",
            "李例示",
            "赵例",
            "Zoë O’Sample",
            "<b>박굵게</b>",
            "😀 최웃음",
        )


def kit(language: str) -> Paper:
    data = recovery_kit.RecoveryKit("K-000001-5", ON, "보기물류", "3f9a2c71-5d1e", SECRET)
    return recovery_kit.build(data, language)


def custody(language: str) -> Paper:
    data = custody_sheet.CustodySheet(
        "C-000004-2", ON, "보기물류", "3f9a2c71-5d1e", 42, "문태경", "본사 4층 금고, 봉투 2",
        SECRET, "C-000003-7",
    )  # fmt: skip
    return custody_sheet.build(data, language)


def keys(language: str) -> Paper:
    officers = tuple(
        key_sheet.OfficerKey(name, role, digest(name), active=name != "오세린")
        for name, role in (
            ("한지우", "보호담당자"),
            ("오세린", "보호담당자"),
            ("문태경", "보호책임자"),
        )
    )
    data = key_sheet.KeySheet(
        "PK-000002-1", ON, "보기물류", "3f9a2c71-5d1e", "보기물류 주식회사", digest("certificate"),
        date(2046, 11, 23), officers, APPROVALS,
    )  # fmt: skip
    return key_sheet.build(data, language)


_MARKED = Mark(11.0, bold=True, underlined=True, coloured=True)


def _asked(box: Separate, *, required: bool, language: str) -> AskedBox:
    korean = language == "ko"
    told = {
        Part.PURPOSE: "소식지와 할인 행사 안내" if korean else "Newsletter and offers",
        Part.ITEMS: "전자우편, 이름(선택)" if korean else "E-mail, name (optional)",
        Part.PERIOD: "동의를 철회할 때까지" if korean else "until consent is withdrawn",
        Part.REFUSAL: "거부할 수 있으며 불이익이 없습니다. " * 4
        if korean
        else "You may refuse. " * 9,
        Part.RECIPIENT: "보기카드 주식회사" if korean else "Sample Card Co.",
    }
    important = frozenset({Part.PERIOD, Part.PURPOSE})
    name = "소식지" if korean else "Newsletter"
    return AskedBox(box, name, "W-000012-4 · v2", required, told, important, _MARKED)


def consent_form(language: str) -> Paper:
    korean = language == "ko"
    boxes = [_asked(box, required=box is Separate.USE, language=language) for box in Separate]
    data = ConsentForm(
        number="D3-2026-0004",
        issued_on=ON,
        company=COMPANY.name,
        point="온라인몰 가입" if korean else "Web shop sign-up",
        boxes=tuple(boxes),
        exempt=("계약: 이름, 주소, 1년" if korean else "Contract: name, address, 1 year",),
        rights=("홈페이지", "전화") if korean else ("Web site", "By telephone"),
        age="birth",
        guardian=True,
        guardian_ways=("문자", "서명한 서면") if korean else ("Text message", "Signed paper"),
    )
    return consent_form_paper.build(data, language)


def wording(language: str) -> Paper:
    asked = {
        told: _asked(Separate.MARKETING, required=False, language=told) for told in ("ko", "en")
    }
    data = WordingSheet(
        number="WORDING-2026-0002",
        issued_on=ON,
        ref="W-000012-4",
        state="시행 중" if language == "ko" else "In force",
        point="",
        purpose="소식지" if language == "ko" else "Newsletter",
        version=2,
        told=tuple(Told(told, box, "계약: 이름") for told, box in asked.items()),
        shown="11 pt / 9 pt",
        effective=ON,
        digest=digest("wording"),
        answers=1204,
        approvals=APPROVALS,
    )
    return wording_sheet.build(data, language)


LETTER = Letter(
    number="D5-2026-0003",
    issued_on=ON,
    case="R-000456-7",
    kind="열람",
    received=AT,
    name="남궁가람",
    agent="홍길동",
    address="서울특별시 보기구 보기로 1, 101동 1004호",
    asked="회사가 가진 제 정보를 모두 알려 주세요. <b>굵게</b> & 제3자에게 준 것도.",
    items=("성명", "전화번호"),
    purposes=("배송",),
    company=COMPANY.name,
    contact="정보보호실 한지우, 02-000-0000, privacy@example.com",
)


def form(language: str, *, filled: bool = True) -> Paper:
    data = RequestForm("D4-2026-0001", ON, COMPANY.name, 10)
    if filled:
        data = replace(
            data,
            case=LETTER.case,
            received=AT,
            name=LETTER.name,
            agent="홍길동",
            ticked=frozenset({"deletion"}),
            asked=LETTER.asked,
            items=LETTER.items,
            filled=True,
        )
    return request_form.build(data, language)


def result(language: str, scope: str = "access") -> Paper:
    data = Result(
        letter=LETTER,
        scope=scope,
        decision="partial",
        text="성명과 전화번호를 보냅니다.\n주소는 가지고 있지 않습니다.",
        ground="다른 사람의 이익을 침해할 우려",
        article="법 제35조 제4항 제2호",
        why="통화 녹음에 다른 고객의 말이 들어 있습니다.",
        objection="보호책임자에게 적어 보내십시오.",
        fee=4000,
        recipients_told=("보기택배",),
    )
    return result_notice.build(data, language)


def refusal(language: str, what: str = "refused") -> Paper:
    data = Refusal(
        letter=LETTER,
        what=what,
        ground="" if what == "extended" else "업무에 지장",
        article="" if what == "extended" else "처리방침",
        why="보존해야 합니다.",
        objection="보호책임자에게 적어 보내십시오.",
        statutory=what == "extended",
        until=date(2026, 12, 31),
        due=date(2026, 12, 3),
    )
    return refusal_notice.build(data, language)


def received(language: str) -> Paper:
    text = "요구를 접수하였습니다."
    data = case_letters.Receipt(
        LETTER, "접수 확인서", text, ON, needs_identity=True, needs_mandate=True
    )
    return case_letters.receipt(data, language)


def answered(language: str) -> Paper:
    return case_letters.reply(case_letters.Reply(LETTER, "조치했습니다.", "infringement"), language)


def checked(language: str) -> Paper:
    data = case_letters.Identity(LETTER, "신분증", "대조합니다.", "한지우", AT, "일치", "보관", ON)
    return case_letters.identity(data, language)


def explained(language: str) -> Paper:
    return case_letters.due_sheet(LETTER, ON, ("10일", "토요일", "월요일"), language)


def retrieval(language: str, kind: str = "correction") -> Paper:
    data = retrieval_order.RetrievalOrder(
        kind=kind,
        number="RETRIEVAL-2026-0007",
        order="Q-000052-4",
        request="R-000047-1",
        issued_on=ON,
        place="홈페이지 운영 시스템(보기시스템즈 주식회사)",
        addressee="개인정보 처리 담당자 귀하",
        files=(
            retrieval_order.NamedFile("홈페이지 회원", ("이름", "전자우편"), ("WEB-0007919",)),
            retrieval_order.NamedFile("상담 신청자", ("이름", "전화번호"), ("CS-20418",)),
        ),
        reply_by=date(2026, 11, 30),
        changed=(
            retrieval_order.Changed("전자우편", "garam@example.com", "hangaram@example.org"),
            retrieval_order.Changed("전화번호", "", "010-0000-4321"),
        )
        if kind == "correction"
        else (),
        contact="정보보호실 한지우, 02-0000-0101",
        destroy_by=date(2026, 11, 30),
        approvals=APPROVALS,
    )
    return retrieval_order.build(data, language)


def annex(language: str, count: int = 3, note: str = "배송 일정 문의") -> Paper:
    places = ("홈페이지 운영 시스템", "고객센터 상담시스템")
    values = (
        access_annex.Held("이름", "한가람", ("배송 안내", "상담"), places),
        access_annex.Held("상담 내용", note, ("상담",), places[1:]),
        *(
            access_annex.Held(f"항목 {n}", f"garam{n}@example.com", ("배송 안내",), places[:1])
            for n in range(count)
        ),
    )
    uses = (
        access_annex.Use("배송 안내", "동의", ("이름", "전자우편"), "홈페이지 회원", places,
                         date(2026, 1, 5), "3년", date(2029, 1, 5)),
        access_annex.Use("계약", "계약 이행", ("이름",), "계약서", places[:1], date(2026, 2, 3), "",
                         date(2031, 2, 4), "전자상거래법 시행령 제6조제1항", date(2031, 2, 3)),
    )  # fmt: skip
    data = access_annex.AccessAnnex(
        number="ANNEX-2026-0003",
        issued_on=ON,
        request="R-000047-1",
        received_on=date(2026, 11, 20),
        person="S-000018-3",
        name="한가람",
        values=values,
        uses=uses,
        given=(access_annex.Given(date(2026, 1, 5), "배송 안내", "동의", "웹 사이트", "v3"),),
        provided=(
            access_annex.Provided(
                date(2026, 3, 2), "보기택배 주식회사", "배송", "동의", ("이름", "전화번호")
            ),
        ),
        sources=(access_annex.Came("배송 안내", "본인: 회원가입 화면", date(2026, 1, 5)),),
        replies=(
            access_annex.Replied(places[0], date(2026, 11, 22), "done", "", "1-sent.csv"),
            access_annex.Replied(places[1], None, "", ""),
        ),
    )
    return access_annex.build(data, language)


PAPERS: dict[str, Callable[[str], Paper]] = {
    "annex": annex,
    "retrieval": retrieval,
    "d1": certificate,
    "d1a": request,
    "d2": register,
    "order": order,
    "list": listing,
    "people": people,
    "kit": kit,
    "custody": custody,
    "keys": keys,
    "d3": consent_form,
    "wording": wording,
    "d4": form,
    "d4-blank": lambda language: form(language, filled=False),
    "d5": result,
    "d5-action": lambda language: result(language, "action"),
    "d6": refusal,
    "d6-extended": lambda language: refusal(language, "extended"),
    "ack": received,
    "reply": answered,
    "check": checked,
    "why": explained,
}
