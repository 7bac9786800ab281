"""Who somebody is on a day, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NewType

from sqlalchemy import RowMapping

PersonId = NewType("PersonId", int)
OrganisationId = NewType("OrganisationId", int)
BodyId = NewType("BodyId", int)

BodyKind = Literal[
    "board", "presidium", "reference_group", "municipal_directors", "steering_group", "network"
]


@dataclass(frozen=True)
class Person:
    """A person with what they are on the day: roles, employers, seats and posts.

    `roles` holds `staff` (federation staff), `administrator`, `network_member`; `posts` holds
    `manager`, `federation_director`, also while acting.
    """

    id: PersonId
    name: str
    email: str
    language: str = "sv"
    time_zone: str = "Europe/Stockholm"
    roles: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    employers: frozenset[OrganisationId] = frozenset()
    bodies: Mapping[BodyId, BodyKind] = field(default_factory=dict[BodyId, BodyKind])

    @property
    def is_manager(self) -> bool:
        """Holds the post of chef Omställning Skaraborg, or acts in it."""
        return "manager" in self.posts

    @property
    def is_staff(self) -> bool:
        """Federation staff: the role medarbetare. A seat or administration gives no such right."""
        return "staff" in self.roles

    @property
    def is_administrator(self) -> bool:
        """Installs and binds; has no part in the work itself."""
        return "administrator" in self.roles


def read_person(data: RowMapping) -> Person:
    """The person in a row of `storage.queries.people.person_columns`."""
    return Person(
        id=PersonId(data["id"]),
        name=data["name"],
        email=data["email"],
        language=data["language"],
        time_zone=data["time_zone"],
        roles=frozenset(data["roles"] or ()),
        posts=frozenset(data["posts"] or ()),
        employers=frozenset(OrganisationId(one) for one in data["employers"] or ()),
        bodies={BodyId(one["id"]): one["kind"] for one in data["bodies"] or ()},
    )
