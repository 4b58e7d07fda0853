"""``python -m privdesk`` starts the program."""

import sys

from privdesk.app import main

if __name__ == "__main__":
    sys.exit(main())
