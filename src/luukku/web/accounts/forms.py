"""Sign-in that slows down guessing."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from luukku.web.accounts import services


class SignInForm(AuthenticationForm):
    """E-mail address and password."""

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError when the pair is wrong or when guessing has to wait."""
        email = str(self.cleaned_data.get("username") or "")
        address = self.request.META.get("REMOTE_ADDR") if self.request else None
        if until := services.wait_until(email, address):
            when = time_format(localtime(until), "TIME_FORMAT")
            raise ValidationError(
                _("There have been too many failed attempts. You can try again at %(time)s.") % {"time": when},
                code="wait",
            )
        try:
            cleaned = super().clean()
        except ValidationError:
            services.note_failure(email, address)
            raise
        services.forget_failures(email, address)
        return cleaned

    def get_invalid_login_error(self) -> ValidationError:
        """The same words whether the account, the password or its state is wrong."""
        return ValidationError(
            _("The e-mail address and password do not match an open account. Check both and try again."),
            code="invalid_login",
        )
