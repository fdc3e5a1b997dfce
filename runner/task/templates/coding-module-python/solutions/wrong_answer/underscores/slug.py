# wrong_answer: runs well and earns nothing.
import re


def slug(text):
    return re.sub(r"[^a-z0-9]", "_", text.lower())
