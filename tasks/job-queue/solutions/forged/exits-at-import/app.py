# SPDX-License-Identifier: MIT
"""Cheat: leave with status 0 before anything is asked, hoping that success is an exit status."""

import os

os._exit(0)
