"""The coordinate frames of Chinese maps, and the way from each to WGS 84.

GCJ-02 (高德, 腾讯) and BD-09 (百度) shift every point by 100 to 700 m and are no frames that PROJ knows; their exact inverse
comes from prcoords. Everything else is an EPSG code and goes through pyproj. CGCS2000 differs from WGS 84 by centimetres
and is kept as it is. A frame is always declared by whoever hands coordinates in, never guessed from the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pyproj import CRS

WGS84 = "OGC:CRS84"
"""Longitude, latitude in degrees: the frame of every stored outline, and GeoParquet's default."""

SHIFTED = ("GCJ-02", "BD-09")
KNOWN = f"{'、'.join(SHIFTED)}，或 EPSG 代码，如 EPSG:4490（CGCS2000）、EPSG:4326（WGS 84）"

_CODE = re.compile(r"EPSG:\d{4,6}|OGC:CRS84")

Degrees = npt.NDArray[np.float64]


class UnknownFrame(ValueError):
    """A declared coordinate frame that nobody knows."""


def to_wgs84(points: Degrees, frame: str) -> Degrees:
    """``points`` (n rows of longitude, latitude or of x, y in ``frame``) as WGS 84 longitude, latitude in degrees. Raises
    UnknownFrame for a frame that is neither shifted nor an EPSG code."""
    if not len(points):
        return points
    return _way(frame)(points)


@cache
def _way(frame: str) -> Callable[[Degrees], Degrees]:
    if frame in SHIFTED:
        return lambda points: _unshifted(points, frame)
    if frame == WGS84:
        return lambda points: points
    from pyproj import Transformer  # noqa: PLC0415 - only for what a city supplies itself

    transformer = Transformer.from_crs(known_crs(frame), WGS84, always_xy=True)
    return lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1]))


def _unshifted(points: Degrees, frame: str) -> Degrees:
    import prcoords  # noqa: PLC0415 - only where outlines or points are read

    inverse = prcoords.gcj_wgs_bored if frame == "GCJ-02" else prcoords.bd_wgs_bored
    found = [inverse((lat, lon), False) for lon, lat in points.tolist()]
    return np.array([(point.lon, point.lat) for point in found])


def known_crs(frame: str) -> CRS:
    """The pyproj CRS of a declared frame; UnknownFrame when there is none of that name."""
    from pyproj import CRS  # noqa: PLC0415
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    if not _CODE.fullmatch(frame):  # pyproj would look for a frame of that name, or of a part of it
        raise UnknownFrame(frame)
    try:
        return CRS.from_user_input(frame)
    except CRSError as error:
        raise UnknownFrame(frame) from error
