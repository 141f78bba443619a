"""R, for the tests that run programs written in it."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

__all__ = ["COLUMNS", "columns_of", "rscript"]

#: Prints a data frame `rows` column by column: its name, its class, and each cell as the bytes of its text, or NA.
COLUMNS = """
cells <- function(column) {
  text <- if (is.numeric(column)) format(column, digits = 15, trim = TRUE) else as.character(column)
  bytes <- vapply(enc2utf8(text), function(cell) paste(charToRaw(cell), collapse = ""), "")
  ifelse(is.na(column), "NA", paste0("=", bytes))
}
for (name in names(rows)) {
  cat(c("column:", name, class(rows[[name]])[1], if (nrow(rows) > 0) cells(rows[[name]])), sep = "\\t")
  cat("\\n")
}
"""


def rscript(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program; without R the test is skipped and says how to get it, and in CI (the variable `CI`) it fails."""
    found = shutil.which("Rscript")
    if found is None:
        told = "there is no Rscript for the programs in R; install it with: apt-get install r-base-core"
        if os.environ.get("CI"):
            pytest.fail(told, pytrace=False)
        pytest.skip(told)
    # In another coding than UTF-8 there are no words for the texts of other scripts.
    variables = {**os.environ, "LC_ALL": "C.UTF-8"}
    command = [found, "--vanilla", "-e", "options(warn = 2)", "-e", program]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=variables)


def columns_of(printed: str) -> dict[str, tuple[str, list[str | None]]]:
    """The class and the cells of each column that `COLUMNS` has printed."""
    found: dict[str, tuple[str, list[str | None]]] = {}
    for line in printed.splitlines():
        if line.startswith("column:\t"):
            _, name, kind, *cells = line.split("\t")
            found[name] = (kind, [None if cell == "NA" else bytes.fromhex(cell[1:]).decode() for cell in cells])
    return found
