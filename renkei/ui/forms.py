"""How forms look everywhere: label above, 必須 or 任意 as a word, help, then the error under the field."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Django's renderer with our field and form templates."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
