"""prtui: a terminal desk for the public-relations director of a high-end brand."""

__version__ = "0.1.0"
