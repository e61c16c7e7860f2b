from django.db import models

from supportcenter import clock
from webacd.engine.facts import Candidate


class RoutingDecision(models.Model):
    """Why an assignment came out as it did (acd 14): who could have had it, how idle, at which level, how full."""

    request = models.ForeignKey("SupportRequest", on_delete=models.CASCADE, related_name="decisions")
    queue = models.ForeignKey("Queue", null=True, on_delete=models.SET_NULL, related_name="+")
    strategy = models.CharField(max_length=16)
    # Rows of numbers: ten for every assignment, whose keys would be most of what an assignment writes.
    candidates = models.JSONField(default=list)
    # How many others could not, and why: {"away": 3, "full": 1}.
    others = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.request_id} by {self.strategy}"

    @property
    def considered(self):
        """Those who could have had it, the chosen first."""
        return [Candidate(*row) for row in self.candidates]
