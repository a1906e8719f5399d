"""What became of an answer."""

from actions.complete import Completion, Receipt
from cli.shapes.work import ReceiptShape


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


def receipt_line(receipt: Receipt) -> str:
    """Say the receipt in one line."""
    return f"{receipt.branch} {receipt.stage}/{receipt.task}: {_said(receipt)}"


def _said(receipt: Receipt) -> str:
    match receipt.completion:
        case Completion.COMPLETED:
            return "done, after its deadline" if receipt_shape(receipt).late else "done"
        case Completion.DONE_BEFORE:
            return f"was done already by {receipt.done_by}; nothing was changed"
        case Completion.WAIVED_BEFORE:
            return "is waived; reopen it first if it is to be answered"
