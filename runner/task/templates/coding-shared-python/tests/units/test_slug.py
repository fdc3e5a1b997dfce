"""Unit tests import the candidate's code, which then runs in this very process: it could forge what is reported here.
Every page of a result says so. Where that matters, test against a program or a service instead.
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
