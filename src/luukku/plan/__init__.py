"""The whole plan of a country or a region: made, written as a folder, read back, compared."""

from __future__ import annotations
