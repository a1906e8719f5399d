"""Where an organisation can be founded, and where first: the practice of the counties that have done it."""

ENOUGH_MEMBERS = 3
"""Full members, from which on an enterprise can found a branch of its own."""

FIRST_FROM = 100
"""Employees, from which on an enterprise comes first; those below get a liaison officer until their turn."""


def can_found(full_members: int) -> bool:
    """Tell whether an enterprise without an organisation has the members for one."""
    return full_members >= ENOUGH_MEMBERS


def comes_first(employees: int) -> bool:
    """Tell whether an enterprise comes before the smaller ones."""
    return employees >= FIRST_FROM
