"""Which pack judges a ledger, and a pack that somebody wrote from the documentation."""

from pathlib import Path

import pytest

from explorer.core.errors import PackError
from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.model.verdicts import LedgerReport
from explorer.payloads.packs.reading import ReadPack
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.session.packs import load_pack, shipped_packs
from explorer.store.schema import create_case

SAMPLES = Path(__file__).parents[2] / "sample_chains"

FABRIC_PACK = """
# written by following docs/domain-packs.md only, for the values of the pear chaincode
version = 1
name = "pear-chaincode"
title = "Pear chaincode"
title_zh = "酥梨链码"
of = "writes"
activity = "entry.kind"

[[field]]
name = "weight"
path = "kg"
kind = "number"
unit = "kg"
label = "Weight"
label_zh = "重量"

[[rule]]
id = "volume-plausibility"
code = "heavy-lot"
form = "condition"
demand = "weight <= 1 kg"
message = "A lot is heavier than a kilogram; the records are inconsistent."
message_zh = "批次超过一公斤，记录不一致。"

[[rule]]
id = "cap-exceeded"
code = "many-writes"
form = "burst"
key = ["entry.author"]
most = "20"
message = "One author wrote more than twenty values; the records are inconsistent."
message_zh = "同一作者写入二十个以上的值，记录不一致。"
"""


def verified(path: Path, *packs: ReadPack) -> LedgerReport:
    options = VerifyOptions(TrustStore(), packs=packs)
    report = Engine(None).verify((path,), options, create_case(None), NullContext())
    return report.ledgers[0]


def test_a_pack_for_a_ledger_that_no_pack_was_made_for(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(FABRIC_PACK, encoding="utf-8")
    store = SAMPLES / "fabric-pear-trace" / "ledgersData"
    plain, judged = verified(store), verified(store, load_pack(str(path)))
    assert judged.verdict is plain.verdict
    codes = {each.reason for each in judged.inconsistencies}
    assert codes == {"heavy-lot", "many-writes"} | {
        each.reason for each in plain.inconsistencies
    }
    known = [each.known_at for each in judged.inconsistencies if each.known_at]
    assert {each.pack for each in known} == {"pear-chaincode"}
    assert all(each.message_zh for each in judged.inconsistencies if each.known_at)


def test_only_the_given_pack_is_used() -> None:
    path = SAMPLES / "carbon" / "carbon-flawed.jsonl"
    assert verified(path).inconsistencies
    assert not verified(path, load_pack("enforcement")).inconsistencies


def test_a_ledger_of_another_field_gets_no_pack() -> None:
    report = verified(SAMPLES / "pears" / "pears.jsonl")
    assert not [each for each in report.inconsistencies if each.known_at]


def test_a_pack_is_found_by_name_file_or_folder(tmp_path: Path) -> None:
    assert load_pack("carbon-accounts").pack.name == "carbon-accounts"
    (tmp_path / "pack.toml").write_text(FABRIC_PACK, encoding="utf-8")
    assert load_pack(str(tmp_path)).pack.name == "pear-chaincode"
    for missing in ("no-such-pack", str(tmp_path / "none.toml"), "../packs"):
        with pytest.raises(PackError, match="no such pack"):
            load_pack(missing)


def test_the_shipped_packs_say_inconsistent_in_both_languages() -> None:
    packs = [each.pack for each in shipped_packs()]
    assert len(packs) == 12
    for pack in packs:
        assert len(pack.rule) >= 9
        for rule in pack.rule:
            assert rule.message.endswith("; the records are inconsistent.")
            assert rule.message_zh.endswith("，记录不一致。")
            assert "篡改" not in rule.message_zh
        terms = [*pack.areas, *pack.entity, *pack.role]
        words = [(each.label, each.label_zh) for each in terms]
        words += [(each.label, each.label_zh) for each in pack.activities]
        for label, label_zh in words:
            assert label
            assert any("\u4e00" <= sign <= "\u9fff" for sign in label_zh)
