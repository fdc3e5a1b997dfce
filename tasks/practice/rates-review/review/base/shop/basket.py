"""The basket: lines with a price in euros, and what the page shows of them."""
from dataclasses import dataclass, field
from decimal import Decimal


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
    lines: list[Line] = field(default_factory=list)

    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    def page(self) -> dict:
        return {
            "lines": [{"article": line.article, "amount": str(line.amount)} for line in self.lines],
            "total": str(self.total()),
            "currency": "EUR",
        }
