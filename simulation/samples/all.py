"""The samples, by the names that people load them by."""

from collections.abc import Callable, Mapping

from simulation.samples.county import county
from simulation.samples.district import district
from simulation.samples.quanzhou import quanzhou
from simulation.samples.sample import Sample

SAMPLES: Mapping[str, Callable[[], Sample]] = {"county": county, "district": district, "quanzhou": quanzhou}
