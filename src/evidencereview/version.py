"""The version, in a place of its own: the build reads it here too."""

__version__ = "0.1.0"
