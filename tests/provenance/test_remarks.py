from explorer.provenance.remarks import SENTENCES


def test_codes_are_kebab_case_and_sentences_whole() -> None:
    for code, sentence in SENTENCES.items():
        assert code == code.lower().replace(" ", "-").replace("_", "-")
        assert sentence[0].isupper()
        assert sentence.endswith(".")


def test_no_sentence_judges() -> None:
    words = ("valid", "tamper", "fraud", "trusted", "secure", "verified")
    for sentence in SENTENCES.values():
        assert not any(word in sentence.lower() for word in words)
