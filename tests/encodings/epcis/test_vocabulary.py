import pytest

from explorer.encodings.epcis.vocabulary import STEPS, Words, web_word


@pytest.mark.parametrize(
    "text",
    [
        "shipping",
        "BizStep-shipping",
        "cbv:BizStep-shipping",
        "urn:epcglobal:cbv:bizstep:shipping",
        "https://ref.gs1.org/cbv/BizStep-shipping",
    ],
)
def test_all_spellings_are_one_word(text: str) -> None:
    assert Words.STEP.bare(text) == "shipping"
    assert Words.STEP.is_allowed(text)


@pytest.mark.parametrize(
    "text", ["urn:gdst:bizStep:landing", "https://x.org/step", "x/"]
)
def test_words_of_others_stay_as_they_are(text: str) -> None:
    assert Words.STEP.bare(text) == text


def test_only_bare_words_must_be_of_the_list() -> None:
    assert not Words.STEP.is_allowed("transforming")
    assert Words.STEP.is_allowed("urn:gdst:bizStep:landing")
    assert Words.COMPONENT.is_allowed("anything")
    assert Words.STEP.bare("cbv:BizStep-") == "cbv:BizStep-"


def test_the_lists_are_complete() -> None:
    assert len(STEPS) == 41
    assert len(Words.DISPOSITION.known) == 33
    assert Words.PARTY.bare("urn:epcglobal:cbv:sdt:owning_party") == "owning_party"
    assert Words.ERROR.bare("cbv:ER-did_not_occur") == "did_not_occur"


def test_web_words() -> None:
    assert web_word("gs1:Temperature") == "Temperature"
    assert web_word("https://gs1.org/voc/Temperature") == "Temperature"
    assert web_word("x:Temperature") == "x:Temperature"
