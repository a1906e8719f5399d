"""`rollcall sample`: homes filled with invented data whose totals were published."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.opening import settings_at
from cli.options import Home
from cli.printing import tell
from config.said import Said

app = typer.Typer(help="Fill an empty home with a sample: invented data below published totals.")


class Name(StrEnum):
    """The samples that there are."""

    BAODING = "baoding"
    COUNTY = "county"
    DISTRICT = "district"
    QUANZHOU = "quanzhou"


@app.command()
def load(
    name: Annotated[Name, typer.Argument(metavar="NAME", help="baoding, county, district or quanzhou.")],
    home: Home = None,
) -> None:
    """Load a sample through the very actions that people use, from its first day to its last.

    baoding plays 703 branches over five months, which takes a minute; the others take some seconds. A sample that is
    there already is left as it is.

    Example: rollcall sample load district --home /tmp/district
    """
    from simulation.demo import open_demo_house
    from simulation.samples.all import SAMPLES
    from simulation.samples.baoding import play_baoding
    from simulation.samples.loading import load_sample

    house = open_demo_house(settings_at(home))
    try:
        if name is Name.BAODING:
            code, is_new = play_baoding(house)
        else:
            sample = SAMPLES[name]()
            code, is_new = sample.code, load_sample(house, sample)
    finally:
        house.engine.dispose()
    told = Said("loaded") if is_new else Said("was there already")
    tell(Said("sample {campaign}: {told}", campaign=code, told=told))
    tell(Said("next: rollcall report summary --campaign {campaign} --out {campaign}.docx", campaign=code))
