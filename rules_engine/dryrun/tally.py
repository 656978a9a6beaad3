"""How many drafts, and how much money they are about. Currencies are never added to each other."""

from collections.abc import Iterable, Mapping

from attrs import Factory, define


@define
class Tally:
    """Drafts, counted.

    Attributes:
        drafts: How many.
        amounts: Currency code in upper case to what they come to, in minor units of that currency.
        unpriced: How many of them are about no amount, or one that cannot be told.
    """

    drafts: int = 0
    amounts: dict[str, int] = Factory(dict)
    unpriced: int = 0

    def add(self, drafts: int, currency: str | None, amount: int) -> None:
        """Count some more drafts of one currency.

        Args:
            drafts: How many.
            currency: The currency; None where the drafts are about no amount.
            amount: What they come to, in minor units.
        """
        self.drafts += drafts
        if currency is None:
            self.unpriced += drafts
        else:
            self.amounts[currency] = self.amounts.get(currency, 0) + amount

    def add_tally(self, other: "Tally") -> None:
        """Count what another tally has counted."""
        self.drafts += other.drafts
        self.unpriced += other.unpriced
        for currency, amount in other.amounts.items():
            self.amounts[currency] = self.amounts.get(currency, 0) + amount


def total(tallies: Iterable[Tally]) -> Tally:
    """Add tallies up."""
    added = Tally()
    for tally in tallies:
        added.add_tally(tally)
    return added


def by_currency(amounts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Give amounts in the order of their currency codes."""
    return sorted(amounts.items())
