"""Every table, by subject; the migrations say the same to the database."""

from storage.models.access import AccountRequest, InstallLink
from storage.models.account import AuditLine, Mark, Revision
from storage.models.base import Base
from storage.models.bodies import Body, Meeting, Membership, Post, PostHolding
from storage.models.delivery import (
    ChannelBinding,
    Connection,
    Conversation,
    Installation,
    Message,
    PostedCard,
    StoredFile,
)
from storage.models.digests import Digest, DueDone
from storage.models.organisations import (
    Account,
    Employment,
    Mandate,
    Organisation,
    Person,
    PersonalSetting,
    Population,
    Role,
)
from storage.models.plan import (
    Activity,
    ActivityValues,
    Direction,
    FocusArea,
    FundingLine,
    Milestone,
    MilestoneChange,
    Participation,
    PlannedMilestone,
    PlanVersion,
)
from storage.models.reports import StatusReport
from storage.models.turns import Draft, Turn
from storage.models.web import SignInLink, SignInState, WebPost, WebSession

__all__ = [
    "Account",
    "AccountRequest",
    "Activity",
    "ActivityValues",
    "AuditLine",
    "Base",
    "Body",
    "ChannelBinding",
    "Connection",
    "Conversation",
    "Digest",
    "Direction",
    "Draft",
    "DueDone",
    "Employment",
    "FocusArea",
    "FundingLine",
    "InstallLink",
    "Installation",
    "Mandate",
    "Mark",
    "Meeting",
    "Membership",
    "Message",
    "Milestone",
    "MilestoneChange",
    "Organisation",
    "Participation",
    "Person",
    "PersonalSetting",
    "PlanVersion",
    "PlannedMilestone",
    "Population",
    "Post",
    "PostHolding",
    "PostedCard",
    "Revision",
    "Role",
    "SignInLink",
    "SignInState",
    "StatusReport",
    "StoredFile",
    "Turn",
    "WebPost",
    "WebSession",
]
