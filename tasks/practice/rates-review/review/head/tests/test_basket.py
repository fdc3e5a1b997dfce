from decimal import Decimal

from shop import rates
from shop.basket import Basket, Line


def test_the_total_is_the_sum_of_the_lines():
    basket = Basket(lines=[Line("mug", 2, Decimal("7.50")), Line("tea", 1, Decimal("4.20"))])
    assert basket.total() == Decimal("19.20")


def test_the_page_shows_the_chosen_currency(monkeypatch):
    monkeypatch.setattr(rates, "fetch_rate", lambda currency: Decimal("0.95"))
    basket = Basket(currency="CHF", lines=[Line("mug", 2, Decimal("7.50"))])
    assert basket.page()["total"] == "14.25"
    assert basket.page()["currency"] == "CHF"


def test_a_failing_service_does_not_break_the_basket(monkeypatch):
    def fail(currency):
        raise TimeoutError

    monkeypatch.setattr(rates, "fetch_rate", fail)
    assert Basket(currency="CHF", lines=[Line("mug", 1, Decimal("7.50"))]).page()
