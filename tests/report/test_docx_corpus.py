"""Published forms rebuilt as Word: comments stand on the words of the findings, and an office suite opens the copy."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from commented_word import Comment, comments, letters, word_form, words_of
from evidencereview import read_form, review
from evidencereview.records import Review
from evidencereview.report import docx_format
from evidencereview.report.docx_comments import in_printed_order, remarks

CLEAN = ("southwark-2024", "alliance-2024", "onward-2024", "thurrock-2022")
KEYS = ("provision", "requirement", "answer_raw", "evidence", "commentary")


def rebuilt(shared: Path, name: str, folder: Path) -> Path:
    """Write the perfect rows of a form as a Word table."""
    lines = (shared / "corpus" / f"{name}.rows.jsonl").read_text(encoding="utf-8").splitlines()
    path = folder / f"{name}.docx"
    path.write_bytes(word_form(*([str(json.loads(line)[key] or "") for key in KEYS] for line in lines)))
    return path


def hits(done: Review, data: bytes) -> list[bool]:
    """Whether each comment that stands on words stands on those of its finding."""
    told = [remark for item in in_printed_order(done.items, 0) for remark in remarks(item)]
    pairs = list(zip(told, comments(data)[1:], strict=True))
    assert all(comment.text.lstrip("\n").startswith(remark.title) for remark, comment in pairs)
    return [
        words_of(remark.finding.words) == words_of(comment.words)
        for remark, comment in pairs
        if remark.finding and remark.finding.words.strip()
    ]


@pytest.mark.slow
@pytest.mark.models
@pytest.mark.parametrize("name", CLEAN)
def test_comments_stand_on_the_words_of_published_forms(name: str, shared: Path, shipped: None, tmp_path: Path) -> None:
    form = rebuilt(shared, name, tmp_path)
    done = review(read_form(form))
    data = docx_format.render(done, source=form.read_bytes())
    found = hits(done, data)
    assert len(found) >= 40 and sum(found) >= 0.98 * len(found)
    assert letters(data) == letters(form.read_bytes())


@pytest.mark.slow
@pytest.mark.models
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("name", ["onward-2024", "thurrock-2022"])
def test_an_office_suite_opens_the_copy(name: str, shared: Path, shipped: None, tmp_path: Path) -> None:
    # Written by the suite first: its runs, languages and fields are not those of a library.
    folder = tmp_path / "office"
    form = converted(rebuilt(shared, name, tmp_path), "docx", folder)
    done = review(read_form(form))
    data = docx_format.render(done, source=form.read_bytes())
    found = hits(done, data)
    assert sum(found) >= 0.98 * len(found)
    copy = tmp_path / "copy.docx"
    copy.write_bytes(data)
    again = comments(converted(copy, "docx", tmp_path / "again").read_bytes(), again=True)
    assert placed(again) == placed(comments(data))
    assert converted(copy, "pdf", tmp_path / "pdf").stat().st_size > 20_000


def placed(found: list[Comment]) -> list[tuple[str, str]]:
    """What each comment says and on which words, in an order of its own: the suite numbers them anew."""
    return sorted((words_of(comment.text), words_of(comment.words)) for comment in found)


def converted(source: Path, target: str, folder: Path) -> Path:
    folder.mkdir()
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.{target}"
