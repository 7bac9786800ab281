"""What helps when Entra refuses a token, by the code it gives; for those who run Samspel.

Microsoft's page of the codes: learn.microsoft.com/entra/identity-platform/reference-error-codes.
"""

from bot.language import _


def cure_of(code: str) -> str:
    """What to do about a refusal."""
    match code.removeprefix("AADSTS"):
        case "7000215":
            return _(
                "Hemligheten är fel: kopiera dess Value, inte dess Secret ID, under "
                "Certificates & secrets i Entra ID"
            )
        case "7000222":
            return _(
                "Hemligheten har gått ut: gör en ny under Certificates & secrets i Entra ID och "
                "byt secret"
            )
        case "700016" | "7000229":
            return _(
                "Appen finns inte i klientorganisationen: kontrollera app_id och tenant_id mot "
                "appens Overview i Entra ID"
            )
        case "90002":
            return _("Klientorganisationen finns inte: kontrollera tenant_id")
        case "700027":
            return _(
                "Entra ID känner inte igen certifikatet: ladda upp det under "
                "Certificates & secrets, eller byt det om det har gått ut"
            )
        case "70021" | "700211" | "700212" | "700213":
            return _(
                "Ingen federerad behörighet passar: jämför Issuer, Subject och Audience under "
                "Federated credentials i Entra ID"
            )
        case "700024":
            return _(
                "Det boten visade upp gäller inte nu: kontrollera serverns klocka, och att filen "
                "förnyas"
            )
        case "7000112":
            return _("Appen är avstängd: slå på den under Enterprise applications i Entra ID")
        case _other:
            return _("Slå upp koden på https://login.microsoftonline.com/error")
