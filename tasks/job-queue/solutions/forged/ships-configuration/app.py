# SPDX-License-Identifier: MIT
"""Cheat: bring files that configure test runners and interpreters, beside an empty service."""

from fastapi import FastAPI

app = FastAPI()
