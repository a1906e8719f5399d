"""The ledger of coverage."""

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from config.definition.text import Text
from config.errors import WrongValue
from config.ledgers.columns import Count, Title, Yes
from config.ledgers.entry import UnitEntry
from config.vocabulary import LedgerCode


class CoverageEntry(UnitEntry):
    """Enterprises and organisations were counted in a unit with all below it, or in the unit itself `alone`.

    The latest count of a unit holds. Where those below it were counted too, theirs count.
    """

    ledger: ClassVar[LedgerCode] = LedgerCode.COVERAGE
    title: ClassVar[Text] = Text(zh="组织覆盖", en="Coverage")

    enterprises: Annotated[Count, Title("企业数", "Enterprises")]
    sole_traders: Annotated[Count, Title("个体工商户数", "Sole traders")]
    employees: Annotated[Count, Title("从业人数", "Employees")]
    members: Annotated[Count, Title("党员数", "Members")]
    enterprises_with_members: Annotated[Count, Title("有党员的企业数", "Enterprises with members")]
    committees: Annotated[Count, Title("党委数", "Committees")]
    branches: Annotated[Count, Title("支部数", "Branches")]
    joint_branches: Annotated[Count, Title("联合支部数", "Joint branches")]
    local_organisations: Annotated[Count, Title("地方组织数", "Local organisations")] = 0
    grassroots_organisations: Annotated[Count, Title("基层组织数", "Grass-roots organisations")] = 0
    industry_organisations: Annotated[Count, Title("行业组织数", "Industry organisations")] = 0
    organisation_members: Annotated[Count, Title("组织会员数", "Members of these organisations")] = 0
    alone: Annotated[Yes, Title("仅本级，不含下级", "Itself alone, without those below")] = False

    @model_validator(mode="after")
    def _keep_parts_within_the_whole(self) -> Self:
        if self.members > self.employees:
            raise WrongValue("{part} members of {whole} employees", part=self.members, whole=self.employees)
        if self.enterprises_with_members > self.enterprises:
            raise WrongValue(
                "{part} enterprises with members of {whole}", part=self.enterprises_with_members, whole=self.enterprises
            )
        return self
