"""Progress: a bar with rate and remaining time on a terminal, plain lines elsewhere, and never a reason to stop."""

from __future__ import annotations

import io

import pytest

from evidencereview.report.progress import progress, rate_words


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_plain_lines() -> None:
    stream = io.StringIO()
    with progress(stream) as advance:
        advance(1, 2, "elm: 72 rows")
        advance(2, 2, "not reviewed: oak [/x]")
    assert stream.getvalue() == "[1/2] elm: 72 rows\n[2/2] not reviewed: oak [/x]\n"


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    with progress(stream) as advance:
        for done in range(1, 4):
            advance(done, 4, f"elm-{done} [/x] [bold]")
        advance(4, 4, "not reviewed: oak [/x] is empty")
    shown = stream.getvalue()
    assert "not reviewed: oak [/x] is empty" in shown
    assert "4/4" in shown and "forms/s" in shown and "0:00:00" in shown


def test_a_closed_stream_stops_nothing() -> None:
    stream = io.StringIO()
    with progress(stream) as advance:
        stream.close()
        advance(1, 1, "elm")


@pytest.mark.parametrize(("speed", "words"), [(None, ""), (0.0, ""), (3.21, "3.2 forms/s"), (0.25, "4.0 s a form")])
def test_rate_words(speed: float | None, words: str) -> None:
    assert rate_words(speed) == words
