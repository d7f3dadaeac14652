"""Parses a file somebody handed in inside a child process that may take little memory, little time and write nothing.

``python -m etl.readers.sealed KIND NAME`` reads the bytes from stdin and answers with one JSON object; ``sealed`` starts it
and ends it when its time is up.  A file made to exhaust a parser costs its child, never the server.
"""

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from etl.errors import Problem, Refused, Where

SECONDS = 20
"""Processor time a parser may take."""
GRACE = 5
"""What the clock on the wall allows beyond that, for a machine that is busy."""
MEMORY = 1_200_000_000
"""Bytes of address space: the parsers' own libraries take a third of it."""

KINDS = ("docx", "xlsx", "pdf", "html")
_ROOT = Path(__file__).resolve().parents[2]


def sealed(
    kind: str, raw: bytes, name: str, *, seconds: float = SECONDS, memory: int = MEMORY, grace: float = GRACE
) -> tuple[str, list[str]]:
    """Text and notes of ``raw``, read in a child; raises Refused with what the reader found, or when time or memory ran out."""
    command = [sys.executable, "-m", "etl.readers.sealed", kind, name, str(int(seconds)), str(memory)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "ignore"}
    try:
        done = subprocess.run(
            command, input=raw, capture_output=True, timeout=seconds + grace, check=False, cwd=_ROOT, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise Refused([_exhausted(name, f"{seconds:g}秒还没有读完")]) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise Refused([_exhausted(name, "解析用尽了时间或内存")]) from error
    if "problems" in answer:
        raise Refused(Problem(**{**problem, "where": Where(**problem["where"])}) for problem in answer["problems"])
    return str(answer["text"]), [str(note) for note in answer["notes"]]


def _exhausted(name: str, what: str) -> Problem:
    return Problem("E-711", Where(name), f"{what}，已停止", remedy="请用 Word 或 WPS 重新保存，或把文字粘贴到页面上")


def _limit(seconds: int, memory: int) -> None:
    with contextlib.suppress(ImportError):  # Windows has no such limits; the clock of the parent remains
        import resource  # noqa: PLC0415

        for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0)):
            _soft, hard = resource.getrlimit(what)
            allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (allowed, allowed))


def _read(kind: str, raw: bytes, name: str) -> dict[str, object]:
    if kind == "docx":
        from etl.readers.docx_text import docx_text  # noqa: PLC0415 - each child loads one parser

        text, notes = docx_text(raw, name)
        return {"text": text, "notes": notes}
    if kind == "xlsx":
        from etl.readers.stored_cells import stored_sheets  # noqa: PLC0415

        return {"text": json.dumps(stored_sheets(raw, name)), "notes": []}
    if kind == "html":
        from etl.readers.html_text import html_text  # noqa: PLC0415

        return {"text": html_text(raw, name), "notes": []}
    from etl.readers.pdf_text import pdf_text  # noqa: PLC0415

    text, notes = pdf_text(raw, name)
    return {"text": text, "notes": notes}


def main(kind: str, name: str, seconds: str, memory: str) -> None:
    """Reads stdin within limits and writes the answer; whatever a parser does not foresee is a damaged file."""
    _limit(int(seconds), int(memory))
    raw = sys.stdin.buffer.read()
    try:
        answer = _read(kind, raw, name)
    except Refused as refused:
        answer = {"problems": [asdict(problem) for problem in refused.problems]}
    except (MemoryError, RecursionError):
        answer = {"problems": [asdict(_exhausted(name, "解析用尽了内存"))]}
    except Exception as error:  # a parser's own surprise is told as what it is: a file it cannot read
        found = Problem("E-707", Where(name), "文件不完整或已损坏", type(error).__name__, remedy="请重新保存或重新上传")
        answer = {"problems": [asdict(found)]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
