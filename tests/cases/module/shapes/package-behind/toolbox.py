"""The module only collects what a package of its own does."""

from kit.accounts import Account, Overdrawn
from kit.numbers import divisors, is_even, mean
from kit.words import EQUAL, GREATER, LESS, apply, compare, countdown, fill, shared_letters, sort_words
