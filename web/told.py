"""What a page says above its content after something was done: by a word in its address, the same for everyone."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import Response
from fastapi.responses import RedirectResponse

from web.navigation import say

TOLD: Mapping[str, str] = {
    "done": say("Done. It is on record."),
    "reopened": say("Open again."),
    "asked": say("Your request is on record; what is decided will be shown here."),
    "withdrawn": say("Your request was withdrawn."),
    "added": say("The file was added."),
    "removed": say("The file was removed."),
    "granted": say("Granted; the officer will be told of the new day."),
    "refused": say("Refused; the branch sees your answer."),
    "recorded": say("The problem is on record."),
    "assigned": say("It is on record who does what by when."),
    "verified": say("Verified. It is on record."),
    "solved": say("Solved. It is on record."),
    "entered": say("Entered. It is on record."),
    "corrected": say("Corrected; the audit keeps what stood before."),
    "struck": say("Struck. It stays on record, and counts nowhere."),
    "saved": say("Saved."),
    "password": say("The password was changed. Log in with the new one."),
    "logged-out": say("Every other browser is logged out."),
    "feeds": say("The old addresses are void; these are the new ones."),
    "revoked": say("The token is revoked."),
    "enabled": say("The user may log in again."),
    "disabled": say("The user is disabled and logged out everywhere."),
    "user-added": say("The user was added."),
    "declared": say("It is on record that the branch found no problems."),
}


def and_tell(address: str, word: str) -> Response:
    """Send the browser on to a page that says what was done; going back or reloading does nothing again."""
    return RedirectResponse(f"{address}?told={word}", status_code=HTTPStatus.SEE_OTHER)
