"""Each test starts without what another has left in the process."""

import pytest

from notifications.channels.wecom_token import keeper_of


@pytest.fixture(autouse=True)
def no_tokens() -> None:
    """Forget the tokens of apps: a peer may be reached where an earlier one was."""
    keeper_of.cache_clear()
