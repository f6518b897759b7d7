"""Root causes: what follows from what."""

from explorer.model.checks import Kind, Outcome, Severity
from explorer.model.verdicts import Finding
from explorer.session.causes import group_by_cause


def finding(
    kind: Kind, block: int | None, outcome: Outcome = Outcome.FAILED
) -> Finding:
    return Finding(
        f"t.{kind}",
        kind,
        outcome,
        Severity.ERROR,
        "reason",
        block,
        None,
        None,
        "message",
        "",
        "",
        "",
        (),
    )


def shape(*findings: Finding) -> list[tuple[Kind, int | None, int, bool]]:
    return [
        (each.kind, each.block, each.cause, each.is_root)
        for each in group_by_cause(findings)
    ]


def test_a_changed_value_has_one_cause() -> None:
    found = shape(
        finding(Kind.LINK, 21), finding(Kind.HASH, 20), finding(Kind.REPLAY, 40)
    )
    assert found == [
        (Kind.HASH, 20, 0, True),
        (Kind.LINK, 21, 0, False),
        (Kind.REPLAY, 40, 0, False),
    ]


def test_in_one_block_what_is_nearest_to_the_bytes_is_the_root() -> None:
    found = shape(
        finding(Kind.REPLAY, 20), finding(Kind.HASH, 20), finding(Kind.QUORUM, 20)
    )
    assert found == [
        (Kind.HASH, 20, 0, True),
        (Kind.QUORUM, 20, 0, False),
        (Kind.REPLAY, 20, 0, False),
    ]


def test_two_distant_changes_are_two_causes() -> None:
    found = shape(
        finding(Kind.HASH, 20), finding(Kind.TREE, 50), finding(Kind.LINK, 51)
    )
    assert [each[2:] for each in found] == [(0, True), (1, True), (1, False)]


def test_what_did_not_fail_stands_alone_behind() -> None:
    found = shape(
        finding(Kind.SIGNATURE, 3, Outcome.NOT_APPLICABLE), finding(Kind.HASH, 9)
    )
    assert found[-1] == (Kind.SIGNATURE, 3, -1, True)


def test_findings_of_no_block_stand_together() -> None:
    found = shape(finding(Kind.IDENTITY, None), finding(Kind.HASH, 9))
    assert [each[2] for each in found] == [0, 1]
