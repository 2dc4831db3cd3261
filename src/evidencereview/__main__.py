"""`python -m evidencereview` is the command `evidencereview`."""

import sys

from evidencereview.cli.entry import main

if __name__ == "__main__":
    sys.exit(main())
