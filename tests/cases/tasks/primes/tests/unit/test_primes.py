import pytest

from primes import primes


def test_there_are_none_below_two():
    assert primes(2) == []


@pytest.mark.parametrize("n, last", [(10, 7), (100, 97)])
def test_the_last_one_is_found(n, last):
    assert primes(n)[-1] == last


def test_a_hundred_thousand_take_no_time():
    assert len(primes(100000)) == 9592


def test_they_are_in_order():
    assert primes(30) == sorted(primes(30)) and primes(4) == [2, 3]
