"""How the documentation is built: Markdown through MyST, read on one site."""

project = "Luukku"
author = "The Luukku founders"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Luukku"
exclude_patterns = ["_build"]
