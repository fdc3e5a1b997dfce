from decimal import Decimal

from shop.basket import Basket, Line


def test_the_total_is_the_sum_of_the_lines():
    basket = Basket(lines=[Line("mug", 2, Decimal("7.50")), Line("tea", 1, Decimal("4.20"))])
    assert basket.total() == Decimal("19.20")
