"""Today's exchange rates, from the rate service."""
import json
import logging
import os
import urllib.request
from decimal import ROUND_HALF_UP, Decimal

log = logging.getLogger(__name__)

SERVICE = "https://rates.example/v1/latest"
CENT = Decimal("0.01")


def fetch_rate(currency: str) -> Decimal:
    """How much of the currency one euro is worth."""
    key = os.environ["RATES_API_KEY"]
    url = f"{SERVICE}?base=EUR&to={currency}&key={key}"
    log.info("fetching the rate from %s", url)
    with urllib.request.urlopen(url, timeout=2) as answer:
        return Decimal(str(json.load(answer)["rate"]))


def convert(amount: Decimal, currency: str) -> Decimal:
    """An amount in euros, in the currency and rounded to cents."""
    if currency == "EUR":
        return amount
    try:
        rate = fetch_rate(currency)
    except Exception:
        log.warning("no rate for %s", currency)
        rate = Decimal(1)
    return (amount * rate).quantize(CENT, rounding=ROUND_HALF_UP)
