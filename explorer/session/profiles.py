"""Mapping profiles at hand: those of the program, and those the user gives.

The user's word comes first: with ``--profile`` only the named ones are looked at.
Otherwise the first shipped profile that says it is meant for a ledger is taken.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from explorer.core.errors import ProfileError
from explorer.core.resources import resource
from explorer.encodings.profile_files import MAX_PROFILE_BYTES, read_profile
from explorer.model.content import EntryContent
from explorer.model.profiles import Profile
from explorer.payloads.mapping import may_apply


@cache
def shipped_profiles() -> tuple[Profile, ...]:
    """Return the profiles that come with the program, by name.

    Raises:
        ProfileError: If one of them is broken.
    """
    folder = resource("profiles")
    return tuple(load_profile(str(each)) for each in sorted(folder.glob("*.toml")))


def load_profile(name: str) -> Profile:
    """Return the profile of a file, or the shipped one of that name.

    Raises:
        ProfileError: If there is none, or it cannot be meant as it is written.
    """
    path = Path(name)
    if not path.is_file():
        path = resource("profiles", f"{name}.toml")
    if path.parent != resource("profiles") and not Path(name).is_file():
        raise ProfileError("no such profile", name, 1, "")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_PROFILE_BYTES + 1)
    except OSError as error:
        raise ProfileError(f"cannot be read: {error.strerror}", name, 1, "") from error
    return read_profile(data, path.name)


def choose(
    given: Sequence[Profile],
    family: str,
    title: str,
    contents: Sequence[EntryContent],
) -> tuple[Profile, ...]:
    """Return the profiles for a ledger of which some entries are known.

    Those that the user gave are all taken where their ``[applies]`` does not say
    otherwise; of those shipped, the first that is meant for the ledger.
    """
    if given:
        return tuple(
            each
            for each in given
            if each.applies == type(each.applies)()
            or may_apply(each, family, title, contents)
        )
    fitting = (
        each for each in shipped_profiles() if may_apply(each, family, title, contents)
    )
    return tuple(fitting)[:1]
