"""`python -m demo` is `python -m demo.run`."""

import sys

from demo.run import main

sys.exit(main())
