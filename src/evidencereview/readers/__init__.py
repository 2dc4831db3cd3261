"""Readers: a file of any supported format in, a `Form` out, with a note on whatever was not carried over."""

from evidencereview.readers.reading import read_form

__all__ = ["read_form"]
