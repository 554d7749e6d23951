"""One place in the text that names an event, and what was found around it."""

from dataclasses import dataclass, field

from kg.model import DateRange, Status, Value

AID = frozenset({"MilitaryAid", "HumanitarianAid", "EconomicAid"})
PAIR = 2  # parties that a call, talks or a war have at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`roles` are (role, actor key) pairs; `anaphor` marks words that only point back ("the call")."""

    type: str
    symmetric: bool
    start: int  # tokens of the trigger
    end: int
    begin_char: int
    end_char: int
    sentence: int
    paragraph: int
    lemma: str
    roles: tuple[tuple[str, str], ...]
    status: Status
    definite: bool
    anaphor: bool
    date: DateRange | None = None
    place: str | None = None
    place_type: str | None = None  # a city may lie in a country: only places of one type exclude each other
    former: bool = False  # "previous rounds": another event than the one spoken of
    later: bool = False  # "the next round": another one, and not yet
    attributes: tuple[tuple[str, Value], ...] = field(default=())
    attributed_to: str | None = None
    outcome_of: int | None = None  # token of an event noun: "the first round had led to an exchange"

    def actors(self, role: str | None = None) -> frozenset[str]:
        """Actor keys, of one role or of all."""
        return frozenset(actor for name, actor in self.roles if role is None or name == role)

    def attribute(self, name: str) -> Value | None:
        """The value of an attribute, or None."""
        return next((value for key, value in self.attributes if key == name), None)


Group = tuple[Draft, ...]
"""The drafts that tell of one event."""
