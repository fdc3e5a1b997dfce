# partial: a mistake that people make. Each character becomes a hyphen of its own; expect.json says which tests must notice.
import re


def slug(text):
    return re.sub(r"[^a-z0-9]", "-", text.lower())
