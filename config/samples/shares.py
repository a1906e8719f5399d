"""A total in whole parts: as large as their weights ask for, and adding up to the last one."""

from collections.abc import Sequence


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Share a total out by the largest remainders, in whole numbers: sums of floats differ between versions of Python.

    Weights are positive; of equal remainders the first are served.
    """
    whole = sum(weights)
    shares = [divmod(total * weight, whole) for weight in weights]
    left = total - sum(share for share, _ in shares)
    first_served = {*sorted(range(len(weights)), key=lambda place: (-shares[place][1], place))[:left]}
    return [share + (place in first_served) for place, (share, _) in enumerate(shares)]
