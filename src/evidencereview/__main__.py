"""`python -m evidencereview` is the command `evidencereview`."""

from evidencereview.cli.entry import run

if __name__ == "__main__":
    run()
