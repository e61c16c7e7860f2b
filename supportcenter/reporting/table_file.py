"""The answer that saves a table, as CSV or as a workbook."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from django.http import StreamingHttpResponse

from supportcenter.reporting.csv_file import as_here, csv_file
from supportcenter.reporting.tables import Table
from supportcenter.reporting.workbook import write_workbook

Ending = Literal["csv", "xlsx"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Bytes sent at a time.
CHUNK = 64 * 1024


def table_file(table: Table, ending: Ending) -> StreamingHttpResponse:
    if ending == "csv":
        return csv_file(f"{table.name}.csv", table.plain_head(), table.plain_rows())
    response = StreamingHttpResponse(as_here(_workbook(table)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{table.name}.xlsx"'
    return response


def _workbook(table: Table) -> Iterator[bytes]:
    """Empty pieces while the rows are read, so that others have their turn in between; then the file."""
    with TemporaryDirectory(prefix="table-") as folder:
        path = Path(folder) / f"{table.name}.xlsx"
        for _ in write_workbook(table, path):
            yield b""
        with path.open("rb") as file:
            while piece := file.read(CHUNK):
                yield piece
