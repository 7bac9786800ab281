"""Who may register and change applications; everybody may see them (the charter's openness)."""

from datetime import date

from bot.applications.application import Application
from bot.needs.rights import records
from bot.people import Person
from bot.plan import Activity, Plan


def may_register(person: Person, activity: Activity) -> bool:
    """The one responsible for the activity; chef, förbundsdirektör and federation staff."""
    return records(person) or activity.responsible.id == person.id


def may_register_any(person: Person, plan: Plan, today: date) -> bool:
    """Whether there is an activity that the person may register one for."""
    return records(person) or bool(plan.of_person(person, today))


def may_change(person: Person, application: Application, plan: Plan) -> bool:
    """Those who may register it, and whoever writes it."""
    activity = plan.by_id.get(application.activity_id)
    responsible = activity is not None and activity.responsible.id == person.id
    return records(person) or responsible or application.writer.id == person.id
