"""What the studio can do, for its own views and for other rooms."""

from luukku.web.studio.services.alternatives import (
    copy,
    create,
    delete,
    let_in,
    let_out,
    rename,
    restore,
    share,
    withdraw,
)
from luukku.web.studio.services.changes import mark, redo, set_asked, set_point, set_solution, set_upload, undo
from luukku.web.studio.services.cleaning import clean_uploads
from luukku.web.studio.services.demo import make_demo
from luukku.web.studio.services.own_files import take_file
from luukku.web.studio.services.rounds import ask as ask_for_rounds
from luukku.web.studio.services.runs import ask_to_stop, start, unattended
from luukku.web.studio.services.today import today

__all__ = [
    "ask_for_rounds",
    "ask_to_stop",
    "clean_uploads",
    "copy",
    "create",
    "delete",
    "let_in",
    "let_out",
    "make_demo",
    "mark",
    "redo",
    "rename",
    "restore",
    "set_asked",
    "set_point",
    "set_solution",
    "set_upload",
    "share",
    "start",
    "take_file",
    "today",
    "unattended",
    "undo",
    "withdraw",
]
