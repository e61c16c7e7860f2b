"""Challenges as a browser answers them: what static/js/core/proof_of_work.js does, in Python."""

import hashlib
import itertools
import re


def ticket_in(page):
    """The facts that a page's form carries, or None."""
    text = page.content.decode()
    found = re.search(r'data-challenge="([\w-]+)"\s+data-puzzles="(\d+)"\s+data-zero-bits="(\d+)"', text)
    ticket = re.search(r'name="ticket" value="([^"]+)"', text)
    return (*found.groups(), ticket[1]) if found and ticket else None


def solved(page):
    """The form's fields with the work done."""
    seed, puzzles, zero_bits, ticket = ticket_in(page)
    numbers = (first_number(f"{seed}.{place}.", int(zero_bits)) for place in range(int(puzzles)))
    return {"ticket": ticket, "work": ".".join(map(str, numbers))}


def waited_for(page):
    """The form's fields as a page without scripts sends them."""
    return {"ticket": ticket_in(page)[3], "work": ""}


def first_number(prefix, zero_bits):
    start = hashlib.sha256(prefix.encode())
    return next(number for number in itertools.count() if begins_with_zeros(start.copy(), str(number), zero_bits))


def begins_with_zeros(digest, number, zero_bits):
    digest.update(number.encode())
    return int.from_bytes(digest.digest()[:4], "big") >> (32 - zero_bits) == 0
