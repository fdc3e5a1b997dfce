"""Unit tests as they are always written, but the candidate's code isn't in this process: `slug` is a stand-in, each call
goes to another box, and what comes back is plain data. tests/profile.json holds which kinds of values the accepted solutions
gave; `assay task pin` writes it.
"""
from slug import slug


def test_words_are_joined_by_a_hyphen():
    assert slug("Hello World 2") == "hello-world-2"


def test_many_other_characters_become_one_hyphen():
    assert slug("one -- _ & two") == "one-two"


def test_no_hyphen_stands_at_either_end():
    assert slug("  say hi!  ") == "say-hi"


def test_punctuation_alone_gives_nothing():
    assert slug("?!") == ""
