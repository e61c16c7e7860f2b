from django.db.models import Q

from supportcenter.literal import Literal

# Rows whose file is kept. A literal, as in the condition of their index.
KEPT = Q(file__gt=Literal(""))
