"""The report as one HTML file that stands alone. `page` makes it."""
