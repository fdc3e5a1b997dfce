"""Puts something else in its own place, which answers for every name."""

import sys
import types


class Everything(types.ModuleType):
    def __getattr__(self, name):
        return Everything(name)

    def __call__(self, *args, **kwargs):
        return self

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0


sys.modules[__name__] = Everything(__name__)
