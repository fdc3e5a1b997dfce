# SPDX-License-Identifier: MIT
"""Box A's program, serve.py MODULE: serves the candidate's modules in the working directory over the descriptor 3."""

import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))
_compiled = os.path.join(_here, sys.implementation.cache_tag or "")
sys.path[0] = _compiled if os.path.isdir(_compiled) else os.path.join(_here, "source")

from assay_bridge import candidate  # noqa: E402  # the path had to be made first

candidate.main(3, sys.argv[1])
