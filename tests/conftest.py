"""How the suite runs: properties without deadlines, since no truth depends on how fast a machine is."""

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
