"""Why a list cannot be read, mapped or written."""

from __future__ import annotations

from privdesk.core.errors import DomainError


class ExchangeError(DomainError):
    """The list could not be read or written. Nothing was changed."""


# Reading ---------------------------------------------------------------------------


class FileUnreadableError(ExchangeError):
    """The file {file} cannot be read by this account. Nothing was imported; ask for its
    permissions, or copy it to your own folder first.
    """


class EmptyFileError(ExchangeError):
    """The file {file} is empty. Nothing was imported; export the list again."""


class NotATableError(ExchangeError):
    """The file {file} is no list: it holds {found}. Nothing was imported; save the list as .xlsx
    or .csv (if document protection has encrypted it, release it first).
    """


class WebPageError(ExchangeError):
    """The file {file} is a web page, although its name may say otherwise. Nothing was imported;
    open it in the spreadsheet program and save it as .xlsx.
    """


class UnknownEncodingError(ExchangeError):
    """Line {line} of {file} is neither UTF-8 nor CP949 nor UTF-16 text. Nothing was imported; save
    the list as “CSV UTF-8” or .xlsx.
    """


class DamagedTextError(ExchangeError):
    """The file {file} is UTF-8 text, but line {line} holds bytes that do not belong there. Nothing
    was imported; mend that line or export the list again.
    """


class UnclosedQuoteError(ExchangeError):
    """A quotation mark that is opened in or before row {row} of {file} is never closed, so rows
    cannot be told apart. Nothing was imported; mend the row or save the list as .xlsx.
    """


class CellTooLongError(ExchangeError):
    """Row {row} of {file} holds a cell of more than {limit} characters. Nothing was imported; a
    quotation mark may be missing there: mend the row, or take the cell out.
    """


class NoRowsError(ExchangeError):
    """The file {file} has no rows below its column names. Nothing was imported; check that the
    right file or sheet was exported.
    """


class NoHeaderError(ExchangeError):
    """The first row of {file} holds data instead of column names. Nothing was imported; put a row
    with the names of the columns on top.
    """


class PasswordProtectedError(ExchangeError):
    """The workbook {file} is protected by a password. Nothing was imported; open it in the
    spreadsheet program, remove the password and save it again.
    """


class MacroWorkbookError(ExchangeError):
    """The workbook {file} contains macros. It was not opened and nothing was imported; save it as
    .xlsx, without macros.
    """


class LegacyWorkbookError(ExchangeError):
    """The workbook {file} is in the old .xls format. Nothing was imported; open it in the
    spreadsheet program and save it as .xlsx.
    """


class OtherWorkbookError(ExchangeError):
    """The workbook {file} is in a format that cannot be read here ({found}). Nothing was imported;
    save it as .xlsx or .csv.
    """


class DangerousWorkbookError(ExchangeError):
    """The workbook {file} is built to harm the program that opens it ({found}). It was not opened
    and nothing was imported; ask where it comes from.
    """


class WorkbookTooBigError(ExchangeError):
    """The workbook {file} unfolds to more than {limit} MB. Nothing was imported; save the list as
    .csv, which can be of any size.
    """


class DamagedWorkbookError(ExchangeError):
    """The workbook {file} is damaged and cannot be read on ({found}). Nothing was imported; export
    it again, or open it in the spreadsheet program and save it anew.
    """


class NoSheetError(ExchangeError):
    """The workbook {file} has no sheet “{sheet}”; it has {sheets}. Nothing was imported; name one
    of these.
    """


class DamagedJsonError(ExchangeError):
    """The file {file} is no JSON list of objects ({found}, near character {position}). Nothing was
    imported; export it again.
    """


# Mapping ---------------------------------------------------------------------------


class MapSyntaxError(ExchangeError):
    """“{pair}” is no mapping. Nothing was imported; write COLUMN=FIELD, for example “Customer
    name=name”.
    """


class UnknownColumnError(ExchangeError):
    """The list has no column “{column}”; it has {columns}. Nothing was imported; name one of
    these.
    """


class UnknownFieldError(ExchangeError):
    """There is no field “{field}” to fill; there are {fields}. Nothing was imported; name one of
    these.
    """


class FieldTwiceError(ExchangeError):
    """The columns {columns} would both fill “{field}”. Nothing was imported; give it one column
    only.
    """


class DuplicateColumnError(ExchangeError):
    """The column “{column}” occurs more than once in the list. Nothing was imported; say which one
    is meant, for example --map “{column} (2)={field}”, or rename one.
    """


class NoColumnMatchesError(ExchangeError):
    """No column of the list matches a field: is its first row the names of the columns? Nothing was
    imported; say what the columns are with --map COLUMN=FIELD. Fields: {fields}.
    """


class FieldMissingError(ExchangeError):
    """No column of the list fills {fields}, which must be known. Nothing was imported; say which
    column does with --map COLUMN=FIELD. Columns: {columns}.
    """


class DateOrderNeededError(ExchangeError):
    """Dates in the column “{column}” such as “{value}” can be read in two ways. Nothing was
    imported; say whether the day or the month comes first.
    """


class StaleMappingError(ExchangeError):
    """The remembered mapping does not fit the columns of this list. Nothing was imported; map the
    columns again.
    """


# Writing ---------------------------------------------------------------------------


class UnknownEndingError(ExchangeError):
    """“{file}” does not say what kind of file it shall be. Nothing was written; let the name end
    in .csv, .xlsx or .json.
    """


class TooManyRowsError(ExchangeError):
    """A sheet holds {limit} rows at most. Nothing was written; export as .csv, which has no
    limit.
    """


class TextTooLongForSheetError(ExchangeError):
    """A text in row {row} has more than the {limit} characters a spreadsheet cell can hold.
    Nothing was written; export as .csv or .json.
    """
