"""Back and forward."""

from explorer.gui.viewmodels.case import PageName, Place, Visit
from explorer.gui.viewmodels.history import MAX_VISITS, History


def _visit(height: int) -> Visit:
    return Visit(PageName.INSPECT, Place(height=height))


def test_back_and_forward_return_the_same_visits() -> None:
    history = History()
    for height in range(3):
        history.visit(_visit(height))
    assert history.go(-1) == _visit(1)
    assert history.go(-1) == _visit(0)
    assert history.go(-1) is None
    assert history.go(1) == _visit(1)
    assert history.can_go(1)


def test_a_new_visit_forgets_what_was_forward() -> None:
    history = History()
    for height in range(3):
        history.visit(_visit(height))
    history.go(-2)
    history.visit(_visit(9))
    assert not history.can_go(1)
    assert history.go(-1) == _visit(0)


def test_the_same_visit_is_not_written_twice() -> None:
    history = History()
    history.visit(_visit(1))
    history.visit(_visit(1))
    assert not history.can_go(-1)


def test_amending_changes_only_the_present() -> None:
    history = History()
    history.visit(_visit(1))
    history.amend(_visit(2))
    assert history.present == _visit(2)
    assert not history.can_go(-1)


def test_the_history_is_bounded() -> None:
    history = History()
    for height in range(MAX_VISITS + 50):
        history.visit(_visit(height))
    assert history.can_go(1 - MAX_VISITS)
    assert not history.can_go(-MAX_VISITS)
