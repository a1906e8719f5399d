"""What became of an answer."""

from actions.complete import Completion, Receipt
from cli.shapes.work import ReceiptShape
from config.said import Said


def receipt_shape(receipt: Receipt) -> ReceiptShape:
    """Give the receipt as `task done --json` prints it."""
    return ReceiptShape(
        branch=receipt.branch,
        stage=receipt.stage,
        task=receipt.task,
        result=receipt.completion,
        due=receipt.due_at,
        done_at=receipt.done_at,
        done_by=receipt.done_by,
        late=receipt.done_at is not None and receipt.done_at >= receipt.due_at,
    )


def receipt_line(receipt: Receipt) -> Said:
    """Say the receipt in one line."""
    task = f"{receipt.stage}/{receipt.task}"
    return Said("{branch} {task}: {told}", branch=receipt.branch, task=task, told=_told(receipt))


def _told(receipt: Receipt) -> Said:
    match receipt.completion:
        case Completion.COMPLETED:
            return Said("done, after its deadline") if receipt_shape(receipt).late else Said("done")
        case Completion.DONE_BEFORE:
            return Said("was done already by {who}; nothing was changed", who=receipt.done_by)
        case Completion.WAIVED_BEFORE:
            return Said("is waived; reopen it first if it is to be answered")
