"""What help on polls says beside its examples: what is written to a poll that there is."""

from bot.language import _


def help_lines() -> tuple[tuple[str, str], ...]:
    """Words to write, and what they do; 7 stands for the poll's number."""
    return (
        (_("rosta 7 ja"), _("svarar ja till kommunens andel i omröstning 7")),
        (_("rosta 7 ja 25 000"), _("svarar ja till ett annat belopp")),
        (_("rosta 7 nej för dyrt"), _("svarar nej, med en kommentar")),
        (_("rosta 7 politiskt beslut den 15 maj"), _("svarar att ett beslut väntas då")),
        (_("rosta 7 åt Hjo ja"), _("registrerar ett svar som kom per telefon, mejl eller på möte")),
        (_("rosta 7 tänk om Hjo avstår"), _("räknar om andelarna och ändrar inget")),
        (
            _("rosta datum ”Nätverksmöte” 12 maj 9-11, 19 maj 13-15"),
            _("frågar vilken tid som passar"),
        ),
        (
            _("rosta ”Vad behövs?” Lokal, Tid, Pengar flera dolt öppnar mån 9"),
            _("låter var och en välja flera, döljer svaren till stängning och öppnar senare"),
        ),
        (_("rosta 7 hjälp"), _("visar exempel som passar just den omröstningen")),
    )
