from pathlib import Path

import pytest

from explorer.core.errors import ProfileError
from explorer.session.profiles import choose, load_profile, shipped_profiles

TEXT = 'version = 1\nname = "mine"\n{}[[event]]\nkind = "observation"\nthings = ["x"]\n'


def test_shipped_profiles_are_sound_and_found_by_name() -> None:
    names = [each.name for each in shipped_profiles()]
    assert names == ["fabric-pear-trace", "fsma-204", "lots-table"]
    for each in shipped_profiles():
        assert load_profile(each.name) == each
        assert each.title
        assert each.title_zh


def test_a_file_of_the_user_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(TEXT.format(""))
    assert load_profile(str(path)).name == "mine"
    with pytest.raises(ProfileError, match="no such profile"):
        load_profile(str(tmp_path / "absent.toml"))
    with pytest.raises(ProfileError, match="no such profile"):
        load_profile("../profiles/fsma-204")


def test_what_the_user_gave_is_taken_unless_it_says_otherwise(tmp_path: Path) -> None:
    for number, applies in enumerate(("", '[applies]\nformats = ["other"]\n')):
        (tmp_path / f"{number}.toml").write_text(TEXT.format(applies))
    given = [load_profile(str(tmp_path / f"{number}.toml")) for number in range(2)]
    assert choose(given, "fabric", "t", []) == (given[0],)
    assert choose([], "fabric", "t", []) == ()
