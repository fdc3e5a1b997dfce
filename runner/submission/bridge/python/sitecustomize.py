# SPDX-License-Identifier: MIT
"""Runs when the tests' interpreter starts: puts the bridge in place before anything is imported."""

import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))
_settings = os.environ.pop("ASSAY_BRIDGE", None)
if _settings is not None:
    # A folder for this version of Python holds the same, compiled.
    _compiled = os.path.join(_here, sys.implementation.cache_tag or "")
    sys.path.insert(0, _compiled if os.path.isdir(_compiled) else os.path.join(_here, "source"))
    try:
        import json

        from assay_bridge import importer

        with open(_settings, encoding="utf-8") as _file:
            importer.install(3, 4, json.load(_file), "/report/bridge.json")
    finally:
        del sys.path[0]
