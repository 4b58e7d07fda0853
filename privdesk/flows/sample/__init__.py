"""An invented office with every register filled, for looking around: no name in it is real."""

from privdesk.flows.sample.cast import SamplePerson, people
from privdesk.flows.sample.making import is_sample, make, papers_of, remove

__all__ = ["SamplePerson", "is_sample", "make", "papers_of", "people", "remove"]
