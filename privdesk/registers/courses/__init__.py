"""Courses: what is taught to those who handle personal data."""

from privdesk.registers.courses.fields import REGISTER

__all__ = ["REGISTER"]
