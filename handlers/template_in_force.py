"""Which texts chat asks for about needs: those that the template in force names."""

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.needs.material import USUAL, remember_fields
from bot.settings import Settings

log = structlog.get_logger()


async def remember_template(db: AsyncConnection, settings: Settings) -> None:
    """Keep the fields of `settings.need_template`; one that cannot be used changes nothing."""
    if settings.need_template is None:
        await remember_fields(db, USUAL)
        return
    # Imported at first use: what makes documents weighs 50 MB.
    from bot.documents.need_template import TemplateUnusable, fields_in, read_template

    try:
        names = fields_in(read_template(settings.need_template))
    except TemplateUnusable as error:
        log.warning("need_template_unusable", detail=error.detail)
        return
    await remember_fields(db, names)
