#!/bin/sh
# SPDX-License-Identifier: MIT
# The JSON Schemas before somebody else's validator: every bundled file is valid, and so is every good case; bad ones
# are refused. (That schemas and loaders say the same is test_schema's claim.)
cd "$(dirname "$0")/../.." || exit 1
PATH=/usr/bin:/bin exec python3 -W ignore tests/support/schemas.py all
