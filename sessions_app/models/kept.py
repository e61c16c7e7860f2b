from django.db.models import Q
from django.db.models.expressions import RawSQL

# Rows whose file is kept. A literal: SQLite does not compare the condition of an index with a parameter.
KEPT = Q(file__gt=RawSQL("''", []))
