"""Where the pages of a branch are found, for users and under a link."""

from urllib.parse import quote

BRANCH = "/campaigns/{campaign}/branches/{branch}"
TASK = BRANCH + "/tasks/{stage}/{task}"


def branch_address(root: str, campaign: str, branch: str) -> str:
    """Return where a branch is shown; `root` is where all addresses of a visit begin."""
    return root + BRANCH.format(campaign=_part(campaign), branch=_part(branch))


def task_address(root: str, campaign: str, branch: str, stage: str, task: str) -> str:
    """Return where a task of a branch is shown and answered."""
    return f"{branch_address(root, campaign, branch)}/tasks/{_part(stage)}/{_part(task)}"


def _part(code: str) -> str:
    return quote(code, safe="")
