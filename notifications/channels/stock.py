"""Any other service that Apprise knows, through Apprise itself."""

from dataclasses import dataclass

from apprise import Apprise, NotifyBase, NotifyFormat

from config.vocabulary import Outcome
from notifications.channels.message import Message, Verdict

ACCEPTED = Verdict(Outcome.ACCEPTED, "acceptance not verified")
DOUBTFUL = Verdict(Outcome.AMBIGUOUS, "refused, not reached or not answered: Apprise does not say which")


@dataclass(frozen=True, slots=True)
class StockSender:
    """A stock service: Apprise says whether the send went well, but not what the provider answered."""

    service: str
    plugin: NotifyBase
    account: None = None

    def send(self, message: Message) -> Verdict:
        """Hand one message to Apprise.

        Apprise says of an answer that never came what it says of a refusal, so whatever did not go well
        may have arrived.
        """
        apprise = Apprise()
        apprise.add(self.plugin)
        went_well = apprise.notify(title=message.subject, body=message.body, body_format=NotifyFormat.TEXT)
        return ACCEPTED if went_well else DOUBTFUL
