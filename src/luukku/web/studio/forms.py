"""Forms of the studio's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.web.studio import uploads


class UploadForm(forms.Form):
    """A planner's own file, with where it is from and of which day."""

    file = forms.FileField(label=gettext_lazy("File"), max_length=100)
    source = forms.CharField(
        label=gettext_lazy("Where the list is from"),
        help_text=gettext_lazy(
            "For example: the municipalities' answers. Shown as the source of what follows from it."
        ),
        max_length=200,
    )
    dated = forms.DateField(
        label=gettext_lazy("Of which day it is"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, kind: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        endings = ", ".join(uploads.rules(kind).endings)
        self.fields["file"].help_text = _("%(endings)s, at most %(size)s MB.") % {
            "endings": endings,
            "size": uploads.MOST_BYTES // 2**20,
        }
        self.fields["file"].widget.attrs["accept"] = endings

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large before anything of it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is None or file.size > uploads.MOST_BYTES:
            raise forms.ValidationError(_("The file is too large. Take columns and rows away that are not needed."))
        return file
