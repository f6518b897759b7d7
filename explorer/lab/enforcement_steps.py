"""The four flows of the fictional enforcement ledger with their 55 checkpoints.

Each is (step, who records it, what it is called). The figure of 55 was published; which
ones they are was not, and is invented.
"""

JOB_STEPS = (
    ("apply", "officer", "岗位申请 application"),
    ("health-check", "officer", "健康审查 health check"),
    ("qualification-check", "education-office", "资格审查 qualification check"),
    ("category-check", "execution-office", "类别审查 check of the category"),
    ("sub-ward-opinion", "officer", "分监区意见 opinion of the sub-ward"),
    ("approve", "ward-chief", "审批 approval"),
    ("job-notice", "education-office", "岗位公示 notice of the post"),
    ("training", "education-office", "岗前培训 training"),
    ("start", "officer", "上岗 start of work"),
    ("job-review", "ward-chief", "岗位复核 review of the post"),
    ("rotate", "officer", "轮岗 rotation"),
    ("end", "officer", "离岗 end of work"),
)

SENTENCE_STEPS = (
    ("sub-ward-study", "officer", "分监区集体研究 study by the sub-ward"),
    ("study-minutes", "officer", "研究笔录归档 minutes of the study"),
    ("ward-chief-meeting", "ward-chief", "监区长办公会 meeting of the ward chief"),
    ("ward-opinion", "ward-chief", "监区意见 opinion of the ward"),
    (
        "execution-acceptance",
        "execution-office",
        "刑罚执行部门受理 acceptance by the execution office",
    ),
    (
        "execution-review",
        "execution-office",
        "刑罚执行部门审查 review by the execution office",
    ),
    ("evidence-check", "execution-office", "证据材料核验 check of the evidence"),
    (
        "committee-convening",
        "review-committee",
        "评审会召集 convening of the committee",
    ),
    ("committee-review", "review-committee", "评审委员会评审 review by the committee"),
    ("public-notice", "execution-office", "公示 public notice"),
    ("objections", "execution-office", "异议处理 objections"),
    ("warden-meeting", "warden", "监狱长办公会 meeting of the warden"),
    ("supervision-opinion", "registrar-3", "检察监督意见 opinion of the supervision"),
    ("submission", "execution-office", "提请法院 submission to the court"),
    ("ruling", "execution-office", "裁定送达 ruling received"),
)

POINTS_STEPS = (
    ("monthly-sheet", "points-office", "月度计分表 monthly sheet of points"),
    ("daily-record", "officer", "日常记载 daily record"),
    ("supervision-part", "officer", "监管改造部分 supervision part"),
    ("education-part", "education-office", "教育文化部分 education part"),
    ("labour-part", "officer", "劳动改造部分 labour part"),
    ("bonus-check", "ward-chief", "加分审核 check of bonuses"),
    ("special-bonus", "points-office", "专项加分 special bonus"),
    ("deduction-check", "ward-chief", "扣分审核 check of deductions"),
    ("warning", "points-office", "警告 warning"),
    ("demerit", "points-office", "记过 demerit"),
    ("confinement", "points-office", "禁闭 confinement"),
    ("points-review", "review-committee", "计分复核 review of points"),
    ("points-notice", "points-office", "计分公示 notice of points"),
    ("grade", "points-office", "等级评定 grade of a cycle"),
)

SPENDING_STEPS = (
    ("deposit", "accounts-office", "亲属存款 deposit by relatives"),
    ("labour-pay", "accounts-office", "劳动报酬 labour pay"),
    ("order", "accounts-office", "购物下单 order"),
    ("relative-registration", "officer", "亲属登记 registration of a relative"),
    ("allowance", "accounts-office", "零用钱 allowance"),
    ("card-transfer", "accounts-office", "转入消费卡 transfer to the card"),
    ("limit-check", "accounts-office", "限额核对 check of the limit"),
    ("order-approval", "ward-chief", "订单审核 approval of the order"),
    ("delivery", "officer", "配送 delivery"),
    ("sign-receipt", "officer", "签收 receipt signed"),
    ("refund-check", "accounts-office", "退款核对 check of a refund"),
    ("grade-check", "points-office", "处遇等级核对 check of the grade"),
    ("statement", "accounts-office", "月度对账 monthly statement"),
    ("release-settlement", "accounts-office", "出监结算 settlement on release"),
)
