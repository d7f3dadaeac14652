"""A forecast of the visits to the end of the year, shown only where it has beaten every simple guess on the log's own past.

The model: the visits of a week by space in use, divided by those of the same week a year before (52 weeks, so that weekdays meet), as
logarithms, go on as statsmodels' exponential smoothing (ETS, additive errors, no trend) carries them forward.  Last year's weeks times that
times the spaces in use in the last week are the forecast: season comes from the year before, only growth by space is smoothed, and no
opening to come is assumed.

The test: from earlier days, as many days ahead as are now left of the year, against what really came.  The guesses it must beat: the
same days of the year before, the last week over and over, the mean of the last year.  The interval is ETS's own, 90 %, widened to
hold the model's largest error in the test.  Everything is a function of the days alone: the simulated paths have a fixed seed.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from etl.model import Mark

WEEK, YEAR = 7, 364
MODEL = "model"
LEAST_WEEKS = 13
"""So many weeks must have a week a year before them."""
TRIALS, FEWEST_TRIALS = 6, 4
BETTER = 0.9
"""The forecast is shown when its mean error is at most this share of the best guess's."""
LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95
PATHS, SEED = 2000, 2019
SAME_DAYS, LAST_WEEK, YEAR_MEAN = "same_days_last_year", "last_week", "mean_of_last_year"

M_co = TypeVar("M_co", bound=Mark, covariant=True)
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """One test: what was ``said`` on ``day`` of the days to come, by the model and by each guess, and what came."""

    day: dt.date
    actual: float
    said: Mapping[str, float]

    def error(self, name: str) -> float:
        """The error of the model, or of one guess, as a share of what came."""
        return abs(self.said[name] - self.actual) / self.actual


@dataclass(frozen=True)
class Span:
    """The days from ``first`` to ``last`` and how many visits are expected in them: low and high end, and the middle."""

    first: dt.date
    last: dt.date
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class WeekUse(Generic[M_co]):
    """The visits of the days that end with ``last``: counted, or ``expected`` (its low and high ends are the mark's)."""

    last: dt.date
    mark: M_co
    expected: Span | None = None


@dataclass(frozen=True)
class YearTotal:
    """What a whole year is expected to bring, and how much of it came by ``last``; None where nothing of it came yet."""

    whole: Span
    last: dt.date
    came: int | None


@dataclass(frozen=True)
class Forecast:
    """``verdict``: shown, not_better, too_short (the log), gaps (days or weeks without visits).

    ``weeks`` and ``rest`` (all days to come) are there only where the verdict is shown; ``errors`` (mean share, the model's under
    ``model``) wherever there were ``trials``; ``missing`` counts the days that are not in the log.
    """

    verdict: str
    last: dt.date | None = None
    until: dt.date | None = None
    trials: tuple[Trial, ...] = ()
    errors: Mapping[str, float] = field(default_factory=dict)
    weeks: tuple[Span, ...] = ()
    rest: Span | None = None
    missing: int = 0

    @property
    def best_guess(self) -> str:
        """The guess with the smallest mean error; ``""`` without a test."""
        guesses = {name: error for name, error in self.errors.items() if name != MODEL}
        return min(guesses, key=lambda name: guesses[name]) if guesses else ""


@dataclass(frozen=True)
class History:
    """Visits, and spaces in use, of each day."""

    visits: Values
    spaces: Values


def year_end_forecast(visits: Mapping[dt.date, int], spaces: Mapping[dt.date, int]) -> Forecast:
    """The forecast from the day after the last one in ``visits`` to the end of that day's year. ``visits`` and
    ``spaces`` are day -> visits, and day -> how many spaces had entries."""
    if not visits:
        return Forecast("too_short")
    first, last = min(visits), max(visits)
    until = dt.date((last + dt.timedelta(days=1)).year, 12, 31)
    ahead, known = (until - last).days, (last - first).days + 1
    starts = _starts(known, ahead)
    if len(starts) < FEWEST_TRIALS:
        return Forecast("too_short", last, until)
    days = [first + dt.timedelta(days=at) for at in range(known)]
    missing = known - len(visits)
    if missing:
        return Forecast("gaps", last, until, missing=missing)
    history = History(*(np.array([of[day] for day in days], dtype=np.float64) for of in (visits, spaces)))
    if not (_weekly(history.visits).all() and _weekly(history.spaces).all()):
        return Forecast("gaps", last, until)
    trials = tuple(_trial(history, start, ahead, first) for start in starts)
    names = (MODEL, SAME_DAYS, LAST_WEEK, YEAR_MEAN)
    errors = {name: fmean(trial.error(name) for trial in trials) for name in names}
    tested = Forecast("not_better", last, until, trials, errors)
    if errors[MODEL] > BETTER * errors[tested.best_guess]:
        return tested
    weeks, rest = _expected(history, ahead, last, max(trial.error(MODEL) for trial in trials))
    return Forecast("shown", last, until, trials, errors, weeks, rest)


def _starts(known: int, ahead: int) -> list[int]:
    """How many days are known at each test: evenly between the fewest the model needs and the most that leave ``ahead`` days to check."""
    fewest, most = YEAR + WEEK * LEAST_WEEKS, known - ahead
    many = min(TRIALS, (most - fewest) // WEEK + 1) if most >= fewest else 0
    return [most - round(at * (most - fewest) / max(many - 1, 1)) for at in reversed(range(many))]


def _weekly(series: Values) -> Values:
    """Sums of seven days, counted back from the last one."""
    sums: Values = series[len(series) % WEEK :].reshape(-1, WEEK).sum(axis=1)
    return sums


def _trial(history: History, start: int, ahead: int, first: dt.date) -> Trial:
    known, came = History(history.visits[:start], history.spaces[:start]), history.visits[start : start + ahead]
    said = {
        MODEL: float(np.quantile(_paths(known, ahead).sum(axis=0), MIDDLE)),
        SAME_DAYS: float(_year_before(known.visits, ahead).sum()),
        LAST_WEEK: float(known.visits[-WEEK:].mean() * ahead),
        YEAR_MEAN: float(known.visits[-YEAR:].mean() * ahead),
    }
    return Trial(first + dt.timedelta(days=start - 1), float(came.sum()), said)


def _expected(history: History, ahead: int, last: dt.date, error: float) -> tuple[tuple[Span, ...], Span]:
    paths = _paths(history, ahead)
    weeks = []
    for at, of_week in enumerate(paths):
        begin, end = at * WEEK + 1, (at + 1) * WEEK if at < len(paths) - 1 else ahead
        weeks.append(_span(last + dt.timedelta(days=begin), last + dt.timedelta(days=end), of_week, error))
    return tuple(weeks), _span(weeks[0].first, last + dt.timedelta(days=ahead), paths.sum(axis=0), error)


def _span(first: dt.date, last: dt.date, paths: Values, error: float) -> Span:
    low, middle, high = (float(end) for end in np.quantile(paths, (LOW, MIDDLE, HIGH)))
    return Span(first, last, min(low, middle * (1 - error)), middle, max(high, middle * (1 + error)))


def _paths(known: History, ahead: int) -> Values:
    """Week to come x simulated path: visits; the last week may have fewer than seven days."""
    by_space = known.visits / np.maximum(known.spaces, 1)
    base = _year_before(by_space, ahead) * known.spaces[-WEEK:].mean()
    weeks = _weekly(by_space)
    growth = np.log(weeks[YEAR // WEEK :] / weeks[: -YEAR // WEEK])
    paths: Values = base[:, None] * np.exp(_growth_paths(growth, len(base)))
    return paths


def _year_before(known: Values, ahead: int) -> Values:
    """What the same weeks brought a year before; days further ahead than a year join the last week."""
    before = known[-YEAR:]
    base = np.array([before[at : min(at + WEEK, ahead)].sum() for at in range(0, min(ahead, YEAR), WEEK)])
    base[-1] += before[: max(ahead - YEAR, 0)].sum()
    return base


def _growth_paths(growth: Values, steps: int) -> Values:
    """Step x path: the growth to come, as ETS carries it forward; growth that never changed stays as it is."""
    if np.ptp(growth) < 1e-9:
        return np.full((steps, PATHS), growth[-1])
    from statsmodels.tools.sm_exceptions import ConvergenceWarning  # noqa: PLC0415 - heavy, and most screens do without
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted: Any = ETSModel(growth, error="add").fit(disp=False)
    simulated = fitted.simulate(steps, anchor="end", repetitions=PATHS, rng=np.random.default_rng(SEED))
    return np.asarray(simulated, dtype=np.float64).reshape(steps, PATHS)
