"""What a loss teaches: where it is lowest and why, and which rates of descent work on it."""

from dataclasses import dataclass, replace

from sympy import Expr, Rational, expand

from engine.answering import plots
from engine.answering.answer import Drawing
from engine.answering.descent_words import stated
from engine.answering.loss_lines import There, whole
from engine.answering.losses import Loss
from engine.answering.place import decimal, decimals
from engine.answering.scalar import exact
from engine.calculus import derivatives
from engine.calculus.printing import syntax
from engine.descending.fitting import Lowest
from engine.descending.rates import Quadratic
from engine.pictures.contour import ContourMap
from engine.pictures.curve import Curve
from engine.pictures.signs import Mark
from engine.spelling import formula as spell
from engine.spelling import numbers, plain
from engine.values import Json

_ZERO = Rational(0)
MAX_CONDITIONS = 4


@dataclass(frozen=True, slots=True)
class Ground:
    """The lowest points of a loss, and the rates of gradient descent on it.

    at:    the lowest point, of a set the one nearest to the origin, in exact numbers; None where I know none.
    about: the lowest point in floats, proven to their digits; None where it is not known.
    """

    loss: Loss
    lowest: Lowest
    at: tuple[Expr, ...] | None
    about: tuple[float, ...] | None
    quadratic: Quadratic | None

    @classmethod
    def of(cls, loss: Loss) -> "Ground":
        """Return what is known."""
        lowest = loss.lowest()
        at = _exact(lowest) or (loss.closed() if lowest.kind == "point" else None)
        about = decimals(at) if at else None
        if lowest.kind == "point" and about is None:
            about = loss.enclosed()
        return cls(loss, lowest, at, about, loss.quadratic())

    @property
    def limit(self) -> Expr | None:
        """The rate below which descent converges from every start; None where none is known."""
        return None if self.quadratic is None else self.quadratic.limit("gradient", _ZERO)

    @property
    def best(self) -> Expr | None:
        """The best fixed rate; None where none is known."""
        return None if self.quadratic is None else self.quadratic.best("gradient")

    def data(self) -> Json:
        """Return minimisers and rates."""
        limit, best = self.limit, self.best
        return {
            "minimisers": self._minimisers(),
            "rate_limit": None if limit is None else syntax(limit),
            "rate_limit_decimal": None if limit is None else decimal(limit),
            "best_rate": None if best is None else syntax(best),
            "best_rate_decimal": None if best is None else decimal(best),
        }

    def _minimisers(self) -> Json:
        at, value = self.at, self._value()
        linear = self.lowest.kind == "set" and self.quadratic is not None
        return {
            "kind": self.lowest.kind,
            "why": self.lowest.why,
            "at": None if at is None else exact(at),
            "decimal": None if self.about is None else list(self.about),
            "value": None if value is None else syntax(value),
            "dim": {"point": 0, "set": self.lowest.free}.get(self.lowest.kind),
            "equations": exact([e for e in map(expand, self.loss.partials) if e != 0]) if linear else None,
        }

    def _value(self) -> Expr | None:
        if self.at is None:
            return None
        return derivatives.at(self.loss.scalar.expression, dict(zip(self.loss.scalar.symbols, self.at, strict=True)))

    def remarks(self) -> tuple[str, ...]:
        """Return the lowest points in words, and the rates."""
        return (*self._pointed(), *self._defined(), self._where(), *self._rates())

    def _pointed(self) -> tuple[str, ...]:
        """Return how data without brackets were read, as 1,3 2,5 may be meant for decimals."""
        rows = self.loss.fit.data.rows
        if set("([{") & set(self.loss.fit.data.text) or len(rows[0]) == 1:
            return ()
        shown = ", ".join(f"({', '.join(map(plain.plain, row))})" for row in rows[:MAX_CONDITIONS])
        return (f"I read the data as the points {shown}{', ..' * (len(rows) > MAX_CONDITIONS)}.",)

    def _defined(self) -> tuple[str, ...]:
        """Return the doubtful readings, and where the loss exists, for all data points at once where they are many."""
        if len(self.loss.scalar.data()["where"]) <= MAX_CONDITIONS:
            return self.loss.scalar.remarks()
        notes = tuple(note.message for note in self.loss.fit.model.notes)
        return (*notes, "The gradient exists where the model and its loss are smooth at every data point.")

    def _where(self) -> str:
        several = len(self.loss.scalar.names) > 1
        names = ", ".join(spell.variable(each).text for each in self.loss.scalar.names)
        names = f"({names})" if several else names
        at, value = self.at, self._value()
        if self.lowest.kind == "none":
            return f"Proven: there is no lowest point; {self.lowest.why}. Descent goes on for ever, ever more slowly."
        if self.lowest.kind == "not decided":
            return f"Where the loss is lowest is not decided: {self.lowest.why}."
        if at is not None and value is not None:
            where = self.loss.scalar.vector(at).text if several else self.loss.scalar.spelled(at[0]).text
            shown = f"{names} = {where}, with the loss {self.loss.scalar.spelled(value).text}"
            if self.lowest.kind == "point":
                return f"Proven: the one lowest point is {shown}; {self.lowest.why}."
            set_of = f"the lowest points are a set of dimension {self.lowest.free}; {self.lowest.why}"
            return f"Proven: {set_of}. Nearest to the origin: {shown}."
        if self.about is not None:
            found = ", ".join(map(numbers.decimal, self.about))
            found = f"({found})" if several else found
            return f"Proven: the one lowest point is {names} ≈ {found}, enclosed to 9 digits; {self.lowest.why}."
        if self.lowest.kind == "point":
            return f"Proven: there is one lowest point; {self.lowest.why}. I could not enclose it."
        return f"Proven: there is a set of lowest points of dimension {self.lowest.free}; {self.lowest.why}."

    def _rates(self) -> tuple[str, ...]:
        limit, best = self.limit, self.best
        if limit is None or best is None:
            return ()
        below, top = (stated(self.loss.scalar, each) for each in (limit, best))
        said = f"Gradient descent converges from every start exactly for rates below 2/L {below}"
        why = "L being the largest eigenvalue of the Hessian and l the smallest one above zero"
        return (f"{said}, {why}; the best fixed rate is 2/(l+L) {top}.",)


def _exact(lowest: Lowest) -> tuple[Expr, ...] | None:
    """Return the lowest point in exact numbers, None where there is none, or it is not found in fractions."""
    if lowest.at is None or lowest.kind == "none":
        return None
    return tuple(Rational(each.numerator, each.denominator) for each in lowest.at)


def draw(ground: Ground, there: There | None) -> tuple[Drawing, ...]:
    """Return the map of the loss over two parameters or its curve over one, with the point and the lowest one."""
    scalar = ground.loss.scalar
    marks: tuple[Mark, ...] = ()
    if ground.about is not None and ground.lowest.kind == "point" and len(scalar.names) == 2:
        marks = (Mark((ground.about[0], ground.about[1]), "local minimum"),)
    point = None if there is None else decimals(there.place.coordinates)
    slope = None if there is None else decimals(there.slope)
    drawn = plots.draw(scalar, ground.loss.partials, point=point, slope=slope, marks=marks)
    return tuple(_titled(each, ground.loss, there) for each in drawn)


def _titled(drawing: Drawing, loss: Loss, there: There | None) -> Drawing:
    """Return the drawing titled with the loss as it stands in the answer, not written out, and with the step."""
    title = whole(loss)
    alt = drawing.alt.replace(spell.of(loss.scalar.read.tree).spoken, title.spoken)
    target = None if there is None or there.target is None else decimals(there.target)
    chart = drawing.of
    if isinstance(chart, Curve):
        return replace(drawing, alt=alt, of=replace(chart, title=title.text))
    if not isinstance(chart, ContourMap):
        return replace(drawing, alt=alt)
    chart = replace(chart, title=title.text)
    if there is None or target is None:
        return replace(drawing, alt=alt, of=chart)
    start = decimals(there.place.coordinates) or target
    step = ((start[0], start[1]), (target[0], target[1]))
    return replace(drawing, alt=alt, of=replace(chart, trail=step))
