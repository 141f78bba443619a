"""The servers that are measured where they are to be had: Virtuoso, and on a small corpus `rdflib-endpoint`."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bench.endpoint.corpus import Corpus
from bench.endpoint.servers import Server, free_port, tool
from kg.atomic import write_atomically
from kg.errors import UsageError

__all__ = ["RdflibEndpoint", "Virtuoso", "install_virtuoso"]

#: The largest corpus that rdflib holds and answers in a time that can be waited for.
_MOST_OF_RDFLIB = 200_000
#: Where Virtuoso keeps the quads that stand in no named graph; its queries ask it by default.
_DEFAULT_GRAPH = "urn:default"
_PACKAGE = "virtuoso-opensource-7-bin"
_SETTINGS = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = {sql}
DirsAllowed = {dump}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
ServerThreads = 40
MaxQueryMem = 2G
[HTTPServer]
ServerPort = {http}
ServerThreads = 40
MaxKeepAlives = 100
KeepAliveTimeout = 600
[SPARQL]
DefaultGraph = {graph}
ResultSetMaxRows = 10000000
MaxQueryCostEstimationTime = 100000
MaxQueryExecutionTime = 600
[Client]
SQL_PREFETCH_ROWS = 100
"""


class RdflibEndpoint(Server):
    """`rdflib-endpoint`, with rdflib's own store in memory."""

    name = "rdflib-endpoint"
    path = "/"

    @property
    def version(self) -> str:
        """With that of rdflib."""
        return f"rdflib-endpoint {version('rdflib-endpoint')}, rdflib {version('rdflib')}"

    def missing(self) -> str | None:
        """It comes with the dependency group `bench`; a large corpus it is not asked to hold."""
        if self.corpus.quads > _MOST_OF_RDFLIB:
            return f"only a corpus of at most {_MOST_OF_RDFLIB:,} quads is given to it"
        if importlib.util.find_spec("rdflib_endpoint") is None:
            return "the package rdflib-endpoint is not installed (pip install rdflib-endpoint)"
        return None

    def prepare(self) -> None:
        """It loads the dump at each start."""

    def command(self) -> Sequence[str | Path]:
        """A script of ours starts it, for the sake of the default graph."""
        return [sys.executable, "-m", "bench.endpoint.rdflib_server", self.corpus.dump.resolve(), str(self.port)]


class Virtuoso(Server):
    """Virtuoso Open Source, started with settings of ours and loaded by its own bulk loader."""

    name = "virtuoso"

    def __init__(self, corpus: Corpus) -> None:
        super().__init__(corpus)
        self._sql = free_port()

    @property
    def version(self) -> str:
        """As the first lines of its help tell it."""
        told = subprocess.run([str(tool("virtuoso-t")), "--help"], capture_output=True, text=True, check=False)
        line = next((part for part in (told.stdout + told.stderr).splitlines() if part.startswith("Version")), "")
        return f"Virtuoso {line.removeprefix('Version ').partition('-')[0]}"

    @property
    def folder(self) -> Path:
        """Its database."""
        return (self.corpus.path / "virtuoso").resolve()

    def missing(self) -> str | None:
        """Debian has it."""
        if tool("virtuoso-t") is None or tool("isql-vt") is None:
            return f"Virtuoso is not installed (apt-get install {_PACKAGE}, or --install-virtuoso as root)"
        return None

    def prepare(self) -> None:
        """Write the settings for this run's ports and load the dump, unless that was done before."""
        done = self.folder / "loaded"
        if not done.is_file():
            shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)
        settings = _SETTINGS.format(
            folder=self.folder,
            dump=self.corpus.path.resolve(),
            sql=self._sql,
            http=self.port,
            graph=_DEFAULT_GRAPH,
        )
        write_atomically(self.folder / "virtuoso.ini", settings)
        if done.is_file():
            return
        with _Loading(self.corpus, self.port, self._sql) as server:
            server.load()
        done.touch()

    def command(self) -> Sequence[str | Path]:
        """In the foreground; what it writes beside its database it writes there."""
        program = tool("virtuoso-t")
        assert program is not None  # missing
        return [program, "+foreground", "+configfile", self.folder / "virtuoso.ini"]


class _Loading(Virtuoso):
    """Virtuoso as it runs to be loaded: on the ports that it is measured on later."""

    def __init__(self, corpus: Corpus, port: int, sql: int) -> None:
        super().__init__(corpus)
        self.port = port
        self._sql = sql

    def prepare(self) -> None:
        """The settings are written."""

    def load(self) -> None:
        """Bulk-load the dump; quads without a graph go to the default one.

        Raises:
            UsageError: The loader says that it failed.
        """
        dump = self.corpus.dump.resolve()
        self._sql_text(f"ld_dir('{dump.parent}', '{dump.name}', '{_DEFAULT_GRAPH}');\nrdf_loader_run();\ncheckpoint;")
        failed = self._sql_text("SELECT ll_error FROM DB.DBA.LOAD_LIST WHERE ll_error IS NOT NULL;")
        if "0 Rows" not in failed:
            raise UsageError(f"Virtuoso did not load {dump}: {failed[-300:]}")

    def _sql_text(self, text: str) -> str:
        done = subprocess.run(
            [str(tool("isql-vt")), str(self._sql), "dba", "dba", "VERBOSE=ON", "BANNER=OFF", "PROMPT=OFF"],
            input=text + "\n",
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or "*** Error" in done.stdout + done.stderr:
            raise UsageError(f"Virtuoso refuses '{text[:60]}': {(done.stdout + done.stderr)[-300:]}")
        return done.stdout


def install_virtuoso() -> str | None:
    """Install Debian's package of the binaries; why that is not possible as a clause, or None."""
    if tool("virtuoso-t"):
        return None
    if os.geteuid() or not shutil.which("apt-get"):
        return "installing Virtuoso needs root and apt-get"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", _PACKAGE]):
        done = subprocess.run(["apt-get", *command], env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"apt-get {command[0]} failed: {done.stderr.strip()[-150:]}"
    return None
