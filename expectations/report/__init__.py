"""The quality report: one HTML file that needs nothing beside itself, and its numbers as JSON."""

from expectations.report.model import ReportData
from expectations.report.page import render

__all__ = ["ReportData", "render"]
