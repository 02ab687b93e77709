"""`python -m maturity`: the command line."""

import sys

from maturity.cli import main

sys.exit(main(sys.argv[1:]))
