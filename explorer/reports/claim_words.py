"""The words of the claim sheet, shared by the window, the HTML sheet and the terminal.

English and Simplified Chinese side by side. Only whole numbers, block heights and short
ids are put into a sentence; text of a ledger stands beside it, never inside. "Silent"
and "differs" are the strongest words: intent is not computed.
"""

from collections.abc import Mapping
from typing import Final

from explorer.core.absent import Absent
from explorer.core.text import printable
from explorer.model.claim_sheets import (
    DAY_US,
    AfterEntry,
    ClaimRow,
    ClaimSheet,
    Computed,
    Exhibit,
    Question,
    Sayer,
    Saying,
    Source,
    Standing,
    Topic,
)
from explorer.model.statements import FactGrade, LinkGrade
from explorer.reports.words import Language

Pair = tuple[str, str]

_TOPICS: Final[Mapping[Topic, Pair]] = {
    Topic.CODE: ("Code on it", "其上的码"),
    Topic.PRODUCT: ("What it is", "产品"),
    Topic.MADE_OF: ("Made of", "由何而来"),
    Topic.ORIGIN: ("Place of origin", "产地"),
    Topic.VARIETY: ("Variety", "品种"),
    Topic.QUALITY: ("Grade", "等级"),
    Topic.QUANTITY: ("Quantity", "数量"),
    Topic.PACKAGING: ("Packaging", "包装"),
    Topic.HARVESTED: ("Harvested", "采收日期"),
    Topic.INSPECTED: ("Lab and recall records", "检测与召回记录"),
    Topic.CERTIFIED: ("Certificate or alliance", "认证或质量联盟"),
    Topic.CARRIED: ("Carried by", "承运"),
    Topic.TEMPERATURE: ("Temperature", "温度"),
    Topic.SELLER: ("Seller", "销售者"),
    Topic.PRICE: ("Price", "价格"),
    Topic.SCANS: ("Number of scans", "扫码次数"),
    Topic.TREATED: ("Pesticides and treatment", "用药与处理"),
    Topic.SHARES: ("Share of each source", "各来源所占份额"),
    Topic.FREE: ("Something else", "其他说法"),
}
_SAYERS: Final[Mapping[Sayer, Pair]] = {
    Sayer.SELLER: ("said by the seller", "销售者所述"),
    Sayer.LABEL: ("said on the label", "标签所述"),
    Sayer.PAGE: ("said on a web page", "网页所述"),
    Sayer.OTHER: ("said by somebody else", "他人所述"),
}
_STANDINGS: Final[Mapping[Standing, Pair]] = {
    Standing.RECORDED: ("recorded", "有记录"),
    Standing.SAME: ("the records say the same", "记录所述相同"),
    Standing.OTHER: (
        "the records use other words: compare them yourself",
        "记录用语不同：请自行比较",
    ),
    Standing.DIFFERS: ("the records say otherwise", "记录所述不同"),
    Standing.SILENT: ("the records are silent", "记录未提及"),
    Standing.UNSUPPORTED: ("nothing here supports it", "此处没有任何内容支持"),
}
_GRADES: Final[Mapping[FactGrade, Pair]] = {
    FactGrade.ENFORCED: ("Enforced", "规则强制"),
    FactGrade.SIGNED: ("Signed", "签名证明"),
    FactGrade.STATED: ("Stated", "仅有陈述"),
    FactGrade.INFERRED: ("Inferred", "推断"),
    FactGrade.CONTRADICTED: ("Contradicted", "相互矛盾"),
}
_LINKS: Final[Mapping[LinkGrade, Pair]] = {
    LinkGrade.ENFORCED: ("linked: enforced", "相连：规则强制"),
    LinkGrade.NAMED: ("linked: named", "相连：指名引用"),
}

_AFTER: Final[Mapping[AfterEntry, tuple[Pair, Pair]]] = {
    AfterEntry.NOTHING: (
        ("Nothing was computed", "未作任何计算"),
        (
            "No entry of a ledger is on this sheet.",
            "此表没有任何账本记录。",
        ),
    ),
    AfterEntry.CHECKING: (
        ("Still being checked", "正在核验"),
        (
            "{entries} entries are looked at; the ledger is not done.",
            "正在查看 {entries} 条记录，账本尚未核验完毕。",
        ),
    ),
    AfterEntry.UNMATCHED: (
        ("Entries do not match", "记录不一致"),
        (
            (
                "Of {entries} entries on this sheet, {unmatched} do not match what was "
                "hashed or signed."
            ),
            "此表的 {entries} 条记录中，{unmatched} 条与所哈希或所签名的内容不一致。",
        ),
    ),
    AfterEntry.ELSEWHERE: (
        ("The ledger does not match as a whole", "账本整体不一致"),
        (
            (
                "No check that failed names one of the {entries} entries on this "
                "sheet, but the ledger they stand in does not match."
            ),
            "不通过的检查没有指向此表的 {entries} 条记录，但它们所在的账本不一致。",
        ),
    ),
    AfterEntry.OPEN: (
        ("Could not be determined", "无法核验"),
        (
            (
                "Nothing failed for the {entries} entries on this sheet, but something "
                "that must be checked could not be."
            ),
            "此表的 {entries} 条记录没有检查不通过，但有必须检查的内容无法检查。",
        ),
    ),
    AfterEntry.CONSISTENT: (
        ("Entries hold together", "各条记录彼此相符"),
        (
            (
                "{entries} entries in {blocks} blocks fit each other, {signed} signed. "
                "Whoever made this file could have made all of it."
            ),
            (
                "{blocks} 个区块中的 {entries} 条记录彼此相符，其中 {signed} 条有签名。"
                "制作此文件的人可以制作其中的全部内容。"
            ),
        ),
    ),
    AfterEntry.ATTRIBUTED: (
        ("Not altered by anyone without these keys", "没有这些密钥的人未作改动"),
        (
            (
                "{entries} entries in {blocks} blocks, {signed} signed, under keys you "
                "named. Their holders together could have made them anew."
            ),
            (
                "{blocks} 个区块中的 {entries} 条记录，{signed} 条有签名，"
                "均在您指定的密钥之下。密钥持有者仍可共同重新制作。"
            ),
        ),
    ),
    AfterEntry.ANCHORED: (
        ("Unaltered after entry", "上链后未改动"),
        (
            (
                "{entries} entries in {blocks} blocks, {signed} signed, tied to the "
                "history anchor you chose, up to block {height}."
            ),
            (
                "{blocks} 个区块中的 {entries} 条记录，{signed} 条有签名，"
                "与您选定的历史依据相连，至区块 {height}。"
            ),
        ),
    ),
}

_QUESTIONS: Final[Mapping[str, Pair]] = {
    "which-ledger": (
        "On which ledger is it recorded, who runs it, and under which number or id?",
        "记录在哪个账本上，由谁运行，编号是什么？",
    ),
    "export": (
        "Please send the ledger's own export of these blocks, not a screenshot.",
        "请提供账本自身导出的这些区块，而不是截图。",
    ),
    "platform": (
        "How these platforms export their records:",
        "各平台导出记录的方式：",
    ),
    "keys": (
        "Whose keys sign these entries? Please publish or hand over the certificates.",
        "由谁的密钥为这些记录签名？请公布或提供证书。",
    ),
    "outside-hash": (
        "Where is the hash of a block published outside your own systems?",
        "区块哈希在你方系统之外的何处公布？",
    ),
    "other-copy": (
        "Which other party holds a copy of the ledger that can be compared?",
        "还有哪一方持有可供比对的账本副本？",
    ),
    "which-record": (
        "Which record shows this, who made it, and when?",
        "哪条记录表明此事，由谁作出，何时作出？",
    ),
    "free-claims": (
        "For every other claim listed above: which record, certificate or document?",
        "以上其他每一项说法：有哪条记录、证书或文件？",
    ),
    "documents": (
        (
            "Please send the lab reports and certificates themselves, and say which "
            "entry holds the hash of each."
        ),
        "请提供检测报告和证书原件，并说明各自的哈希记录在哪一条。",
    ),
    "delay": (
        "Who typed the entries, when, and from what paper or device?",
        "这些记录由谁录入、何时录入、依据哪份纸面材料或哪台设备？",
    ),
    "one-box": (
        "How is it made sure that the code of one box is not on another one?",
        "如何确保一箱的码不会出现在另一箱上？",
    ),
}

_WORDS: Final[Mapping[str, Pair]] = {
    "title": ("Claim sheet", "说法核对表"),
    "fiction": ("Fictional demonstration data", "虚构演示数据"),
    "claim": ("Claim", "说法"),
    "says": ("What the ledger says", "账本所述"),
    "who": ("Who says so", "由谁所述"),
    "grade": ("Grade", "等级"),
    "entries": ("Entries", "记录"),
    "silent": ("The ledger is silent on", "账本未提及"),
    "silence": (
        "Silence proves nothing either way.",
        "未提及不能证明任何一面。",
    ),
    "computed": ("Computed here", "本机计算"),
    "not-computed": ("Not computed", "未计算"),
    "before": ("True before entry?", "上链前是否属实？"),
    "nobody": (
        "Nothing here shows who said it, when, or with what evidence.",
        "此处没有任何内容表明由谁所述、何时所述或有何证据。",
    ),
    "one-box": (
        "That this very box is the one the code was printed for cannot be computed.",
        "无法计算这一箱就是此码所印的那一箱。",
    ),
    "hands": ("Hands it passed through", "经手各方"),
    "signed": ("signed", "有签名"),
    "not-signed": ("not signed", "无签名"),
    "named": ("named, did not sign", "仅被提及，未签名"),
    "named-by": ("named by", "由其提及："),
    "journey": ("Journey", "路线"),
    "place": ("Place", "地点"),
    "coordinates": ("Coordinates", "坐标"),
    "from-data": ("from the ledger", "来自账本"),
    "from-list": ("from your place list (inferred)", "来自您的地名表（推断）"),
    "not-placed": ("not placed, no coordinates", "未标出，没有坐标"),
    "time-line": ("Time line", "时间线"),
    "happened": ("said to happen", "所述发生时间"),
    "recorded": ("recorded", "上链时间"),
    "delay": ("delay", "延迟"),
    "what": ("What", "事项"),
    "exhibits": ("Documents and photos", "文件与照片"),
    "captured": ("attached", "附上时间"),
    "holds": (
        "matches {count} places: entry {place}, recorded {time}",
        "有 {count} 处相符：记录 {place}，上链时间 {time}",
    ),
    "holds-no-time": (
        "matches {count} places: entry {place}",
        "有 {count} 处相符：记录 {place}",
    ),
    "holds-outside": (
        "Stands in the evidence, but in no block or entry that could be read.",
        "存在于证据中，但不在任何可读取的区块或记录内。",
    ),
    "holds-none": (
        "No entry holds this hash; {count} searched.",
        "没有记录含有此哈希；已查找 {count} 条。",
    ),
    "not-searched": ("Not searched: no ledger is open.", "未查找：没有打开账本。"),
    "not-yet": ("Not searched yet.", "尚未查找。"),
    "questions": ("Questions to the brand", "向对方提出的问题"),
    "reply": ("Reply", "答复"),
    "evidence": ("Evidence", "证据"),
    "last-hash": ("Hash of the last block", "末区块哈希"),
    "made-at": ("Made at", "生成时间"),
    "digest": ("SHA-256 of everything above", "以上全部内容的 SHA-256"),
    "ledger": ("Ledger", "账本"),
    "item": ("Item", "物品"),
    "asked": ("Asked", "所查内容"),
    "no-ledger": (
        "No ledger is open: every line is only what was said.",
        "没有打开账本：每一行都只是说法。",
    ),
    "unmatched": ("does not match", "不一致"),
    "contradicts": ("against it", "与之相反"),
    "and-more": ("and {count} more", "另有 {count} 条"),
    "address": ("The address is shown, never opened.", "地址仅供显示，从不打开。"),
    "limits": (
        "It does not say whether the entries were true when they were made.",
        "不说明记录在作出时是否属实。",
    ),
}


def word(key: str, language: Language, **values: object) -> str:
    """Return one of our phrases, with numbers put in."""
    text = _pick(_WORDS[key], language)
    return text.format(**values) if values else text


def topic_word(topic: Topic, language: Language) -> str:
    """Return what a claim is about."""
    return _pick(_TOPICS[topic], language)


def sayer_word(sayer: Sayer, language: Language) -> str:
    """Return who makes a typed claim."""
    return _pick(_SAYERS[sayer], language)


def standing_word(standing: Standing, language: Language) -> str:
    """Return how a claim and the records stand to each other."""
    return _pick(_STANDINGS[standing], language)


def grade_word(grade: FactGrade | Absent, language: Language) -> str:
    """Return the word of a grade, empty where there is none."""
    return "" if isinstance(grade, Absent) else _pick(_GRADES[grade], language)


def link_word(grade: LinkGrade | Absent, language: Language) -> str:
    """Return how firmly record follows record, empty where it does not matter."""
    return "" if isinstance(grade, Absent) else _pick(_LINKS[grade], language)


def question_text(question: Question, language: Language) -> str:
    """Return a question; its topic stands before it."""
    text = _pick(_QUESTIONS[question.code], language)
    if isinstance(question.topic, Absent):
        return text
    colon = "：" if language is Language.ZH else ": "
    return topic_word(question.topic, language) + colon + text


def after_title(computed: Computed, language: Language) -> str:
    """Return the title of the block that is computed."""
    return _pick(_AFTER[computed.state][0], language)


def after_text(computed: Computed, language: Language) -> str:
    """Return the sentence of the block that is computed."""
    text = _pick(_AFTER[computed.state][1], language)
    height = computed.anchored_height
    return text.format(
        entries=computed.entries,
        blocks=computed.blocks,
        signed=computed.signed,
        unmatched=computed.unmatched,
        height="" if isinstance(height, Absent) else height,
    )


def before_text(sheet: ClaimSheet, language: Language) -> str:
    """Return the sentence of the block that is never computed."""
    if sheet.computed.state is AfterEntry.NOTHING:
        return word("nobody", language)
    not_computed = sheet.not_computed
    signers, named = len(not_computed.signers), len(not_computed.named_only)
    documents = not_computed.documents
    if language is Language.ZH:
        text = f"取决于 {signers} 个签名方的陈述。" if signers else "没有签名方。"
        if named:
            text += f"另有 {named} 方仅被提及，未签名。"
        return text + (
            f"记录中有 {documents} 份文件的哈希。"
            if documents
            else "没有任何文件的哈希附于记录。"
        )
    text = _counted(signers, "signing party") if signers else "nobody who signed"
    text = f"It rests on the word of {text}. "
    if named:
        others = "other is" if named == 1 else "others are"
        text += f"{named} {others} named and did not sign. "
    if documents:
        return text + f"{_counted(documents, 'hash')} of documents stand in entries."
    return text + "No hash of a document stands in an entry."


def _counted(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    plural = {"signing party": "signing parties", "hash": "hashes"}
    return f"{number} {plural[noun]}"


_HEADLINES: Final[Mapping[str, Pair]] = {
    "empty": ("What is claimed, and what supports it?", "有什么说法，有什么支持？"),
    "one": ("1 claim, and nothing here supports it.", "1 项说法，此处没有支持。"),
    "many": (
        "{count} claims, and nothing here supports them.",
        "{count} 项说法，此处均没有支持。",
    ),
    "choose": ("Which of these may be meant?", "可能指其中哪一个？"),
    "ask": ("Which thing is it about?", "要核对哪一件？"),
    "unknown": ("No record of this ledger names it.", "此账本没有记录提及它。"),
    "unmatched": ("Entries about this thing do not match.", "关于此物的记录不一致。"),
    "sheet": (
        "{spoken} points recorded, {against} contradicted, {silent} silent.",
        "{spoken} 项有记录，{against} 项相互矛盾，{silent} 项未提及。",
    ),
}


def sheet_headline(sheet: ClaimSheet, language: Language) -> str:
    """Return the sentence above the sheet: our own words and counts alone."""
    text = _pick(_HEADLINES[_headline(sheet)], language)
    return text.format(
        count=len(sheet.rows),
        spoken=sum(bool(each.says) for each in sheet.rows),
        against=sum(bool(each.contradicts) for each in sheet.rows),
        silent=len(sheet.silent),
    )


def _headline(sheet: ClaimSheet) -> str:
    if not sheet.has_ledger:
        rows = len(sheet.rows)
        return "many" if rows > 1 else "one" if rows else "empty"
    if sheet.item:
        return "unmatched" if sheet.computed.unmatched else "sheet"
    if sheet.candidates:
        return "choose"
    return "unknown" if sheet.asked else "ask"


def saying_text(saying: Saying, topic: Topic) -> str:
    """Return what an entry says, printable; with its field where that tells more."""
    text = printable(saying.text, 160)
    plain = saying.field_name.rpartition(":")[2]
    if topic is Topic.QUANTITY and plain.lower() in {"kg", "千克", "公斤"}:
        return f"{text} {printable(plain, 20)}"
    if topic in _WITH_FIELD and plain:
        return f"{printable(plain, 40)}: {text}"
    return text


_WITH_FIELD = frozenset(
    {Topic.INSPECTED, Topic.CARRIED, Topic.CERTIFIED, Topic.TEMPERATURE,
     Topic.PACKAGING, Topic.TREATED}
)  # fmt: skip


def is_unmatched(sheet: ClaimSheet, row: ClaimRow) -> bool:
    """Return whether something behind a row does not match what was recorded."""
    sources = (sheet.source_of(each) for each in (*row.supports, *row.contradicts))
    return any(each is not None and each.is_unmatched for each in sources)


def row_texts(row: ClaimRow) -> list[str]:
    """Return what the records say, each text once."""
    return list(dict.fromkeys(saying_text(each, row.topic) for each in row.says))


def place_text(block: int, entry: int) -> str:
    """Return a place as ``block:entry``; an event of a document by its number."""
    return f"{block}:{entry}" if block >= 0 else f"#{entry}"


def delay_text(source: Source, language: Language) -> str:
    """Return how long after the event it was recorded; empty where that is not so."""
    delay = source.delay_us
    if isinstance(delay, Absent) or delay < 3_600_000_000:
        return ""
    days, hours = delay // DAY_US, delay // 3_600_000_000
    zh = language is Language.ZH
    if days:
        many = "day" if days == 1 else "days"
        return f"{days} 天后" if zh else f"{days} {many} later"
    return f"{hours} 小时后" if zh else f"{hours} h later"


def exhibit_text(exhibit: Exhibit, language: Language, time: str = "") -> str:
    """Return what the search for a file's hash showed."""
    if isinstance(exhibit.found, Absent):
        return word("not-searched", language)
    if not exhibit.found:
        text = word("holds-none", language, count=exhibit.searched_entries)
        return f"{text} {word('silence', language)}"
    first = exhibit.found[0]
    if isinstance(first.place, Absent) and first.block < 0:
        return word("holds-outside", language)
    entry = -1 if isinstance(first.place, Absent) else first.place.entry
    place = place_text(first.block, entry) if entry >= 0 else str(first.block)
    key = "holds" if time else "holds-no-time"
    return word(key, language, count=len(exhibit.found), place=place, time=time)


def citation(sheet: ClaimSheet, row: ClaimRow, language: Language) -> str:
    """Return a short citation: sentence, entries, digest, limits."""
    zh = language is Language.ZH
    said = "；".join(row_texts(row)[:3]) if zh else "; ".join(row_texts(row)[:3])
    open_quote, close_quote = ("「", "」") if zh else ("“", "”")
    topic = topic_word(row.topic, language)
    claim = printable(row.claimed, 200)
    parts = [
        topic + ("：" if zh else ": ") + (said or standing_word(row.standing, language))
    ]
    if claim:
        standing = standing_word(row.standing, language)
        parts.append(f"{open_quote}{claim}{close_quote} — {standing}")
    places = [*row.supports, *row.contradicts]
    if places:
        shown = ", ".join(place_text(each.block, each.entry) for each in places[:8])
        parts.append(f"{word('entries', language)} {shown}")
    if sheet.ledger:
        parts.append(f"{word('ledger', language)} {printable(sheet.ledger, 80)}")
    if sheet.evidence_digest:
        parts.append(f"SHA-256 {sheet.evidence_digest}")
    parts.append(after_title(sheet.computed, language))
    parts.append(word("limits", language))
    return "\n".join(parts)


def _pick(pair: Pair, language: Language) -> str:
    return pair[1] if language is Language.ZH else pair[0]
