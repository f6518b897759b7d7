"""The catalogue of the HTML and text reports: every phrase in English and Chinese.

Only whole numbers and block heights are ever put into a phrase; text of the evidence
stands beside it, never inside.
"""

from typing import Final

from explorer.model.verdicts import Place
from explorer.reports.words import Language

_PHRASES: Final[dict[str, tuple[str, str]]] = {
    "title": ("Verification report", "核验报告"),
    "fiction": ("Fictional demonstration data", "虚构演示数据"),
    "case": ("Case", "案件"),
    "case-id": ("Case", "案件编号"),
    "examiner": ("Examiner", "核验人"),
    "organisation": ("Organisation", "机构"),
    "purpose": ("Purpose", "目的"),
    "period": ("Period", "期间"),
    "time-zone": ("Time zone", "时区"),
    "notes": ("Notes (opinion of the examiner)", "备注（核验人意见）"),
    "tool": ("Tool", "工具"),
    "python": ("Python", "Python"),
    "cryptography": ("cryptography", "cryptography"),
    "self-test": ("Self-test", "自检"),
    "made-at": ("Report made at", "报告生成时间"),
    "as-of": ("Judged as of", "判定时点"),
    "trust": ("Trust material", "信任材料"),
    "policy": ("Algorithm policy", "算法策略"),
    "filters": ("Filters and sample", "筛选与抽样"),
    "not-recorded": ("not recorded", "未记录"),
    "evidence": ("Evidence", "证据"),
    "ledger": ("Ledger", "账本"),
    "limit": ("Its limit", "此结论的界限"),
    "colon": (": ", "："),
    "after": ("Altered after entry? (computed here)", "上链后是否改动？（本机计算）"),
    "before": ("True before entry? (not computed)", "上链前是否属实？（未计算）"),
    "after-anchored": (
        "Unaltered after entry, up to block {height}.",
        "上链后未改动，至区块 {height}。",
    ),
    "after-several": (
        "See each ledger below.",
        "见下文各账本。",
    ),
    "after-attributed": (
        (
            "Not altered by anyone without the keys you named. Their holders together "
            "could have made it anew."
        ),
        "没有您指定密钥的人未作改动。密钥持有者仍可共同重新制作。",
    ),
    "after-consistent": (
        "Not shown. The parts fit each other, but nothing from outside ties them.",
        "未能表明。各部分彼此相符，但没有外部依据与之相连。",
    ),
    "after-failed": (
        "Something does not match; see the findings.",
        "存在不一致之处，见下列发现。",
    ),
    "after-indeterminate": (
        "Could not be determined; see what was not checked.",
        "无法核验，见未检查的内容。",
    ),
    "after-unreadable": ("Nothing could be read.", "没有任何内容可以读取。"),
    "before-text": (
        (
            "Never computed. No hash or signature shows that a harvest, a weight or a "
            "journey was as recorded. Ask who said it, when, and with what evidence; "
            "the signers are listed below."
        ),
        (
            "从不计算。任何哈希或签名都不能表明采收、重量或运输与记录相符。"
            "应询问由谁陈述、何时陈述、有何证据；签名者列于下文。"
        ),
    ),
    "anchors": ("Tied to", "依据"),
    "no-anchors": (
        "No anchor from outside the evidence took part.",
        "没有证据之外的依据参与核验。",
    ),
    "kind": ("Kind", "类别"),
    "what": ("What", "内容"),
    "origin": ("Origin", "来源"),
    "agrees": ("Agrees", "是否一致"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "identity": ("who may sign", "身份依据"),
    "history": ("what existed when", "历史依据"),
    "anchored-to": (
        "Tied to a history anchor up to block {height}",
        "与历史依据相连，至区块 {height}",
    ),
    "uncovered": (
        "Organisations that none of your anchors covers",
        "您的依据未覆盖的机构",
    ),
    "sources": ("Files", "文件"),
    "file": ("File", "文件"),
    "bytes": ("Bytes", "字节"),
    "unchanged": ("Unchanged at the end", "结束时未变化"),
    "changed": ("NO: changed while it was read", "否：读取期间发生变化"),
    "population": ("Population", "总体"),
    "format": ("Format", "格式"),
    "blocks": ("Blocks", "区块"),
    "entries": ("Entries", "记录"),
    "refused": ("Refused by the network", "被网络拒绝"),
    "signatures": ("Signatures checked", "已验签名"),
    "parties": ("Signers and parties", "签名者与各方"),
    "range": ("Range of blocks", "区块范围"),
    "times": ("Declared times", "声明的时间"),
    "last-hash": ("Hash of the last block", "末区块哈希"),
    "checked": ("Checked here", "已检查"),
    "none-checked": ("Nothing was checked.", "未作任何检查。"),
    "check": ("Check", "检查"),
    "passed": ("Passed", "通过"),
    "failed": ("Failed", "不通过"),
    "open": ("Inconclusive", "无法核验"),
    "not-applicable": ("Not applicable", "不适用"),
    "broken": ("Our defect", "程序缺陷"),
    "premises": ("Premises not met", "前提未满足"),
    "not-checked": ("Not checked", "未检查"),
    "none-listed": ("Nothing is listed for this ledger.", "此账本无列出项。"),
    "everything": (
        "Everything: nothing in this evidence could be read.",
        "全部内容：此证据中没有任何内容可以读取。",
    ),
    "why": ("Why the verdict is not better", "结论为何不更高"),
    "name": ("Name", "名称"),
    "role": ("Role", "角色"),
    "fingerprint": ("Fingerprint (SHA-256)", "指纹（SHA-256）"),
    "chosen": ("You chose it", "由您选定"),
    "findings": ("Findings", "发现"),
    "no-findings": (
        (
            "No finding. That is not the same as nothing being wrong: see what was not "
            "checked."
        ),
        "没有发现。这不等于没有问题：请看未检查的内容。",
    ),
    "more-findings": (
        "{count} more findings are not printed here; the export holds all.",
        "另有 {count} 项发现未在此列出，导出文件包含全部。",
    ),
    "more-rows": ("{count} more are not printed here.", "另有 {count} 项未在此列出。"),
    "root": ("Root cause (our inference)", "根本原因（本软件推断）"),
    "follows": ("Follows from it", "由此引起"),
    "alone": ("Stands alone", "独立发现"),
    "could-not": ("Could not be checked", "无法检查"),
    "good-to-know": ("Good to know", "供参考"),
    "expected": ("Expected", "应为"),
    "computed": ("Computed", "计算得"),
    "detail": ("Detail", "详情"),
    "place": ("Place", "位置"),
    "byte-range": (
        "bytes {start} to {last} ({size} bytes)",
        "第 {start} 至 {last} 字节（共 {size} 字节）",
    ),
    "byte-at": ("at byte {start}", "第 {start} 字节处"),
    "block-at": ("block {height}", "区块 {height}"),
    "entry-at": ("entry {position} (from 0)", "记录 {position}（从 0 起）"),
    "reason": ("Reason", "原因代码"),
    "repeat": ("Repeat it", "重复核验"),
    "repeat-hash": (
        (
            "prints the hash of these bytes (for SM3: openssl dgst -sm3); it equals "
            "the computed value where the hash covers exactly these bytes"
        ),
        (
            "输出这些字节的哈希（SM3 用 openssl dgst -sm3）；"
            "若哈希恰好覆盖这些字节，则等于计算值"
        ),
    ),
    "repeat-bytes": ("shows the bytes of this place", "显示此处的字节"),
    "repeat-path": (
        "the path holds characters that cannot be printed; put it in place of FILE",
        "路径含有不可显示的字符，请以实际路径替换 FILE",
    ),
    "inconsistencies": ("Inconsistent records", "不一致的记录"),
    "inconsistencies-note": (
        "Domain rules. They never change the verdict.",
        "业务规则，不影响结论。",
    ),
    "rule": ("Rule", "规则"),
    "rule-holds": ("Holds when nothing is found", "未发现问题时成立"),
    "rule-found": ("Found", "发现"),
    "rule-judged": ("Judged", "已判断"),
    "rules-not-judged": ("Cannot be judged", "无法判断"),
    "rules-settings": ("Tolerances used", "所用容差"),
    "events": ("Events", "事件"),
    "items": ("Items", "物品"),
    "ask": ("What to ask the other side for", "应向对方索取"),
    "ask-anchor": (
        (
            "A block hash at a height that you get on another way (printed, published, "
            "or from another party's copy) would tie this ledger to the outside."
        ),
        (
            "通过其他途径（印刷、公布或另一方的副本）取得某一高度的区块哈希，"
            "即可将此账本与外部相连。"
        ),
    ),
    "show": ("What this does and does not show", "本报告能说明与不能说明的内容"),
    "show-1": (
        (
            "The files were opened for reading only; their digests stand above. Every "
            "hash and signature counted here was recomputed from their bytes."
        ),
        "文件仅以只读方式打开，摘要见上文。此处计入的每个哈希和签名均由其字节重新计算。",
    ),
    "show-2": (
        (
            "The same files, anchors and program version give the same report. Another "
            "person can repeat each step with ordinary tools."
        ),
        "相同的文件、依据和程序版本得出相同的报告。他人可用常用工具重复每一步。",
    ),
    "show-3": (
        (
            "It shows agreement between bytes. It does not show that goods exist, that "
            "a statement is true, that records are complete, or who stood behind a key."
        ),
        "本报告表明字节之间相符，不表明货物存在、陈述属实、记录完整或密钥由何人掌握。",
    ),
    "show-4": (
        (
            "What is listed as not checked was not checked. No finding about a thing "
            "is no statement about it."
        ),
        "列为未检查的内容未作检查。没有发现不等于作出说明。",
    ),
    "show-5": (
        (
            "An anchor is only as independent as its origin. One that came with the "
            "evidence shows nothing that the evidence does not."
        ),
        "依据的独立性取决于其来源。随证据一同取得的依据不能说明证据之外的内容。",
    ),
    "command": ("To repeat all of it", "重复全部核验"),
    "digest": (
        "SHA-256 of everything above this line (sed '$d' FILE | sha256sum)",
        "本行以上全部内容的 SHA-256（sed '$d' FILE | sha256sum）",
    ),
    "seen": ("What was seen", "核验所见"),
    "advice": ("What now", "如何处理"),
}


class Phrases:
    """The phrases of one language."""

    def __init__(self, language: Language) -> None:
        """Speak ``language``."""
        self._index = 1 if language is Language.ZH else 0
        self.language = language

    def __call__(self, key: str, **numbers: int) -> str:
        """Return a phrase with its numbers put in."""
        phrase = _PHRASES[key][self._index]
        return phrase.format(**numbers) if numbers else phrase

    def label(self, key: str, **numbers: int) -> str:
        """Return a phrase with the colon of the language behind it."""
        return self(key, **numbers) + self("colon")

    def byte_range(self, place: Place) -> str:
        """Return the bytes of a place, first and last included, counted from 0."""
        size = place.end - place.start
        if size <= 0:
            return self("byte-at", start=place.start)
        return self("byte-range", start=place.start, last=place.end - 1, size=size)


def phrase_keys() -> tuple[str, ...]:
    """Return the keys of all phrases."""
    return tuple(_PHRASES)
