"""Photos that are not what they begin as."""


class Damaged(ValueError):
    """A photo whose parts do not fit into it: nobody can tell what else is in it."""
