import pytest
from stack import Stack


def test_the_last_one_comes_out_first():
    stack = Stack()
    stack.push(1)
    stack.push(2)
    assert stack.pop() == 2
    assert stack.pop() == 1


def test_it_knows_its_length():
    stack = Stack()
    stack.push("a")
    assert len(stack) == 1


def test_nothing_comes_out_of_an_empty_one():
    with pytest.raises(IndexError):
        Stack().pop()
