"""Who may enter what things cost; everybody may see it (the charter demands openness)."""

from bot.money.cost import Cost
from bot.needs.rights import records
from bot.people import Person
from bot.plan import Activity


def may_enter_cost(person: Person, activity: Activity) -> bool:
    """Chef, förbundsdirektör and federation staff; the one responsible for the activity; the
    director of the municipality that coordinates it."""
    directs = "municipal_directors" in person.bodies.values()
    return (
        records(person)
        or person.id == activity.responsible.id
        or (directs and activity.coordinator in person.employers)
    )


def may_enter_resources(person: Person) -> bool:
    """Chef, förbundsdirektör and federation staff."""
    return records(person)


def may_take_away(person: Person, cost: Cost) -> bool:
    """Whoever entered it, and those who keep the record."""
    return person.id == cost.entered_by or records(person)
