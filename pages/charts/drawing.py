"""A finished chart as text: what all sessions share, because a plotly figure could be changed by any of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import plotly.graph_objects as go


@dataclass(frozen=True)
class Drawing:
    """A chart as plotly's JSON."""

    spec: str

    @classmethod
    def of(cls, figure: go.Figure) -> Drawing:
        """``figure`` as it is now."""
        return cls(figure.to_json())

    def figure(self) -> go.Figure:
        """A figure of the caller's own."""
        return go.Figure(json.loads(self.spec), skip_invalid=False)

    @cached_property
    def digest(self) -> str:
        """A short text that is the same for the same chart."""
        return blake2b(self.spec.encode(), digest_size=16).hexdigest()
