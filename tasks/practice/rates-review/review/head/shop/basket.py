"""The basket: lines with a price in euros, and what the page shows of them."""
from dataclasses import dataclass, field
from decimal import Decimal

from shop.rates import convert


@dataclass
class Line:
    article: str
    pieces: int
    price: Decimal  # of one piece, in euros

    @property
    def amount(self) -> Decimal:
        return self.pieces * self.price


@dataclass
class Basket:
    currency: str = "EUR"
    lines: list[Line] = field(default_factory=list)

    def total(self) -> Decimal:
        """What is shown, and what the payment takes."""
        total = Decimal(0)
        for line in self.lines:
            total += convert(line.amount, self.currency)
        return total

    def page(self) -> dict:
        lines = []
        for line in self.lines:
            amount = convert(line.amount, self.currency)
            lines.append({"article": line.article, "amount": str(amount)})
        return {"lines": lines, "total": str(self.total()), "currency": self.currency}
