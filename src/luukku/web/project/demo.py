"""`make demo`: Luukku with demo plans and a demo planner on this machine, in a folder of its own."""

from __future__ import annotations

import os
import sys

from luukku.errors import LuukkuError


def main() -> None:
    """Make the demo's account and plans, serve them and print where, until Ctrl-C.

    LUUKKU_DATA names the folder (var/demo without it), PORT the port (8000 without it).
    """
    os.environ.setdefault("LUUKKU_DATA", os.path.join("var", "demo"))  # noqa: PTH118 - kept relative, as it is shown
    from luukku.web.project import environment
    from luukku.web.project.serve import serve, set_up

    set_up()
    from django.utils import translation

    from luukku.web.accounts.services import demo_planner
    from luukku.web.studio.services import make_demo

    user, password = demo_planner()
    sys.stdout.write("Computing the demo plans; the first time takes up to a minute.\n")
    sys.stdout.flush()
    with translation.override("fi"):
        make_demo(user)

    def tell(address: str) -> None:
        sys.stdout.write(
            f"\nLuukku is at {address}\n  sign in as {user.email}\n  password   {password}\n\nCtrl-C stops it.\n"
        )
        sys.stdout.flush()

    serve(port=environment.number("PORT", 8000), ready=tell)


if __name__ == "__main__":
    try:
        main()
    except LuukkuError as error:
        sys.exit(str(error))
