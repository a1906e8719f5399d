"""A campaign as those see it who steer it: from one place in the tree, as far as their scope reaches.

Figures come from the counters and the day marks; assignments are read for one branch, one unit, or a part of the tree
that holds few of them.
"""
