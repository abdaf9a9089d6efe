"""The parts of a loss as formulas: what one data point adds, and the outer factor of its chain rule."""

from engine.answering.losses import Loss
from engine.reading.tree import Apply, Binary, Name, Negative, Node, Number

ONE, TWO, TARGET = Number("1"), Number("2"), Name("y")


def times(*factors: Node) -> Node:
    """Return the product, without factors of one."""
    kept = [each for each in factors if each != ONE] or [ONE]
    whole = kept[0]
    for each in kept[1:]:
        whole = Binary("*", whole, each)
    return whole


def prediction(loss: Loss) -> Node:
    """Return what is predicted for one point: the model, or its sigmoid for the logistic loss."""
    tree = loss.fit.model.tree
    return Apply("sigmoid", (tree,)) if loss.fit.kind == "logistic" else tree


def _signed(loss: Loss) -> bool:
    return loss.fit.kind == "logistic" and -1 in loss.targets


def pointwise(loss: Loss) -> Node:
    """Return the loss of one point in the model and its label y."""
    tree = prediction(loss)
    if loss.fit.kind == "mse":
        return Binary("^", Binary("-", tree, TARGET), TWO)
    if _signed(loss):
        return Apply("ln", (Binary("+", ONE, Apply("exp", (Negative(times(TARGET, loss.fit.model.tree)),))),))
    right = times(TARGET, Apply("ln", (tree,)))
    wrong = times(Binary("-", ONE, TARGET), Apply("ln", (Binary("-", ONE, tree),)))
    return Negative(Binary("+", right, wrong))


def outer(loss: Loss) -> Node:
    """Return the derivative of the loss of one point by its score: all of the chain but the inner factor."""
    tree = prediction(loss)
    difference = Binary("-", tree, TARGET)
    if loss.fit.kind == "mse":
        return times(TWO, difference)
    if _signed(loss):
        return Negative(times(TARGET, Apply("sigmoid", (Negative(times(TARGET, loss.fit.model.tree)),))))
    if loss.is_logistic:
        return difference
    return Binary("/", difference, times(tree, Binary("-", ONE, tree)))
