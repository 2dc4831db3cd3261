"""Checks: one flag a file, and the folder is the registry. See `registry` for what a check is."""
