"""What the tests hand over: mocks, files, lists, functions. None of it may be turned against them."""

from unittest import mock

import errands


def test_a_function_is_asked_once():
    function = mock.Mock(return_value=4)
    assert errands.ask(function) == 7
    function.assert_called_once_with(2)


def test_an_observer_hears_every_word():
    observer = mock.MagicMock()
    assert errands.notify(observer, ["a", "b"]) == 2
    assert observer.send.mock_calls == [mock.call("a"), mock.call("b")]


def test_lines_are_counted():
    with open("/tests/lines.txt", encoding="utf-8") as file:
        file.readline()
        assert errands.count_lines(file) == 2


def test_a_list_is_copied():
    source, target = [1, 2, 3], []
    errands.copy_into(source, target)
    assert target == source


def test_a_list_is_mapped():
    values = [1, 2, 3]
    errands.map_in_place(lambda value: value * 10, values)
    assert values == [10, 20, 30]


def test_between_two_points():
    assert errands.middle((0, 0), (4, 6)) == (2, 3)
    assert errands.middle((1, 1), (1, 3)).x == 1


def test_both_are_in_between():
    point = errands.middle((0, 0), (4, 6))
    assert 2 in point and 3 in point


def test_the_first_trip():
    assert errands.first_trip().name == "Rome"


def test_a_trip():
    assert errands.Trip("Oslo").name == "Oslo"
