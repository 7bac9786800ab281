"""Why a connection has no token to show; none of these holds a secret."""


class NoToken(Exception):
    """The connection cannot show that it is itself now."""


class TokenRefused(NoToken):
    """Entra said no. `code` is its own (`AADSTS7000215`), or OAuth's where it gave none."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Entra ID refuses: {code}")
        self.code = code


class EntraUnreachable(NoToken):
    """Entra did not answer, or not as itself; `cause` is what kind of error it was."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"Entra ID is out of reach: {cause}")
        self.cause = cause


class CredentialUnusable(NoToken):
    """The file that it is to show itself by cannot be used; says what is wrong with it."""
