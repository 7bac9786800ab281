"""Forms as HTML: each field with its label, hint and problem; what was typed is kept.

Nothing is limited in the browser that would be cut in silence (no maxlength): the answer says it.
"""

from typing import assert_never

from markupsafe import Markup

from bot.conversations.forms import (
    ActivityField,
    AmountField,
    ChoiceField,
    DateField,
    Form,
    FormField,
    ManyChoiceField,
    Option,
    PersonField,
    TextField,
    ToggleField,
)
from bot.language import _
from handlers.web.canvas import Canvas
from handlers.web.render import draw_part

NAME, ARGUMENT, STEP = "form-name", "form-arg", "form-step"
FIELDS, GO, WAS = "form-fields", "form-go", "form-was-"
"""Hidden fields that say which form this is; `FIELDS` lists `name:kind`, `WAS` what a search box
held, so that an untouched one keeps its value."""

MOST_RADIOS = 7
NOTHING = Markup("")


def draw_form(form: Form, canvas: Canvas, action: str) -> Markup:
    """The form's step with what was typed, the problems listed on top and at their fields."""
    ids = {each.name: canvas.next_id() for each in form.fields}
    shown = [each for each in form.fields if not each.more]
    more = [each for each in form.fields if each.more]
    return Markup(
        '<form class="ask" method="post" action="{}" novalidate>{}{}{}{}{}{}{}</form>'
    ).format(
        action,
        canvas.hidden(),
        _which(form),
        _summary(form, ids),
        _default_button(),
        NOTHING.join(_field(form, each, ids[each.name]) for each in shown),
        _folded(form, more, ids),
        _ending(form),
    )


def draw_intro(form: Form, canvas: Canvas) -> Markup:
    """What stands before the fields; apart, since it may hold buttons that are forms themselves."""
    return NOTHING.join(draw_part(part, canvas) for part in form.intro)


def _which(form: Form) -> Markup:
    hidden = Markup('<input type="hidden" name="{}" value="{}">')
    kinds = " ".join(f"{each.name}:{each.kind}" for each in form.fields)
    pairs = [(NAME, form.name), *((ARGUMENT, word) for word in form.arguments)]
    pairs += [(STEP, form.step), (FIELDS, kinds)]
    return NOTHING.join(hidden.format(name, value) for name, value in pairs)


def _default_button() -> Markup:
    """Enter in a field means send, also when another button comes first in the page."""
    return Markup(
        '<button class="out-of-sight" name="{}" value="on" tabindex="-1" aria-hidden="true">'
        "</button>"
    ).format(GO)


def _summary(form: Form, ids: dict[str, str]) -> Markup:
    if not form.problem and not form.problems:
        return NOTHING
    heading = form.problem or _("Något behöver rättas.")
    lines = NOTHING.join(
        Markup('<li><a href="#{}">{}: {}</a></li>').format(
            ids[each.name], each.label, form.problems[each.name]
        )
        for each in form.fields
        if each.name in form.problems
    )
    return Markup(
        '<div class="problems" role="alert" tabindex="-1" autofocus>'
        "<p><strong>{}</strong></p>{}</div>"
    ).format(heading, Markup("<ul>{}</ul>").format(lines) if lines else NOTHING)


def _folded(form: Form, more: list[FormField], ids: dict[str, str]) -> Markup:
    if not more:
        return NOTHING
    wanted = any(form.values.get(each.name) or each.name in form.problems for each in more)
    return Markup('<details class="more"{}><summary>{}</summary>{}</details>').format(
        Markup(" open") if wanted else NOTHING,
        _("Mer"),
        NOTHING.join(_field(form, each, ids[each.name]) for each in more),
    )


def _ending(form: Form) -> Markup:
    back = (
        Markup('<button class="button default" name="{}" value="back">{}</button>').format(
            GO, _("Tillbaka")
        )
        if form.can_go_back
        else NOTHING
    )
    return Markup(
        '<div class="ending"><button class="button primary" name="{}" value="on">{}</button>{}'
        "</div>"
    ).format(GO, form.submit, back)


def _field(form: Form, field: FormField, key: str) -> Markup:
    """A field in its frame: a label or legend, hint and problem, and the control."""
    text = form.values.get(field.name)
    value = text if isinstance(text, str) else ""
    match field:
        case TextField():
            return _labelled(form, field, key, _text(field, value, _attributes(form, field, key)))
        case ChoiceField():
            return _choice(form, field, key, value)
        case ManyChoiceField():
            chosen = text if isinstance(text, tuple) else ()
            return _group(form, field, key, _checks(field, key, chosen))
        case DateField():
            return _labelled(form, field, key, _date(field, value, _attributes(form, field, key)))
        case AmountField():
            control = Markup(
                '<span class="amount"><input type="text" inputmode="numeric" value="{}"{}>'
                ' <span aria-hidden="true">{}</span></span>'
            ).format(value, _attributes(form, field, key), field.unit)
            return _labelled(form, field, key, control, unit=field.unit)
        case PersonField() | ActivityField():
            control = _search(form, field, key, value)
            return _labelled(form, field, key, control)
        case ToggleField():
            return _toggle(form, field, key, checked=text is True)
        case _:
            assert_never(field)


def _beside(field: FormField, unit: str = "") -> Markup:
    words = Markup("{}").format(field.label)
    if unit:
        words += Markup(' <span class="beside">({})</span>').format(unit)
    if not field.required and not isinstance(field, ToggleField):
        words += Markup(' <span class="beside">({})</span>').format(_("valfritt"))
    return words


def _hinted(form: Form, field: FormField) -> bool:
    """A hint that the problem says once more is not shown beside it."""
    return bool(field.help) and field.help not in form.problems.get(field.name, "")


def _words_around(form: Form, field: FormField, key: str) -> Markup:
    hint = (
        Markup('<p class="hint" id="{}-hint">{}</p>').format(key, field.help)
        if _hinted(form, field)
        else NOTHING
    )
    problem = form.problems.get(field.name)
    if problem is None:
        return hint
    return hint + Markup(
        '<p class="problem" id="{}-problem"><span class="out-of-sight">{}</span> {}</p>'
    ).format(key, _("Fel:"), problem)


def _described(form: Form, field: FormField, key: str) -> Markup:
    by = [f"{key}-hint"] if _hinted(form, field) else []
    wrong = field.name in form.problems
    if wrong:
        by.append(f"{key}-problem")
    described = Markup(' aria-describedby="{}"').format(" ".join(by)) if by else NOTHING
    return described + (Markup(' aria-invalid="true"') if wrong else NOTHING)


def _attributes(form: Form, field: FormField, key: str) -> Markup:
    required = Markup(" required") if field.required else NOTHING
    return Markup(' id="{}" name="{}"{}{}').format(
        key, field.name, required, _described(form, field, key)
    )


def _labelled(form: Form, field: FormField, key: str, control: Markup, *, unit: str = "") -> Markup:
    return Markup('<div class="field{}"><label for="{}">{}</label>{}{}</div>').format(
        " wrong" if field.name in form.problems else "",
        key,
        _beside(field, unit),
        _words_around(form, field, key),
        control,
    )


def _group(
    form: Form, field: FormField, key: str, control: Markup, after: Markup = NOTHING
) -> Markup:
    return Markup(
        '<fieldset class="field{}" id="{}" tabindex="-1"{}><legend>{}</legend>{}'
        '<div class="options">{}</div>{}</fieldset>'
    ).format(
        " wrong" if field.name in form.problems else "",
        key,
        _described(form, field, key).replace(Markup(' aria-invalid="true"'), NOTHING),
        _beside(field),
        _words_around(form, field, key),
        control,
        after,
    )


def _text(field: TextField, value: str, attributes: Markup) -> Markup:
    if field.lines > 1:
        return Markup('<textarea rows="{}" placeholder="{}"{}>\n{}</textarea>').format(
            field.lines, field.placeholder, attributes, value
        )
    return Markup('<input type="text" value="{}" placeholder="{}"{}>').format(
        value, field.placeholder, attributes
    )


def _date(field: DateField, value: str, attributes: Markup) -> Markup:
    """A date picker; a plain box when what was typed is no date, since a picker would drop it."""
    readable = not value or (len(value) == 10 and value[4] == value[7] == "-")
    bounds = NOTHING
    if field.earliest:
        bounds += Markup(' min="{}"').format(field.earliest.isoformat())
    if field.latest:
        bounds += Markup(' max="{}"').format(field.latest.isoformat())
    return Markup('<input type="{}" value="{}"{}{}>').format(
        "date" if readable else "text", value, bounds, attributes
    )


def _choice(form: Form, field: ChoiceField, key: str, value: str) -> Markup:
    redraw = (
        Markup('<button class="button default redraw" name="{}" value="redraw">{}</button>').format(
            GO, _("Visa fälten")
        )
        if field.redraws
        else NOTHING
    )
    redraws = Markup(" data-redraws") if field.redraws else NOTHING
    if len(field.options) <= MOST_RADIOS:
        radios = NOTHING.join(
            _tick("radio", f"{key}-{n}", field.name, option, option.value == value, redraws)
            for n, option in enumerate(field.options)
        )
        return _group(form, field, key, radios, redraw)
    first = Markup('<option value="">{}</option>').format(_("Välj …"))
    options = NOTHING.join(
        Markup('<option value="{}"{}>{}</option>').format(
            option.value,
            Markup(" selected") if option.value == value else NOTHING,
            option.label,
        )
        for option in field.options
    )
    control = Markup("<select{}{}>{}{}</select>").format(
        _attributes(form, field, key), redraws, first, options
    )
    return _labelled(form, field, key, control + redraw)


def _tick(
    kind: str, key: str, name: str, option: Option, checked: bool, more: Markup = NOTHING
) -> Markup:
    return Markup(
        '<label class="tick" for="{0}"><input type="{1}" id="{0}" name="{2}" value="{3}"{4}{5}>'
        "<span>{6}</span></label>"
    ).format(
        key,
        kind,
        name,
        option.value,
        Markup(" checked") if checked else NOTHING,
        more,
        option.label,
    )


def _checks(field: ManyChoiceField, key: str, chosen: tuple[str, ...]) -> Markup:
    return NOTHING.join(
        _tick("checkbox", f"{key}-{n}", field.name, option, option.value in chosen)
        for n, option in enumerate(field.options)
    )


def _search(form: Form, field: PersonField | ActivityField, key: str, value: str) -> Markup:
    """A box that takes a name, address or code; suggestions come by script, into a list."""
    shown = form.labels.get(value, value)
    was = (
        Markup(
            '<input type="hidden" name="{}{}" value="{}"><input type="hidden" '
            'name="{}{}" value="{}">'
        ).format(WAS, field.name, shown, f"{WAS}value-", field.name, value)
        if shown != value
        else NOTHING
    )
    return Markup(
        '{}<input type="text" value="{}" list="{}-list" autocomplete="off" '
        'data-search="{}"{}><datalist id="{}-list"></datalist>'
    ).format(was, shown, key, field.kind, _attributes(form, field, key), key)


def _toggle(form: Form, field: ToggleField, key: str, *, checked: bool) -> Markup:
    return Markup(
        '<div class="field{}"><label class="tick" for="{}"><input type="checkbox" value="true"{}{}>'
        "<span>{}</span></label>{}</div>"
    ).format(
        " wrong" if field.name in form.problems else "",
        key,
        _attributes(form, field, key),
        Markup(" checked") if checked else NOTHING,
        field.label,
        _words_around(form, field, key),
    )
