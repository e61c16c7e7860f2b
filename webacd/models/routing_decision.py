from django.db import models

from supportcenter import clock
from webacd.engine.facts import Candidate


class RoutingDecision(models.Model):
    """Why a request was assigned as it was (acd 14): the candidates, with idle time, level and slots."""

    request = models.ForeignKey("SupportRequest", on_delete=models.CASCADE, related_name="decisions")
    queue = models.ForeignKey("Queue", null=True, on_delete=models.SET_NULL, related_name="+")
    strategy = models.CharField(max_length=16)
    # Rows without keys: there are ten for every assignment, and the keys would be most of what it writes.
    candidates = models.JSONField(default=list)
    # How many agents could not be asked, and why: {"away": 3, "full": 1}.
    others = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.request_id} by {self.strategy}"

    @property
    def considered(self) -> list[Candidate]:
        """The candidates, the chosen ones first."""
        return [Candidate(*row) for row in self.candidates]
