"""Work of the studio in the background."""

from __future__ import annotations

from django_tasks import task


@task()
def compute_network(run: int) -> None:
    """Compute the network of a run; how it goes and ends is told in the run itself."""
    from luukku.web.studio.services.runs import compute

    compute(run)
