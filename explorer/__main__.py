"""``python -m explorer`` does what the command ``provenance-explorer`` does."""

import sys

from explorer.main import main

if __name__ == "__main__":
    sys.exit(main())
