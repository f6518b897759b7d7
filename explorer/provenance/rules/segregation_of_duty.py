"""Segregation of duty: one author records two steps that two should."""

from explorer.model.checks import Severity
from explorer.provenance.rules.base import Judged, Missing, Reason, RuleSpec, Settings
from explorer.provenance.rules.ground import Ground
from explorer.provenance.rules.steps import authors_of

SPEC = RuleSpec(
    "segregation-of-duty",
    "Steps that two must do are not recorded by one",
    "For each pair of steps that the user set: entries with both steps on one thing "
    "have the same author (the signer or named author of the ledger entry). Events in "
    "documents without authors are not judged.",
    "steps, authors of ledger entries; pairs set by the user",
    ("separate_authors",),
    (
        Reason(
            "same-author",
            Severity.WARNING,
            "One author recorded two steps that two should.",
        ),
    ),
    (Missing("pairs", "No steps are set that two must do."),),
)


def judge(ground: Ground, settings: Settings) -> Judged:
    """Return things on which one author recorded both steps of a pair."""
    judged = Judged()
    data = ground.data
    if not settings.separate_authors:
        judged.missing["pairs"] += int(data.counts.any())
    for first, second in settings.separate_authors:
        others = authors_of(ground, second)
        for thing, done in authors_of(ground, first).items():
            for author, event in done:
                same = [e for a, e in others.get(thing, ()) if a == author]
                judged.judged += thing in others
                if same:
                    detail = f"{first} + {second}: {data.text(author)}"
                    names = ground.names([thing])
                    judged.add("same-author", (event, *same), names, detail)
    return judged
