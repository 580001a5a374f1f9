"""Generated examples are the same on every run, may take their time on a busy machine, and are not made smaller.

To shrink a chart that fails takes a minute.
"""

from __future__ import annotations

from hypothesis import Phase, settings

settings.register_profile("steady", deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
settings.load_profile("steady")
