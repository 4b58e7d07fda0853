"""Start privdesk; everything else happens in the package."""

import sys

from privdesk.app import main

if __name__ == "__main__":
    sys.exit(main())
