"""Where the pages of a branch are found, for users and under a link, and those of ledgers and returns."""

from urllib.parse import quote

from config.vocabulary import LedgerCode

BRANCH = "/campaigns/{campaign}/branches/{branch}"
TASK = BRANCH + "/tasks/{stage}/{task}"
LEDGERS_OF = "/campaigns/{campaign}/ledgers"
LEDGER = LEDGERS_OF + "/{ledger}"
ENTRY = LEDGER + "/{number}"
PROBLEMS = "/campaigns/{campaign}/problems"
PROBLEM = PROBLEMS + "/{number}"
RETURNS = "/campaigns/{campaign}/returns/{stage}"
RETURN = RETURNS + "/{unit}"


def branch_address(root: str, campaign: str, branch: str) -> str:
    """Return where a branch is shown; `root` is where all addresses of a visit begin."""
    return root + BRANCH.format(campaign=_part(campaign), branch=_part(branch))


def task_address(root: str, campaign: str, branch: str, stage: str, task: str) -> str:
    """Return where a task of a branch is shown and answered."""
    return f"{branch_address(root, campaign, branch)}/tasks/{_part(stage)}/{_part(task)}"


def ledger_address(campaign: str, ledger: LedgerCode) -> str:
    """Return where the entries of a ledger are listed."""
    return LEDGER.format(campaign=_part(campaign), ledger=ledger.value)


def entry_address(campaign: str, ledger: LedgerCode, number: int) -> str:
    """Return where an entry of a ledger is shown."""
    return f"{ledger_address(campaign, ledger)}/{number}"


def problem_address(campaign: str, number: int) -> str:
    """Return where a problem is shown."""
    return PROBLEM.format(campaign=_part(campaign), number=number)


def returns_address(campaign: str, stage: str) -> str:
    """Return where the returns of a stage are listed."""
    return RETURNS.format(campaign=_part(campaign), stage=_part(stage))


def return_address(campaign: str, stage: str, unit: str) -> str:
    """Return where the return of a unit is shown, passed on and corrected."""
    return f"{returns_address(campaign, stage)}/{_part(unit)}"


def _part(code: str) -> str:
    return quote(code, safe="")
