"""files.*: uploading a picture in three steps."""

import json
import secrets

from tests.slack.core import SlackError, Switchboard
from tests.slack.findings import Json
from tests.slack.messages import post
from tests.slack.web_api.asked import Asked, Method
from tests.slack.web_api.chat import where_to_post
from tests.slack.workspace import StoredFile

ALT_TEXT = 1_000
"""docs.slack.dev/reference/methods/files.getUploadURLExternal: `alt_txt`."""

KINDS = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "csv": "text/csv"}


def upload_url(asked: Asked) -> Json:
    size = asked.number("length", 0)
    if not asked.text("filename") or size <= 0 or len(asked.text("alt_txt")) > ALT_TEXT:
        raise SlackError("invalid_arguments")
    file = StoredFile(asked.space.new_id("F"), asked.text("filename"), size, asked.text("alt_txt"))
    asked.space.files[file.id] = file
    ticket = secrets.token_hex(12)
    asked.core.board.uploads[ticket] = (asked.core, file.id)
    return {"upload_url": f"{asked.core.board.base}/upload/v1/{ticket}", "file_id": file.id}


def take(board: Switchboard, ticket: str, content: bytes) -> bool:
    """The bytes that were sent to an upload address; False when there is no such address."""
    core, name = board.uploads.pop(ticket, (None, ""))
    if core is None:
        return False
    file = core.space.files[name]
    file.content, file.size = content, len(content)
    return True


def complete(asked: Asked) -> Json:
    given = asked.args.get("files")
    wanted: list[Json] = json.loads(given) if isinstance(given, str) else given or []
    if not wanted:
        raise SlackError("invalid_arguments")
    done: list[StoredFile] = []
    for one in wanted:
        file = asked.space.files.get(str(one.get("id")))
        if file is None or file.content is None:
            raise SlackError("file_not_found")
        file.title, file.completed = str(one.get("title") or file.name), True
        file.known_from = asked.core.board.now() + asked.core.board.file_seconds
        done.append(file)
    if asked.text("channel_id"):
        channel = where_to_post(
            Asked(asked.core, {"channel": asked.text("channel_id")}, asked.token)
        )
        shared = {
            "text": asked.text("initial_comment"),
            "thread_ts": asked.args.get("thread_ts"),
        }
        post(asked.core, channel, shared)["files"] = [described(asked, one) for one in done]
    return {"files": [described(asked, one) for one in done]}


def described(asked: Asked, file: StoredFile) -> Json:
    """A file as Slack describes it: what kind it is appears after a moment."""
    known = file.completed and asked.core.board.now() >= file.known_from
    kind = file.name.rpartition(".")[2].lower()
    told: Json = {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "size": file.size,
        "alt_txt": file.alt_text,
        "user": asked.space.bot.id,
        "mimetype": KINDS.get(kind, "application/octet-stream") if known else "",
        "filetype": kind if known else "",
        "url_private": f"{asked.core.board.base}/files-pri/{file.id}/{file.name}",
        "is_public": False,
    }
    return told


def info(asked: Asked) -> Json:
    file = asked.space.files.get(asked.text("file"))
    if file is None:
        raise SlackError("file_not_found")
    return {"file": described(asked, file)}


METHODS = {
    "files.getUploadURLExternal": Method(upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(complete, ("files:write",)),
    "files.info": Method(info, ("files:read",)),
}
