"""A loss over data: its value, its gradient with every factor of the chain rule, where it is lowest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import sympy
from sympy import Expr

from engine.answering.loss_options import Fit
from engine.answering.scalar import Scalar
from engine.building import build, symbol, written_with_decimals
from engine.calculus import derivatives
from engine.calculus.signs import sign
from engine.descending.certified import logistic_minimum
from engine.descending.fitting import Lowest, least_squares, logistic
from engine.descending.logits import closed
from engine.descending.rates import Quadratic
from engine.errors import NotInDomain, NotSupported, WrongUsage
from engine.reading import Expression
from engine.reading.tree import Apply, Binary, Name, Negative, Node, Number, children, sum_of

_ONE, _TWO = Number("1"), Number("2")


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss, built.

    scalar:  the whole of it as a function of the parameters.
    score:   the model, for the logistic loss what stands inside of the sigmoid.
    rows:    the inputs of each point, exact; targets: what should come out.
    slopes:  the derivatives of the score by each parameter, in parameters and inputs.
    l2:      the weight of the parameters' squares.
    """

    fit: Fit
    scalar: Scalar
    score: Expr
    slopes: tuple[Expr, ...]
    rows: tuple[tuple[Expr, ...], ...]
    targets: tuple[Expr, ...]
    l2: Expr
    is_logistic: bool

    @property
    def labels(self) -> tuple[Expr, ...]:
        """What should come out, with 0 in place of the label -1, so that a probability can be compared with it."""
        signed = self.fit.kind == "logistic"
        return tuple(sympy.S.Zero if signed and each == -1 else each for each in self.targets)

    @property
    def partials(self) -> tuple[Expr, ...]:
        """The gradient of the loss."""
        return derivatives.gradient(self.scalar.expression, self.scalar.symbols)

    def over_rows(self, expression: Expr) -> tuple[Expr, ...]:
        """Return an expression for the inputs of each point."""
        inputs = [symbol(each) for each in self.fit.inputs]
        return tuple(expression.xreplace(dict(zip(inputs, row, strict=True))) for row in self.rows)

    @property
    def is_linear(self) -> bool:
        """Whether the score is linear in the parameters."""
        learned = set(self.scalar.symbols)
        return not any(each.free_symbols & learned for each in map(sympy.expand, self.slopes))

    def features(self) -> tuple[list[list[Fraction]], list[Fraction]] | None:
        """Return the slopes of a linear score at each point, and its part without parameters; None: no fractions."""
        columns = [[sympy.expand(each) for each in self.over_rows(slope)] for slope in self.slopes]
        without = self.score.xreplace(dict.fromkeys(self.scalar.symbols, sympy.S.Zero))
        fixed = self.over_rows(without)
        if not all(each.is_Rational for each in (*fixed, *self.targets, *(e for column in columns for e in column))):
            return None
        rows = [list(map(_fraction, row)) for row in zip(*columns, strict=True)]
        return rows, list(map(_fraction, fixed))

    def lowest(self) -> Lowest:
        """Return where the loss is lowest, as far as that is proven."""
        if not self.is_linear:
            return Lowest("not decided", "the model is not linear in its parameters; try /critical on the loss")
        found = self.features()
        if found is None or not self.l2.is_Rational:
            return Lowest("not decided", "the data are no fractions, and I decide this in fractions only")
        rows, fixed = found
        if not self.is_logistic and self.fit.kind == "mse":
            targets = [_fraction(t) - f for t, f in zip(self.targets, fixed, strict=True)]
            return least_squares(rows, targets, _fraction(self.l2))
        if not self.is_logistic or any(fixed) or set(self.targets) - {0, 1, -1}:
            return Lowest("not decided", "I decide this for sigmoids of linear scores and labels 0 and 1 only")
        return logistic(rows, [bool(each == 1) for each in self.targets], _fraction(self.l2))

    def enclosed(self) -> tuple[float, ...] | None:
        """Return the lowest point of a logistic loss that is proven to have one, to 9 digits; None: not enclosed."""
        found = self.features()
        if found is None:
            return None
        return logistic_minimum(found[0], [bool(each == 1) for each in self.targets], _fraction(self.l2))

    def closed(self) -> tuple[Expr, ...] | None:
        """Return the lowest point of a logistic loss that is proven to have one; None where I know no exact form."""
        found = self.features()
        if found is None or not self.is_logistic:
            return None
        point = closed(found[0], [bool(each == 1) for each in self.targets], _fraction(self.l2))
        if point is None:
            return None
        logs = [sympy.log(sympy.Rational(each.numerator, each.denominator)) for each in point.odds]
        return tuple(
            sympy.expand(
                sum(
                    (sympy.Rational(w.numerator, w.denominator) * log for w, log in zip(row, logs, strict=True)),
                    sympy.S.Zero,
                )
            )
            for row in point.weights
        )

    def quadratic(self) -> Quadratic | None:
        """Return what is known of a loss that is quadratic in the parameters with rational numbers."""
        if self.fit.kind != "mse" or not self.is_linear or self.features() is None or not self.l2.is_Rational:
            return None
        matrix = derivatives.hessian(self.scalar.expression, self.scalar.symbols).applyfunc(sympy.expand)
        origin = dict.fromkeys(self.scalar.symbols, sympy.S.Zero)
        slope = [sympy.expand(each.xreplace(origin)) for each in self.partials]
        return Quadratic.of([list(map(_fraction, row)) for row in matrix.tolist()], list(map(_fraction, slope)))


def _fraction(value: Expr) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def loss(fit: Fit) -> Loss:
    """Return the loss; refuses (NotInDomain) labels that the kind of loss does not have."""
    model = fit.model.tree
    inside = _inside_sigmoid(model) if fit.kind == "cross-entropy" else model if fit.kind == "logistic" else None
    targets = tuple(build(row[-1]) for row in fit.data.rows)
    _check_labels(fit, targets)
    l2 = sympy.S.Zero if fit.l2 is None else build(fit.l2)
    if sign(l2) == -1:
        raise WrongUsage("l2 is at least 0.", option="l2", suggestions=("0.1",))
    signed = fit.kind == "logistic" and -1 in targets
    terms = [_term(fit, inside, row, signed=signed) for row in fit.data.rows]
    tree: Node = Binary("/", sum_of(terms), Number(str(len(terms)))) if len(terms) > 1 else terms[0]
    if fit.l2 is not None:
        tree = Binary("+", tree, Binary("*", fit.l2, sum_of([Binary("^", Name(n), _TWO) for n in fit.parameters])))
    scalar = Scalar.of(Expression(fit.model.text, tree, fit.parameters, fit.model.notes, "L"), fit.parameters)
    written = [
        fit.model.tree,
        *(each for row in fit.data.rows for each in row),
        *(fit.at or ()),
        *([fit.rate] if fit.rate else []),
    ]
    scalar = replace(scalar, decimals=any(map(written_with_decimals, written)))
    score = build(model if inside is None else inside)
    rows = tuple(tuple(map(build, row[:-1])) for row in fit.data.rows)
    return Loss(fit, scalar, score, _slopes(score, fit), rows, targets, l2, inside is not None)


def _slopes(score: Expr, fit: Fit) -> tuple[Expr, ...]:
    return derivatives.gradient(score, [symbol(each) for each in fit.parameters])


def _inside_sigmoid(model: Node) -> Node | None:
    return model.arguments[0] if isinstance(model, Apply) and model.function == "sigmoid" else None


def _check_labels(fit: Fit, targets: Sequence[Expr]) -> None:
    if fit.kind == "mse":
        return
    if not all(each.is_Rational for each in targets):
        raise NotSupported("The labels of such a loss are the numbers 0 and 1.", option="data")
    if fit.kind == "cross-entropy" and not all(0 <= each <= 1 for each in targets):
        raise NotInDomain("The labels of a cross-entropy lie between 0 and 1.", option="data")
    if fit.kind == "logistic" and not (set(targets) <= {0, 1} or set(targets) <= {-1, 1}):
        raise NotInDomain("The labels of a logistic loss are 0 and 1, or -1 and 1.", option="data")


def _term(fit: Fit, inside: Node | None, row: tuple[Node, ...], *, signed: bool) -> Node:
    """Return what one point adds to the loss."""
    values = dict(zip(fit.inputs, row[:-1], strict=True))
    label = row[-1]
    if inside is not None:
        score = _with(inside, values)
        softplus = Apply("ln", (Binary("+", _ONE, Apply("exp", (score,))),))
        if signed:
            return Apply("ln", (Binary("+", _ONE, Apply("exp", (Negative(Binary("*", label, score)),))),))
        return Binary("-", softplus, Binary("*", label, score))
    prediction = _with(fit.model.tree, values)
    if fit.kind == "mse":
        return Binary("^", Binary("-", prediction, label), _TWO)
    right = Binary("*", label, Apply("ln", (prediction,)))
    wrong = Binary("*", Binary("-", _ONE, label), Apply("ln", (Binary("-", _ONE, prediction),)))
    return Negative(Binary("+", right, wrong))


def _with(tree: Node, values: dict[str, Node]) -> Node:
    """Return the model for the inputs of one point."""
    match tree:
        case Name():
            return values.get(tree.name, tree)
        case Apply():
            return replace(tree, arguments=tuple(_with(each, values) for each in children(tree)))
        case Binary():
            return replace(tree, left=_with(tree.left, values), right=_with(tree.right, values))
        case Negative():
            return replace(tree, of=_with(tree.of, values))
        case _:
            return tree
