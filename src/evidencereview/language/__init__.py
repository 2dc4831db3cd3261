"""Language: sentences, cues, vectors and learned scores; everything that a check may ask of a text."""
