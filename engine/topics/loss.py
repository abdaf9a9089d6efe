"""The loss of a model over data."""

from typing import Literal

from engine.answering.answer import Answer
from engine.answering.declare import topic
from engine.answering.loss_options import read_fit
from engine.reading import Expression, Names, Point


@topic("loss", example="/loss model=w*x+b data=(1,3),(2,5),(3,7) at=1,1 rate=0.1", rank=6, check=read_fit)
def loss(
    model: Expression,
    data: str,
    kind: Literal["mse", "logistic", "cross-entropy"] = "mse",
    parameters: Names | None = None,
    l2: str = "",
    at: Point | None = None,
    rate: str = "",
    steps: Literal["none", "short", "all"] = "short",
) -> Answer:
    """Loss of a model over data: its gradient with every chain factor, its lowest points, one descent step.

    model:      what is predicted from x (or x1, x2, ..), w*x+b
    data:       points, the target last, (1,3),(2,5),(3,7)
    kind:       mse (mean squared error), logistic (model is the score), cross-entropy (model is the probability)
    parameters: what is learned, w,b; without it, all names that are no columns
    l2:         the weight of the sum of the parameters' squares, 0.1
    at:         values of the parameters in the order of the model, 1,1 or w=1 b=1
    rate:       the step size of one update, 0.1
    steps:      none, short (what a teacher writes) or all (every rule, every factor)

    Up to 8 letters in the model. `minimisers` has `kind` (point, set, none, not decided), `at`, `decimal`, `value`,
    `dim`, `equations` (each is zero) and `why`: exact for linear least squares, proven for logistic losses.
    `rate_limit` is exact for quadratic losses, else null; `update` has the point after one step.
    Refuses (NotInDomain) labels other than 0 and 1 (or -1 and 1, logistic only), and points without a loss.
    Source: Bishop, Pattern Recognition and Machine Learning, sections 3.1 and 4.3.
    """
    from engine.answering import loss_lines, loss_words
    from engine.answering.loss_steps import Rules
    from engine.answering.losses import loss as built
    from engine.answering.scalar import exact

    found = built(read_fit(model, data, kind=kind, parameters=parameters, l2=l2, at=at, rate=rate))
    there = None if found.fit.at is None else loss_lines.There.of(found)
    ground = loss_words.Ground.of(found)
    whole = found.scalar.data()
    stated = {"loss": whole["f"], "gradient": exact(found.partials)}
    rules = Rules.of(found, steps)
    return Answer(
        "Loss",
        (
            *loss_lines.lines(found, steps)[:1],
            *rules.lines(steps),
            *loss_lines.lines(found, steps)[1:],
            *(there.lines(steps) if there else ()),
        ),
        whole
        | stated
        | ground.data()
        | loss_lines.NOWHERE
        | (there.data() if there else {})
        | {"steps": rules.steps(there)},
        (*ground.remarks(), *rules.remarks(steps)),
        draw=lambda: loss_words.draw(ground, there),
    )
