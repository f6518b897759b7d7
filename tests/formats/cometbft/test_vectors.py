"""Light-client traces: the published vectors where they are at hand, and our own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.core.errors import ReadError
from explorer.core.spans import ByteSpan
from explorer.crypto.trust import TrustStore
from explorer.formats.cometbft import checks, open_ledgers
from explorer.formats.cometbft.index import Library
from explorer.formats.opening import ReadingOptions, open_evidence
from tests.formats.cometbft.chain import Chain, Json, Made, Signer
from tests.formats.cometbft.conftest import Runner
from tests.formats.running import run_all


def test_every_published_vector_has_its_verdicts(corpora: Path) -> None:
    folder = corpora / "cometbft" / "cometbft-lightclient"
    manifest = json.loads((folder / "manifest.json").read_text())
    for each in manifest["files"]:
        (ran,) = run_all(open_ledgers, folder / each["file"])
        assert ran.faults == [], each["file"]
        assert ran.open == []
        assert ran.passed[checks.LIGHT_STEP] == len(each["verdicts"])
        declared = [entry.summary.split()[-1] for entry in ran.entries]
        assert declared == each["verdicts"]


def light(made: Made) -> Json:
    members = {"validators": made.validators["validators"]}
    return {
        "signed_header": made.signed_header(),
        "validator_set": members,
        "next_validator_set": members,
    }


def trace(chain: Chain, steps: list[tuple[int, str]]) -> Json:
    first = chain.made[0]
    return {
        "initial": {
            "signed_header": first.signed_header(),
            "next_validator_set": {"validators": first.validators["validators"]},
            "trusting_period": str(600 * 10**9),
            "now": "2024-05-01T00:01:00Z",
        },
        "input": [
            {
                "block": light(chain.made[number - 1]),
                "now": "2024-05-01T00:09:00Z",
                "verdict": verdict,
            }
            for number, verdict in steps
        ],
    }


@pytest.fixture
def four() -> Chain:
    chain = Chain()
    for _ in range(4):
        chain.grow()
    return chain


def test_steps_next_to_each_other_and_across(four: Chain, run: Runner) -> None:
    ran = run([trace(four, [(2, "SUCCESS"), (4, "SUCCESS"), (3, "INVALID")])])
    assert ran.faults == []
    assert ran.passed[checks.LIGHT_STEP] == 3
    assert ran.remarks == {"cometbft-light-client-vector"}
    assert len(ran.contents) == 3


def test_a_recorded_answer_that_is_wrong(four: Chain, run: Runner) -> None:
    ran = run([trace(four, [(2, "INVALID")])])
    assert ran.faults == [(checks.LIGHT_STEP, "verdict-differs", -1)]
    (result,) = [each for each in ran.results if each.reason == "verdict-differs"]
    assert (result.entry, result.expected, result.computed) == (
        0,
        "INVALID",
        "SUCCESS",
    )


def test_a_step_without_an_answer(four: Chain, run: Runner) -> None:
    made = trace(four, [(2, "SUCCESS")])
    del made["input"][0]["verdict"]
    assert run([made]).open == [(checks.LIGHT_STEP, "no-verdict", -1)]


def _late(made: Json) -> None:
    made["input"][0]["now"] = "2024-05-01T00:11:00Z"


def _early(made: Json) -> None:
    made["input"][0]["now"] = "2024-05-01T00:01:30Z"


def _broken(made: Json) -> None:
    made["input"][0]["block"]["signed_header"]["header"]["height"] = "x"


def _without_set(made: Json) -> None:
    made["input"][0]["block"]["validator_set"] = None


def _without_next(made: Json) -> None:
    made["input"][0]["block"]["next_validator_set"] = None


def _changed(made: Json) -> None:
    made["input"][0]["block"]["signed_header"]["header"]["app_hash"] = "00"


def _other_set(made: Json) -> None:
    made["input"][0]["block"]["validator_set"]["validators"][0]["voting_power"] = "9"


def _false_vote(made: Json) -> None:
    votes = made["input"][0]["block"]["signed_header"]["commit"]["signatures"]
    votes[0]["timestamp"] = "2024-05-01T00:07:00Z"


@pytest.mark.parametrize(
    "change",
    [
        _late,
        _early,
        _broken,
        _without_set,
        _without_next,
        _changed,
        _other_set,
        _false_vote,
    ],
)
def test_what_makes_a_step_invalid(
    four: Chain, run: Runner, change: Callable[[Json], None]
) -> None:
    made = json.loads(json.dumps(trace(four, [(2, "INVALID")])))
    change(made)
    assert run([made]).faults == []


def test_strangers_have_not_enough_trust(four: Chain, run: Runner) -> None:
    other = Chain([Signer(each) for each in (7, 8, 9)])
    stranger = other.grow(height=4)
    made = trace(four, [])
    step = {
        "block": light(stranger),
        "now": "2024-05-01T00:09:00Z",
        "verdict": "NOT_ENOUGH_TRUST",
    }
    made["input"] = [step]
    assert run([made]).faults == []


def test_unannounced_validators_are_invalid(four: Chain, run: Runner) -> None:
    other = Chain([Signer(each) for each in (7, 8, 9)])
    made = trace(four, [])
    step = {
        "block": light(other.grow(height=2)),
        "now": "2024-05-01T00:09:00Z",
        "verdict": "INVALID",
    }
    made["input"] = [step]
    assert run([made]).faults == []


def test_a_trace_that_cannot_be_read(four: Chain, run: Runner) -> None:
    made = trace(four, [(2, "SUCCESS")])
    made["initial"]["next_validator_set"] = None
    assert run([made]).faults == [(checks.FORM, "record-malformed", -1)]


def test_a_step_is_no_block(four: Chain, tmp_path: Path) -> None:
    path = tmp_path / "trace.json"
    path.write_text(json.dumps(trace(four, [(2, "SUCCESS")])))
    with open_evidence((path,)) as files:
        (pipeline,) = open_ledgers(files, ReadingOptions(TrustStore()))
        with pytest.raises(ReadError, match="no block"):
            pipeline.detail(1, ByteSpan(0, 0, 1))


def test_a_file_that_changed_meanwhile(four: Chain, tmp_path: Path) -> None:
    path = tmp_path / "trace.json"
    path.write_text(json.dumps(trace(four, [(2, "SUCCESS")])))
    with open_evidence((path,)) as files:
        (pipeline,) = open_ledgers(files, ReadingOptions(TrustStore()))
        pipeline._library = Library(files)
        path.write_text("[]" + " " * (path.stat().st_size - 2))
        (parsed,) = pipeline.read()
        assert parsed.damage
