"""The same for whoever loads this one."""
import pytest  # noqa: F401
