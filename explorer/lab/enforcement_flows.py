"""What the four flows of the fictional enforcement ledger record.

Fields and invariants follow the flows published for such ledgers (job assignment,
sentence execution, points assessment, spending in prison); all persons are invented
numbers. Steps come in their order, points add up, nobody spends more than the limit of
the treatment grade or than there is on the account; what contradicts that is planted by
``enforcement_alerts``.
"""

import hashlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from explorer.lab.draws import Draws
from explorer.lab.enforcement_alerts import (
    JOB,
    POINTS,
    SENTENCE,
    SPENDING,
    Alerts,
    Wanted,
)
from explorer.lab.enforcement_steps import (
    JOB_STEPS,
    POINTS_STEPS,
    SENTENCE_STEPS,
    SPENDING_STEPS,
)

FLOWS = (JOB, SENTENCE, POINTS, SPENDING)

PayloadValue = str | int | dict[str, str | int]
RecordPayload = dict[str, PayloadValue]

_POSTS = ("kitchen-2", "laundry-1", "library", "sewing-4", "garden-3", "packing-1")
_GRADES = (
    ("strict", 40_000),
    ("general", 50_000),
    ("lenient", 60_000),
    ("special", 80_000),
)
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
    alert: tuple[str, str] | None = None
    """(rule, reason) of the alert that the record completes."""


@dataclass(slots=True)
class _Case:
    number: int
    person: str
    step: int = 0
    lacks_approval: bool = False


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

    def __init__(self, people: int, draws: Draws, alerts: Alerts | None = None) -> None:
        """Invent records about ``people`` persons; plant what ``alerts`` wants."""
        self._alerts = Alerts({}, 1) if alerts is None else alerts
        self._over: str = ""
        self._people = people
        self._draws = draws
        self._sheets = 0
        self._accounts: dict[str, _Account] = {}
        self._flows = {
            JOB: _Flow(JOB_STEPS, "J"),
            SENTENCE: _Flow(SENTENCE_STEPS, "S"),
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

    def _step(self, name: str, now: datetime) -> tuple[_Case, Record]:
        flow, draws = self._flows[name], self._draws
        if len(flow.waiting) < self._people // 6:
            flow.opened += 1
            person = self._person(draws.below(self._people))
            case = _Case(flow.opened, person)
        else:
            case = flow.waiting.popleft()
        wanted = None
        if not case.lacks_approval:
            wanted = self._alerts.wanted(name, flow.steps[case.step][0])
        if wanted is Wanted.NO_APPROVAL:
            case.step += 1
            case.lacks_approval = True
        record = _step_record(name, flow, case, now, wanted)
        case.step += 1
        if case.step < len(flow.steps):
            flow.waiting.append(case)
        return case, record

    def _job(self, _now: datetime) -> Record:
        case, record = self._step(JOB, _now)
        record.payload.setdefault("category", "general")
        record.payload["post"] = _POSTS[case.number % len(_POSTS)]
        if record.payload["step"] == "approve":
            record.payload["decision"] = "approved"
        return record

    def _sentence(self, now: datetime) -> Record:
        case, record = self._step(SENTENCE, now)
        payload = record.payload
        payload["proposal"] = "减刑 reduction"
        payload["months"] = case.number % 9 + 1
        if payload["step"] == "public-notice":
            payload.setdefault("notice_working_days", 5)
        if payload["step"] == "submission":
            payload["court"] = "虚构中级法院 Fictional Intermediate Court"
        return record

    def _points(self, now: datetime) -> Record:
        if self._draws.below(4) == 0:
            return self._points_step(now)
        draws = self._draws
        month_index, index = divmod(self._sheets, self._people)
        self._sheets += 1
        bonus = [draws.below(part // 2 + 1) for part in _BASE_POINTS]
        deduction = draws.below(12) if draws.below(5) == 0 else 0
        year, month = divmod(month_index + 11, 12)
        sheet = f"{2022 + year}-{month + 1:02d}"
        person = self._person(index)
        step, author, label = POINTS_STEPS[0]
        wanted = self._alerts.wanted(POINTS, step)
        if wanted is Wanted.HIGH_BONUS:
            bonus[2] = 20
        total = sum(_BASE_POINTS) + sum(bonus) - deduction
        payload: RecordPayload = {
            "base": sum(_BASE_POINTS),
            "bonus": {
                "education": bonus[1],
                "labour": bonus[2],
                "supervision": bonus[0],
            },
            "checkpoint": 1,
            "deduction": deduction,
            "evidence": _evidence(f"points-{person}-{sheet}.xlsx"),
            "label": label,
            "month": sheet,
            "person": person,
            "step": step,
            "total": total + 10 * (wanted is Wanted.WRONG_TOTAL),
        }
        author = "officer" if wanted is Wanted.WRONG_OFFICE else author
        return Record(POINTS, author, payload, wanted.alert(POINTS) if wanted else None)

    def _points_step(self, now: datetime) -> Record:
        """Return a record of another checkpoint than the monthly sheet."""
        number = self._draws.between(1, len(POINTS_STEPS) - 1)
        step, author, label = POINTS_STEPS[number]
        person = self._person(self._draws.below(self._people))
        points = {"warning": -100, "demerit": -200, "confinement": -400, "grade": 600}
        payload: RecordPayload = {
            "checkpoint": number + 1,
            "date": f"{now:%Y-%m-%d}",
            "label": label,
            "person": person,
            "step": step,
            "total": points.get(step, self._draws.between(1, 5)),
        }
        return Record(POINTS, author, payload)

    def _spending(self, now: datetime) -> Record:
        draws = self._draws
        index = draws.below(self._people)
        if self._over:
            index = int(self._over)
        grade, limit = _GRADES[index % len(_GRADES)]
        person = self._person(index)
        account = self._accounts.setdefault(person, _Account())
        month = f"{now:%Y-%m}"
        if account.month != month:
            account.month, account.spent_fen = month, 0
        payload: RecordPayload = {
            "date": f"{now:%Y-%m-%d}",
            "grade": grade,
            "limit_fen": limit,
            "person": person,
        }
        if not self._over and draws.below(5) == 0:
            number = draws.between(3, len(SPENDING_STEPS) - 1)
            return self._spending_record(payload, number, account)
        return self._book(payload, index, account, limit)

    def _book(
        self, payload: RecordPayload, index: int, account: _Account, limit: int
    ) -> Record:
        """Return a deposit, or an order as far as limit and balance allow."""
        draws = self._draws
        amount = draws.between(200, 4_000)
        above = limit - account.spent_fen + 100
        is_order = amount <= min(account.balance_fen, limit - account.spent_fen)
        wanted = self._alerts.wanted(SPENDING, "order" if is_order else "deposit")
        if self._over or wanted is Wanted.ABOVE_LIMIT:
            is_order = account.balance_fen >= above
            amount = above if is_order else above + 500
            self._over = "" if is_order else str(index)
            wanted = Wanted.ABOVE_LIMIT if is_order else None
        elif not is_order:
            amount = draws.between(10, 60) * 500
        account.balance_fen += -amount if is_order else amount
        account.spent_fen += amount * is_order
        payload["amount_fen"] = amount
        payload["goods" if is_order else "payer"] = (
            draws.pick(_GOODS) if is_order else "登记亲属 registered relative"
        )
        if wanted is Wanted.STRANGER:
            payload["payer"] = "其他人员 somebody else"
        record = self._spending_record(payload, 2 if is_order else 0, account)
        if wanted is Wanted.WRONG_BALANCE:
            payload["balance_fen"] = account.balance_fen + 700
        if wanted is None:
            return record
        alert = wanted.alert(SPENDING)
        return Record(record.flow, record.author, payload, alert)

    def _spending_record(
        self, payload: RecordPayload, number: int, account: _Account
    ) -> Record:
        step, author, label = SPENDING_STEPS[number]
        payload["balance_fen"] = account.balance_fen
        payload["checkpoint"] = number + 1
        payload["label"] = label
        payload["month_spent_fen"] = account.spent_fen
        payload["step"] = step
        return Record(SPENDING, author, payload)


def _step_record(
    name: str, flow: _Flow, case: _Case, now: datetime, wanted: Wanted | None
) -> Record:
    """Return the record of a case's step, otherwise where something is planted."""
    step, author, label = flow.steps[case.step]
    number = f"{flow.prefix}{case.number:06d}"
    shown = 1 if wanted is Wanted.SAME_DOCUMENT else case.step + 1
    day = now - timedelta(days=40) if wanted is Wanted.BACKDATED else now
    payload: RecordPayload = {
        "case": number,
        "checkpoint": case.step + 1,
        "date": f"{day:%Y-%m-%d}",
        "evidence": _evidence(f"{number}-{shown}.pdf"),
        "label": label,
        "person": case.person,
        "step": step,
        "ward": f"ward-{case.number % 8 + 1}",
    }
    if wanted is Wanted.SAME_KEY:
        author = "officer" if name == JOB else "execution-office"
    if wanted is Wanted.SHORT_NOTICE:
        payload["notice_working_days"] = 2
    if wanted is Wanted.FORBIDDEN:
        payload["category"] = "restricted"
    return Record(name, author, payload, _completed(name, case, step, wanted))


def _completed(
    name: str, case: _Case, step: str, wanted: Wanted | None
) -> tuple[str, str] | None:
    """Return the alert that a step completes: without approval, the start of work."""
    if step == "start" and case.lacks_approval:
        return Wanted.NO_APPROVAL.alert(name)
    if wanted is None or wanted is Wanted.NO_APPROVAL:
        return None
    return wanted.alert(name)


def _evidence(name: str) -> dict[str, str | int]:
    return {
        "algorithm": "sha256",
        "name": name,
        "value": hashlib.sha256(b"fictional document " + name.encode()).hexdigest(),
    }
