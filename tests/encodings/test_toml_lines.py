from explorer.encodings.toml_lines import line_of, toml_lines

TEXT = """version = 1
[applies]
formats = ["a"]
[[event]]
name = "one"
[[event]]
# a comment
name = "two"
[[event.sensors]]
"类型" = "x"
[event.extra]
a = "b"
"""


def test_fields_have_lines() -> None:
    lines = toml_lines(TEXT)
    assert lines["version",] == 1
    assert lines["applies", "formats"] == 3
    assert lines["event", 0, "name"] == 5
    assert lines["event", 1] == 6
    assert lines["event", 1, "name"] == 8
    assert lines["event", 1, "sensors", 0, "类型"] == 10
    assert lines["event", 1, "extra", "a"] == 12


def test_what_has_no_line_of_its_own_has_that_around_it() -> None:
    lines = toml_lines(TEXT)
    assert line_of(lines, ("event", 1, "sensors", 0, "value")) == 9
    assert line_of(lines, ("event", 0, "time", "zone")) == 4
    assert line_of(lines, ("table",)) == 1
