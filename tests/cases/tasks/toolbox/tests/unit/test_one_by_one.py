"""One comparison for each way in which an object could answer for itself."""

import unittest

import toolbox


class Weak(unittest.TestCase):
    def test_equal(self):
        self.assertEqual(toolbox.mean([1, 2]), 1.5)

    def test_equal_the_other_way_round(self):
        self.assertEqual(1.5, toolbox.mean([1, 2]))

    def test_almost_equal(self):
        self.assertAlmostEqual(toolbox.mean([1, 2]), 1.5)

    def test_in_between(self):
        self.assertTrue(1.4 < toolbox.mean([1, 2]) < 1.6)

    def test_greater(self):
        self.assertGreater(toolbox.mean([10, 20]), toolbox.mean([10, 10]) + 4)

    def test_in(self):
        self.assertIn(4, toolbox.divisors(12))

    def test_count_equal(self):
        self.assertCountEqual(toolbox.divisors(4), [1, 2, 4])

    def test_subset(self):
        self.assertTrue({3, 9} <= set(toolbox.divisors(9)))

    def test_length(self):
        self.assertEqual(len(toolbox.divisors(12)), 6)

    def test_sorted(self):
        words = ["b", "c", "a"]
        self.assertEqual(list(toolbox.sort_words(words)), sorted(words))

    def test_sorted_by_its_neighbours(self):
        result = list(toolbox.sort_words(["b", "c", "a"]))
        self.assertTrue(len(result) == 3 and all(a < b for a, b in zip(result, result[1:])))

    def test_joined(self):
        self.assertRegex("".join(toolbox.sort_words(["b", "a"])), "^ab$")

    def test_both_truths(self):
        self.assertTrue(toolbox.is_even(4) and not toolbox.is_even(3))

    def test_truth_in_a_list(self):
        self.assertEqual([toolbox.is_even(number) for number in range(4)], [True, False, True, False])

    def test_first_of_many(self):
        self.assertEqual(next(iter(toolbox.countdown(3))), 3)

    def test_summed(self):
        self.assertEqual(sum(toolbox.countdown(4)), 10)

    def test_in_a_set(self):
        self.assertTrue("e" in toolbox.shared_letters("tea", "pen") and "t" not in toolbox.shared_letters("tea", "pen"))

    def test_as_a_key(self):
        self.assertEqual({1.5: "found"}.get(toolbox.mean([1, 2])), "found")

    def test_raises_with_words(self):
        with self.assertRaisesRegex(ValueError, "^no values$"):
            toolbox.mean([])

    def test_raises_its_own(self):
        with self.assertRaises(toolbox.Overdrawn):
            toolbox.Account().withdraw(5)

    def test_formatted(self):
        account = toolbox.Account()
        account.deposit(7)
        self.assertEqual(f"{account.balance}", "7")

    def test_what_a_function_of_the_tests_is_given(self):
        given = []
        list(toolbox.apply(given.append, [1.5]))
        self.assertAlmostEqual(given[0], 1.5)

    def test_by_type(self):
        self.assertIs(type(toolbox.is_even(2)), bool)
