"""Text in which the columns of a form are interleaved line by line, as scans and some converters leave it."""
