"""The drawing of a PDF page: which shapes are rules that go across or down, and where pictures stand."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as raw

from evidencereview.readers.pdf_upright import Upright

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_THIN = 3.0  # points: a filled shape no thicker is a rule
_SHORT = 6.0  # points: a line no longer is part of a drawing, a box that small is for ticking
_DEPTH = 6  # forms within forms
_POINTS = 400  # points of one shape that are looked at


def marks_of(page: Any, upright: Upright, most: int) -> dict[str, Any] | None:
    """Return the rules ("down", "across" as [at, start, end]), "pictures" as boxes and the number of other "shapes".

    None where the page holds more than `most` shapes.
    """
    marks: dict[str, Any] = {"down": [], "across": [], "pictures": [], "shapes": 0}
    for count, (shape, matrix) in enumerate(_objects(page, _SAME, 0)):
        if count > most:
            return None
        kind = raw.FPDFPageObj_GetType(shape)
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            marks["pictures"].append(_rounded(upright.box(*_bounds(shape, matrix))))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            _path(shape, matrix, upright, marks)
    return marks


def _objects(holder: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    count, get = raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject
    if depth:
        count, get = raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject
    for index in range(max(count(holder), 0)):
        shape = get(holder, index)
        if raw.FPDFPageObj_GetType(shape) != raw.FPDF_PAGEOBJ_FORM:
            yield shape, matrix
        elif depth < _DEPTH:
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(shape, own)
            yield shape, matrix
            yield from _objects(shape, _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix), depth + 1)


def _path(shape: Any, matrix: Matrix, upright: Upright, marks: dict[str, Any]) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    if not fill.value and not stroke.value:
        return  # only clips what comes after it
    box = upright.box(*_bounds(shape, matrix))
    if _rule(box, marks):
        return
    strokes = list(_strokes(shape, matrix)) if stroke.value else []
    rules = sum(_rule(upright.box(*ends), marks) for ends in strokes)
    if not rules and not (fill.value and not stroke.value and raw.FPDFPath_CountSegments(shape) <= 5):
        marks["shapes"] += 1


def _rule(box: Box, marks: dict[str, Any]) -> bool:
    """Keep a thin box as a rule; tell whether it was one."""
    x0, top, x1, bottom = box
    if x1 - x0 <= _THIN and bottom - top > _SHORT:
        marks["down"].append(_rounded(((x0 + x1) / 2, top, bottom)))
    elif bottom - top <= _THIN and x1 - x0 > _SHORT:
        marks["across"].append(_rounded(((top + bottom) / 2, x0, x1)))
    else:
        return False
    return True


def _strokes(shape: Any, matrix: Matrix) -> Iterator[Box]:
    """Yield the straight strokes of a path from point to point; a closed path ends where it began."""
    own, x, y = raw.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetMatrix(shape, own)
    full = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    first = last = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(shape), _POINTS)):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = _moved(x.value, y.value, full)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield (*last, *here)
        last = here
        if raw.FPDFPathSegment_GetClose(segment):
            yield (*here, *first)


def _bounds(shape: Any, matrix: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(shape, left, bottom, right, top)
    corners = [_moved(x, y, matrix) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    (x, y), (u, v) = (outer[0] * a + outer[2] * b, outer[1] * a + outer[3] * b), _moved(e, f, outer)
    return x, y, outer[0] * c + outer[2] * d, outer[1] * c + outer[3] * d, u, v


def _rounded(places: tuple[float, ...]) -> list[float]:
    return [round(place, 2) for place in places]
