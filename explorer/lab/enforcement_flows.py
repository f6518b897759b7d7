"""What the four flows of the fictional enforcement ledger record.

Fields and invariants follow the flows published for such ledgers (job assignment,
sentence execution, points assessment, spending in prison); all persons are invented
numbers. Steps come in their order, points add up, nobody spends more than the limit of
the treatment grade or than there is on the account. Left out: planted contradictions.
"""

import hashlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from explorer.lab.draws import Draws

JOB, SENTENCE, POINTS, SPENDING = (
    "job-assignment",
    "sentence-execution",
    "points-assessment",
    "prison-spending",
)
FLOWS = (JOB, SENTENCE, POINTS, SPENDING)

PayloadValue = str | int | dict[str, str | int]
RecordPayload = dict[str, PayloadValue]

_JOB_STEPS = (
    ("apply", "officer", "申请 application"),
    ("qualification-check", "education-office", "资格审查 qualification check"),
    ("approve", "ward-chief", "审批 approval"),
    ("start", "officer", "上岗 start of work"),
    ("end", "officer", "离岗 end of work"),
)
_SENTENCE_STEPS = (
    ("sub-ward-study", "officer", "分监区集体研究 study by the sub-ward"),
    ("ward-chief-meeting", "ward-chief", "监区长办公会 meeting of the ward chief"),
    ("execution-review", "execution-office", "刑罚执行部门审查 review"),
    ("committee-review", "review-committee", "评审委员会评审 committee"),
    ("public-notice", "execution-office", "公示 public notice"),
    ("warden-meeting", "warden", "监狱长办公会 meeting of the warden"),
    ("submission", "execution-office", "提请法院 submission to the court"),
)
_POSTS = ("kitchen-2", "laundry-1", "library", "sewing-4", "garden-3", "packing-1")
_GRADES = (("general", 40_000), ("lenient", 60_000), ("strict", 20_000))
_GOODS = ("日用品 daily goods", "食品 food", "书籍 books", "文具 stationery")
_SHARES = ((JOB, 9), (SENTENCE, 19), (POINTS, 40), (SPENDING, 100))
"""Flow and the share of records, in percent, up to and including it."""
_BASE_POINTS = (35, 35, 30)
"""Supervision, education, labour: 100 a month together."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record before it is signed."""

    flow: str
    author: str
    payload: RecordPayload


@dataclass(slots=True)
class _Case:
    number: int
    person: str
    step: int = 0


@dataclass(slots=True)
class _Account:
    balance_fen: int = 0
    month: str = ""
    spent_fen: int = 0


@dataclass(slots=True)
class _Flow:
    """Open cases of a flow with fixed steps, longest waiting first."""

    steps: tuple[tuple[str, str, str], ...]
    prefix: str
    waiting: deque[_Case] = field(default_factory=deque)
    opened: int = 0


class FlowRecords:
    """Makes plausible records, one after the other."""

    def __init__(self, people: int, draws: Draws) -> None:
        """Invent records about ``people`` persons."""
        self._people = people
        self._draws = draws
        self._sheets = 0
        self._accounts: dict[str, _Account] = {}
        self._flows = {
            JOB: _Flow(_JOB_STEPS, "J"),
            SENTENCE: _Flow(_SENTENCE_STEPS, "S"),
        }
        self._makers: dict[str, Callable[[datetime], Record]] = {
            JOB: self._job,
            SENTENCE: self._sentence,
            POINTS: self._points,
            SPENDING: self._spending,
        }

    def next(self, now: datetime) -> Record:
        """Return the next record; ``now`` is the time it is about."""
        share = self._draws.below(100)
        flow = next(each for each, most in _SHARES if share < most)
        return self._makers[flow](now)

    def _person(self, index: int) -> str:
        return f"P{hashlib.sha256(b'person %d' % index).hexdigest()[:10]}"

    def _step(self, name: str, now: datetime) -> tuple[_Case, str, str, RecordPayload]:
        flow, draws = self._flows[name], self._draws
        if len(flow.waiting) < self._people // 6:
            flow.opened += 1
            person = self._person(draws.below(self._people))
            case = _Case(flow.opened, person)
        else:
            case = flow.waiting.popleft()
        step, author, label = flow.steps[case.step]
        case.step += 1
        if case.step < len(flow.steps):
            flow.waiting.append(case)
        number = f"{flow.prefix}{case.number:06d}"
        payload: RecordPayload = {
            "case": number,
            "checkpoint": case.step,
            "date": f"{now:%Y-%m-%d}",
            "evidence": _evidence(f"{number}-{case.step}.pdf"),
            "label": label,
            "person": case.person,
            "step": step,
            "ward": f"ward-{case.number % 8 + 1}",
        }
        return case, step, author, payload

    def _job(self, now: datetime) -> Record:
        case, step, author, payload = self._step(JOB, now)
        payload["category"] = "general"
        payload["post"] = _POSTS[case.number % len(_POSTS)]
        if step == "approve":
            payload["decision"] = "approved"
        return Record(JOB, author, payload)

    def _sentence(self, now: datetime) -> Record:
        case, step, author, payload = self._step(SENTENCE, now)
        payload["proposal"] = "减刑 reduction"
        payload["months"] = case.number % 9 + 1
        if step == "public-notice":
            payload["notice_working_days"] = 5
        if step == "submission":
            payload["court"] = "虚构中级法院 Fictional Intermediate Court"
        return Record(SENTENCE, author, payload)

    def _points(self, _now: datetime) -> Record:
        draws = self._draws
        month_index, index = divmod(self._sheets, self._people)
        self._sheets += 1
        base = sum(_BASE_POINTS)
        bonus = [draws.below(part // 2 + 1) for part in _BASE_POINTS]
        deduction = draws.below(12) if draws.below(5) == 0 else 0
        year, month = divmod(month_index + 11, 12)
        sheet = f"{2022 + year}-{month + 1:02d}"
        person = self._person(index)
        payload: RecordPayload = {
            "base": base,
            "bonus": {
                "education": bonus[1],
                "labour": bonus[2],
                "supervision": bonus[0],
            },
            "checkpoint": draws.between(1, 12),
            "deduction": deduction,
            "evidence": _evidence(f"points-{person}-{sheet}.xlsx"),
            "label": "计分考核 monthly sheet of points",
            "month": sheet,
            "person": person,
            "total": base + sum(bonus) - deduction,
        }
        return Record(POINTS, "points-office", payload)

    def _spending(self, now: datetime) -> Record:
        draws = self._draws
        index = draws.below(self._people)
        person = self._person(index)
        grade, limit = _GRADES[index % len(_GRADES)]
        account = self._accounts.setdefault(person, _Account())
        month = f"{now:%Y-%m}"
        if account.month != month:
            account.month, account.spent_fen = month, 0
        amount = draws.between(200, 4_000)
        is_order = amount <= min(account.balance_fen, limit - account.spent_fen)
        if is_order:
            account.balance_fen -= amount
            account.spent_fen += amount
        else:
            amount = draws.between(10, 60) * 500
            account.balance_fen += amount
        payload: RecordPayload = {
            "amount_fen": amount,
            "balance_fen": account.balance_fen,
            "checkpoint": 3 if is_order else 1,
            "date": f"{now:%Y-%m-%d}",
            "evidence": _evidence(f"receipt-{person}-{account.balance_fen}.jpg"),
            "grade": grade,
            "label": "狱内消费 order" if is_order else "存入 deposit",
            "limit_fen": limit,
            "month_spent_fen": account.spent_fen,
            "person": person,
            "step": "order" if is_order else "deposit",
        }
        payload["goods" if is_order else "payer"] = (
            draws.pick(_GOODS) if is_order else "登记亲属 registered relative"
        )
        return Record(SPENDING, "accounts-office", payload)


def _evidence(name: str) -> dict[str, str | int]:
    return {
        "algorithm": "sha256",
        "name": name,
        "value": hashlib.sha256(b"fictional document " + name.encode()).hexdigest(),
    }
