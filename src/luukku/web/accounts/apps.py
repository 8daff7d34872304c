from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "luukku.web.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from luukku.web.accounts.models import Role
        from luukku.web.accounts.rights import declare

        declare("accounts.manage", Role.ADMINISTRATOR)
        declare("audit.view", Role.ADMINISTRATOR)
