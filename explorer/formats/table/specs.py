"""The checks of tables: whether they can be read, nothing else can be asked of them."""

from typing import Final

from explorer.model.checks import CheckSpec, Kind, Reason

FILE_FORM: Final = "table.file-form"
ROW_FORM: Final = "table.row-form"

CHECKS: tuple[CheckSpec, ...] = (
    CheckSpec(
        FILE_FORM,
        Kind.FRAMING,
        "The file can be read as a table",
        (
            Reason("encoding-not-known", "The bytes fit no character encoding."),
            Reason("not-a-workbook", "The file is no workbook that can be opened."),
            Reason("unpacks-too-large", "The workbook would unpack to too much."),
            Reason("document-type", "A document type definition is not accepted."),
            Reason("too-long", "The file is longer than the limit and was not read."),
            Reason("too-many-rows", "The table has more rows than the limit."),
            Reason("no-headings", "No row of headings was found."),
        ),
    ),
    CheckSpec(
        ROW_FORM,
        Kind.MALFORMED,
        "Every row has a cell for each column",
        (
            Reason("quote-not-closed", "A quotation mark is opened and not closed."),
            Reason("text-behind-quote", "Text follows a closing quotation mark."),
            Reason("too-many-cells", "The row has more cells than the limit."),
            Reason("cells-without-column", "The row has more cells than headings."),
        ),
    ),
)
