"""The version, in a place of its own so that `--version` imports nothing else."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("evidencereview")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0+unknown"
