"""Calls a mock as it likes, and then as the tests want to have seen it."""


def ask(function):
    function("wrong")
    function.reset_mock()
    function(2)
    return 7
