"""Words for the full-text index, Chinese included.

SQLite's tokenizers do not split Chinese into words, and the trigram tokenizer answers
nothing for a word of two characters. So each run of ideographs is indexed as its single
characters and its overlapping pairs; a query becomes the phrase of its pairs.
"""

import re

_RUN = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]+|[^\\W_]+"
)
_IDEOGRAPH = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]"
)
MAX_WORDS = 4000
"""Words indexed of one entry; a longer text is findable by its beginning."""


def words_of(text: str) -> str:
    """Return the words to index, separated by spaces."""
    words: list[str] = []
    for match in _RUN.finditer(_spaced(text)):
        run = match.group()
        if _IDEOGRAPH.match(run):
            words.extend(run)
            words.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            words.append(run.casefold())
        if len(words) > MAX_WORDS:
            break
    return " ".join(words)


def query_of(text: str) -> str:
    """Return an FTS5 query that finds entries with every word of ``text``.

    The last Latin word is taken as a beginning, so that typing narrows the list.
    """
    parts: list[str] = []
    for match in _RUN.finditer(_spaced(text)):
        run = match.group()
        if not _IDEOGRAPH.match(run):
            parts.append(f'"{run.casefold()}"*')
        elif len(run) == 1:
            parts.append(f'"{run}"')
        else:
            parts.extend(f'"{run[i : i + 2]}"' for i in range(len(run) - 1))
    return " AND ".join(parts)


def _spaced(text: str) -> str:
    """Part ideographs from Latin letters and digits that stand beside them."""
    return re.sub(
        "([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]+)",
        r" \1 ",
        text,
    )
