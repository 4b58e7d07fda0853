"""The page of the data subjects: the list, and each person as a page of her own."""

from privdesk.registers.subjects.view.page import SubjectsPage

__all__ = ["SubjectsPage"]
