import math
import unittest

import pytest
from toolbox import *
import toolbox


class Numbers(unittest.TestCase):
    def test_the_mean_of_some(self):
        self.assertAlmostEqual(mean([1, 2, 3, 4]), 2.5)
        self.assertAlmostEqual(mean([0.1] * 10), 0.1)

    def test_the_mean_is_close_in_anybodys_eyes(self):
        assert math.isclose(mean([1, 2]), 1.5)
        assert mean([3, 5]) == pytest.approx(4)

    def test_the_mean_of_none(self):
        with self.assertRaises(ValueError) as caught:
            mean([])
        self.assertEqual(caught.exception.args[0], "no values")
        self.assertEqual(mean([7]), 7)

    def test_even_and_odd(self):
        self.assertTrue(is_even(4))
        self.assertFalse(is_even(7))
        self.assertTrue(is_even(0))

    def test_even_is_true_and_nothing_else(self):
        self.assertIs(is_even(2), True)
        self.assertIs(is_even(3), False)

    def test_divisors_contain_each(self):
        for divisor in (1, 2, 3, 4, 6, 12):
            self.assertIn(divisor, divisors(12))
        self.assertNotIn(5, divisors(12))

    def test_divisors_in_any_order(self):
        self.assertCountEqual(divisors(28), [1, 2, 4, 7, 14, 28])

    def test_how_many_divisors(self):
        self.assertEqual(len(list(divisors(60))), 12)


class Words(unittest.TestCase):
    def test_words_are_sorted(self):
        words = ["pear", "fig", "apple"]
        self.assertEqual(list(sort_words(words)), sorted(words))
        self.assertEqual(words, ["pear", "fig", "apple"])

    def test_the_first_word(self):
        self.assertEqual(list(sort_words(["b", "a"]))[0], "a")

    def test_shared_letters(self):
        self.assertSetEqual(set(shared_letters("stone", "noise")), set("noes"))
        self.assertEqual(len(set(shared_letters("ab", "cd"))), 0)


class Steps(unittest.TestCase):
    def test_counting_down(self):
        self.assertEqual(list(countdown(4)), [4, 3, 2, 1])
        self.assertEqual(list(countdown(0)), [])

    def test_one_step_at_a_time(self):
        steps = iter(countdown(2))
        self.assertEqual(next(steps), 2)
        self.assertEqual(next(steps), 1)
        self.assertRaises(StopIteration, next, steps)

    def test_comparing(self):
        self.assertEqual(toolbox.compare(1, 2), LESS)
        self.assertEqual(toolbox.compare(2, 2), EQUAL)
        self.assertEqual(toolbox.compare("b", "a"), GREATER)
        self.assertNotEqual(LESS, GREATER)
        self.assertNotEqual(LESS, EQUAL)

    def test_applying(self):
        seen = []

        def double(value):
            seen.append(value)
            return value * 2

        self.assertEqual(list(apply(double, [1, 2, 3])), [2, 4, 6])
        self.assertEqual(seen, [1, 2, 3])

    def test_what_the_function_raises_comes_through(self):
        def broken(value):
            raise KeyError(value)

        with self.assertRaises(KeyError):
            list(apply(broken, ["x"]))
        self.assertEqual(list(apply(str, [1])), ["1"])

    def test_filling(self):
        target = [0]
        fill(target, "x", 3)
        self.assertEqual(target, [0, "x", "x", "x"])


def test_an_account_knows_its_balance():
    account = Account()
    account.deposit(30)
    account.deposit(12)
    account.withdraw(2)
    assert account.balance == 40


def test_an_account_is_never_overdrawn():
    account = Account()
    account.deposit(10)
    with pytest.raises(Overdrawn):
        account.withdraw(11)
    assert account.balance == 10


@pytest.mark.parametrize("amount", [1, 250])
def test_two_accounts_are_two(amount):
    first, second = Account(), Account()
    first.deposit(amount)
    assert first.balance == amount
    assert second.balance == 0


def test_an_account_is_an_account():
    account = Account()
    assert isinstance(account, Account) and type(account) is Account
    account.deposit(3)
    assert f"{account.balance:03d}" == "003"
