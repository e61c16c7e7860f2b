"""Web Push: what reaches a representative's device while no page of the site is open on it (E65)."""
