"""The topics whose answers are written as NumPy code; known without loading SymPy."""

WRITTEN = frozenset(
    (
        "grad", "plot", "partial", "hessian", "directional", "tangent", "level", "critical", "optimize", "descent",
        "numeric", "loss", "chain", "jacobian", "backprop",
    )
)  # fmt: skip
