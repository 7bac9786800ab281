"""Mail over real SMTP: encrypted or not sent, drawn whole, and nothing typed becomes a header."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.conversations.views import Button, Buttons, Card, Picture, link, press, text
from bot.language import speaking
from bot.mail import Mail, MailNotSent
from bot.settings import Settings
from handlers.email.send import Mailer
from tests.platforms.html_page import faults, read_html
from tests.platforms.mail_server import (
    PASSWORD,
    USER,
    Certificates,
    MailServer,
    certificates,
    mail_server,
)
from tests.platforms.web_scene import NOW
from tests.views import CARDS, HOSTILE, SWEDISH, CardCase

TO = "anna@skovde.se"
HELLO = Card(title="Koppla ditt konto", summary="Hej", parts=(text("Hej på dig, Åsa!"),))


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """A certificate for localhost, and the trust in it."""
    return certificates(tmp_path_factory.mktemp("certificate"))


def mailer(server: MailServer, trust: Certificates | None = None, **wanted: object) -> Mail:
    """A mailer for that server."""
    values: dict[str, object] = {
        "smtp_host": "localhost",
        "smtp_port": server.port,
        "mail_from": "Samspel i Skaraborg <samspel@skaraborg.se>",
        **wanted,
    }
    settings = Settings.model_validate(values)
    return Mailer(settings, lambda: NOW, trust=trust.trusted if trust else None)


async def test_a_mail_arrives_encrypted_by_starttls(known: Certificates):
    async with mail_server(known.server) as server:
        await mailer(server, known).send(TO, "Koppla ditt konto", HELLO, address=None)
    assert server.encrypted == [True]
    assert server.got[0].mail_from == "samspel@skaraborg.se"
    assert server.got[0].rcpt_tos == [TO]
    assert "Hej på dig, Åsa!" in server.words("plain")
    assert "Hej på dig, Åsa!" in server.words("html")


async def test_a_mail_arrives_encrypted_from_the_first_byte(known: Certificates):
    async with mail_server(known.server, tls=True) as server:
        await mailer(server, known, smtp_tls="tls").send(TO, "Hej", HELLO, address=None)
    assert server.encrypted == [True]


async def test_the_headers_say_what_it_is(known: Certificates):
    async with mail_server(known.server) as server:
        with speaking("en"):
            await mailer(server, known).send(TO, "Räksmörgås", HELLO, address=None)
    mail = server.mail()
    assert str(mail["From"]) == "Samspel i Skaraborg <samspel@skaraborg.se>"
    assert str(mail["To"]) == TO
    assert str(mail["Subject"]) == "Räksmörgås"
    assert mail["Date"].datetime == NOW
    assert str(mail["Message-ID"]).endswith("@skaraborg.se>")
    assert str(mail["Auto-Submitted"]) == "auto-generated"
    assert str(mail["Content-Language"]) == "en"
    assert mail.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in mail.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_a_certificate_that_is_not_trusted_is_refused(known: Certificates, tls: str):
    async with mail_server(known.server, tls=tls == "tls") as server:
        with pytest.raises(MailNotSent, match="certifikat"):
            await mailer(server, smtp_tls=tls).send(TO, "Hej", HELLO, address=None)
    assert server.got == []


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_another_servers_certificate_is_refused(tmp_path: Path, tls: str):
    other = certificates(tmp_path, "mail.example.se")
    async with mail_server(other.server, tls=tls == "tls") as server:
        with pytest.raises(MailNotSent, match="certifikat"):
            await mailer(server, other, smtp_tls=tls).send(TO, "Hej", HELLO, address=None)
    assert server.got == []


async def test_a_server_without_encryption_gets_nothing():
    async with mail_server() as server:
        with pytest.raises(MailNotSent, match="kan inte det som inställningarna kräver"):
            await mailer(server).send(TO, "Hej", HELLO, address=None)
    assert server.got == []


async def test_without_encryption_only_on_this_machine():
    async with mail_server() as server:
        await mailer(server, smtp_tls="none").send(TO, "Hej", HELLO, address=None)
        assert server.encrypted == [False]
        for host in ("mail.example.se", "10.0.0.5", "localhost.ond.example", ""):
            elsewhere = mailer(server, smtp_tls="none", smtp_host=host)
            with pytest.raises(MailNotSent, match="samma maskin"):
                await elsewhere.send(TO, "Hej", HELLO, address=None)


async def test_it_signs_in_and_a_wrong_password_is_told_without_it(known: Certificates):
    async with mail_server(known.server, auth=True) as server:
        right = mailer(server, known, smtp_user=USER, smtp_password=SecretStr(PASSWORD))
        await right.send(TO, "Hej", HELLO, address=None)
        assert server.signed_in == [True]
        wrong = mailer(server, known, smtp_user=USER, smtp_password=SecretStr("fel-lösen"))
        with pytest.raises(MailNotSent) as caught:
            await wrong.send(TO, "Hej", HELLO, address=None)
    assert "lösenordet" in caught.value.cause
    assert "fel-lösen" not in repr(caught.value)
    assert len(server.got) == 1


@pytest.mark.parametrize(
    ("command", "answer", "cause"),
    [
        ("RCPT", "550 no such user anna@skovde.se", "tog inte emot adressen"),
        ("DATA", "554 spam: Hej", "felkod 554"),
        ("DATA", "451 later", "felkod 451"),
    ],
)
async def test_what_the_server_refuses_is_told_without_its_own_words(
    known: Certificates, command: str, answer: str, cause: str
):
    async with mail_server(known.server) as server:
        server.answers[command] = answer
        with pytest.raises(MailNotSent, match=cause) as caught:
            await mailer(server, known).send(TO, "Hej", HELLO, address=None)
    assert "anna" not in caught.value.cause
    assert "Hej" not in caught.value.cause
    assert caught.value.__cause__ is None


async def test_a_silent_server_is_waited_for_no_longer_than_the_settings_say(known: Certificates):
    async with mail_server(known.server) as server:
        server.silent = True
        with pytest.raises(MailNotSent, match="i tid"):
            await mailer(server, known, send_timeout_seconds=0.3).send(
                TO, "Hej", HELLO, address=None
            )


async def test_no_server_at_all_is_told():
    async with mail_server() as server:
        gone = server
    with pytest.raises(MailNotSent, match="gick inte att nå"):
        await mailer(gone).send(TO, "Hej", HELLO, address=None)


@pytest.mark.parametrize(
    "address",
    [
        "anna@skovde.se\r\nBcc: alla@skovde.se",
        "anna@skovde.se, bo@skovde.se",
        "Anna <anna@skovde.se>",
        "anna@skovde.se bo@skovde.se",
        "anna",
        "anna@",
        "",
        "ånna@skovde.se",
        "anna@skövde.se",
        "anna@skovde.se\u2028",
    ],
)
async def test_an_address_that_is_not_one_plain_address_is_refused(
    known: Certificates, address: str
):
    async with mail_server(known.server) as server:
        with pytest.raises(MailNotSent, match="Adressen"):
            await mailer(server, known).send(address, "Hej", HELLO, address=None)
    assert server.got == []


async def test_a_sender_that_is_none_is_told(known: Certificates):
    async with mail_server(known.server) as server:
        with pytest.raises(MailNotSent, match="SAMSPEL_MAIL_FROM"):
            await mailer(server, known, mail_from="Samspel").send(TO, "Hej", HELLO, address=None)


async def test_a_subject_begins_no_other_header(known: Certificates):
    subject = f"Hej\r\nBcc: alla@skovde.se\n\n{HOSTILE}"
    async with mail_server(known.server) as server:
        await mailer(server, known).send(TO, subject, HELLO, address=None)
    mail = server.mail()
    assert mail["Bcc"] is None
    assert str(mail["Subject"]).startswith("Hej Bcc: alla@skovde.se <script>")
    assert "\u202e" not in str(mail["Subject"])
    assert server.got[0].rcpt_tos == [TO]


def _html(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return body.get_content()


@pytest.mark.parametrize("case", CARDS, ids=str)
async def test_every_card_can_be_mailed_and_is_well_made_html(known: Certificates, case: CardCase):
    async with mail_server(known.server) as server:
        await mailer(server, known).send(
            TO, case.card.summary[:80], case.card, address="https://samspel.example.se"
        )
    page = read_html(_html(server.mail()))
    assert [each for each in faults(page) if "has a style" not in each] == []
    assert not page.all("script")
    drawn = " ".join(page.read_aloud().split())
    for part in case.card.parts:
        if part.kind == "paragraph":
            said = "".join(span.text for span in part.spans)
            assert " ".join(said.split()) in drawn


async def test_a_chart_is_a_picture_within_the_mail_and_its_numbers_stand_in_the_text(
    known: Certificates,
):
    async with mail_server(known.server) as server:
        await mailer(server, known).send(TO, "Veckobrev", SWEDISH, address=None)
    pictures = [each for each in server.mail().walk() if each.get_content_type() == "image/png"]
    assert [each["Content-ID"] for each in pictures] == ["<chart-1>"]
    assert pictures[0].get_content().startswith(b"\x89PNG")
    picture = read_html(_html(server.mail())).one("img")
    assert picture.attributes["src"] == "cid:chart-1"
    assert "3 enligt plan" in picture.attributes["alt"]
    assert "1 200" in server.words("plain").replace("\u00a0", " ")


async def test_links_and_buttons_lead_to_our_own_pages_and_nowhere_unsafe(known: Certificates):
    card = Card(
        summary="Länkar",
        parts=(
            text(link("historik", "/visa/historik"), link("skript", "javascript:alert(1)")),
            text(link("ond", "//ond.example"), link("ute", "https://skovde.se/a?b=1&c=2")),
            Picture(file_id=3, alternative="En karta"),
            Buttons(
                buttons=(
                    Button(label="Öppna", href="/konto/koppla/abc", style="primary"),
                    Button(label="Rapportera", press=press("rapport", "KOM-03")),
                )
            ),
        ),
    )
    async with mail_server(known.server) as server:
        ours = mailer(server, known)
        await ours.send(TO, "Hej", card, address="https://samspel.example.se/")
        leads = [each.attributes["href"] for each in read_html(_html(server.mail())).all("a")]
        await ours.send(TO, "Hej", card, address=None)
        nowhere = [each.attributes["href"] for each in read_html(_html(server.mail())).all("a")]
    assert leads == [
        "https://samspel.example.se/visa/historik",
        "https://skovde.se/a?b=1&c=2",
        "https://samspel.example.se/konto/koppla/abc",
        "https://samspel.example.se/visa/rapport%7CKOM-03",
    ]
    assert nowhere == ["https://skovde.se/a?b=1&c=2"]
