from explorer.lab.bench import MAX_UNDO, Bench, Moment, WorkingCopy


def copies(text: bytes) -> Moment:
    return Moment({"edited": WorkingCopy("harvest", text)})


def test_changes_can_be_taken_back_and_made_again() -> None:
    bench = Bench(copies(b"0"))
    bench.change(copies(b"1"))
    bench.change(copies(b"2"))
    bench.undo()
    assert bench.now == copies(b"1")
    assert bench.can_undo
    assert bench.can_redo
    bench.redo()
    assert bench.now == copies(b"2")
    assert not bench.can_redo


def test_a_change_after_undo_forgets_what_was_taken_back() -> None:
    bench = Bench(copies(b"0"))
    bench.change(copies(b"1"))
    bench.undo()
    bench.change(copies(b"2"))
    bench.redo()
    assert bench.now == copies(b"2")


def test_nothing_to_take_back_is_no_error() -> None:
    bench = Bench(copies(b"0"))
    bench.undo()
    bench.redo()
    assert bench.now == copies(b"0")


def test_starting_again_can_be_taken_back() -> None:
    bench = Bench(copies(b"0"))
    bench.change(copies(b"1"))
    bench.start_again()
    assert bench.now == copies(b"0")
    bench.undo()
    assert bench.now == copies(b"1")


def test_the_past_is_bounded() -> None:
    bench = Bench(copies(b"0"))
    for number in range(MAX_UNDO + 5):
        bench.change(copies(b"%d" % number))
    for _ in range(MAX_UNDO + 5):
        bench.undo()
    assert bench.now == copies(b"4")
