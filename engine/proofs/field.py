"""Terms as quotients of polynomials in variables and, after them, kernels: exp(u), log(u), roots, sin(u), cos(u)."""

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from engine.proofs.terms import Rejected, Term, read, within

Quotient = tuple[fmpq_mpoly, fmpq_mpoly]
_MOST = 60
_SAME = {
    "tan": "sin(u)/cos(u)",
    "sinh": "(exp(u) - exp(-u))/2",
    "cosh": "(exp(u) + exp(-u))/2",
    "tanh": "(exp(u) - exp(-u))/(exp(u) + exp(-u))",
}


class Field:
    """Kernels are given in order, each of earlier ones; sin(u) stands for two, sin(u) and cos(u)."""

    def __init__(self, names: list[str], kernels: list[str]) -> None:
        given = [read(each, names) for each in kernels]
        self.count, size = len(names), len(names) + sum(1 + (each[1] == "sin") for each in given)
        self.ring = fmpq_mpoly_ctx.get([f"v{i}" for i in range(size)], Ordering.degrevlex)
        self.gens, self.one, self.used = self.ring.gens(), self.ring.constant(1), set[int]()
        self.kernels, self.relations = list[tuple[str, Quotient]](), dict[int, fmpq_mpoly]()
        self.positive, self.nonzero = list[fmpq_mpoly](), list[fmpq_mpoly]()
        for term in given:
            place = self.count + len(self.kernels)
            root = int(term[2][1].q) if term[0] == "pow" else 0
            u, v = inner = self.lift(term[1] if root else term[2])
            self.kernels.append((f"root {root}" if root else term[1], inner))
            if root:
                self.relations[place] = self.gens[place] ** root * v - u
            if term[1] == "sin":
                self.kernels.append(("cos", inner))
                self.relations[place] = self.gens[place] ** 2 + self.gens[place + 1] ** 2 - 1
            if root or term[1] == "exp":
                self.positive.append(self.gens[place])
        self.nonzero = [self.one, *self.positive]  # what stands in a list of kernels asks nothing of f

    def lift(self, term: Term) -> Quotient:
        """Return a term as a quotient, and note what is not zero in it; refuses (Rejected) what has no kernel."""
        match term:
            case ("num", q):
                return self.ring.constant(q), self.one
            case ("var", i):
                return self.gens[i], self.one
            case ("add" | "mul" as kind, (first, *rest)):
                total = self.lift(first)
                for a, b in map(self.lift, rest):
                    above = total[0] * b + a * total[1] if kind == "add" else total[0] * a
                    total = reduced(above, total[1] * b)
                return total
            case ("pow", base, ("num", q)) if abs(q.p) <= _MOST:
                a, b = self.lift(base) if q.q == 1 else self._kernel(f"root {q.q}", self.lift(base))
                if q < 0:
                    self.nonzero.append(a)
                    a, b = b, a
                return reduced(a ** abs(int(q.p)), b ** abs(int(q.p)))
            case ("call", "exp", of):
                above, below = self.one, self.one
                for place, n in self._whole("exp", self.lift(of)):
                    above, below = above * self.gens[place] ** max(n, 0), below * self.gens[place] ** max(-n, 0)
                return above, below
            case ("call", "sin" | "cos" as name, of):
                sine, cosine = self.one * 0, self.one
                for place, n in self._whole("sin", self.lift(of)):
                    s, c = self.gens[place] * (1 if n > 0 else -1), self.gens[place + 1]
                    for _ in range(abs(n)):
                        sine, cosine = sine * c + cosine * s, cosine * c - sine * s
                return (sine if name == "sin" else cosine), self.one
            case ("call", "log", of):
                return self._kernel("log", self.lift(of))
            case ("call", name, of) if name in _SAME:
                return self.lift(within(_SAME[name], {"u": of}))
        raise Rejected("a formula has a part that has no place here")

    def _kernel(self, name: str, inner: Quotient) -> Quotient:
        place = self.count + self.kernels.index((name, inner))
        self.used.add(place)
        return self.gens[place], self.one

    def _whole(self, name: str, wanted: Quotient) -> list[tuple[int, int]]:
        """Return places of kernels and whole numbers: the arguments times these have the wanted sum."""
        found = []
        for place, (kind, (u, v)) in enumerate(self.kernels, self.count):
            lead = u * wanted[1]
            n = (wanted[0] * v)[lead.monomial(0)] / lead.leading_coefficient() if kind == name else fmpq(0)
            if n.q == 1 and 0 < abs(n) <= _MOST:
                wanted = reduced(wanted[0] * v - u * wanted[1] * n, wanted[1] * v)
                found.append((place, int(n)))
        if not wanted[0].is_zero():
            raise Rejected(f"a kernel is missing: {name}")
        self.used.update(place for place, _ in found)
        return found

    def linear(self, place: int) -> tuple[int, fmpq] | None:
        """Return i and c of a kernel of c x_i, None for any other generator."""
        u, v = self.kernels[place - self.count][1] if place >= self.count else (self.one, self.one)
        i = next((i for i in range(self.count) if (u % self.gens[i]).is_zero()), None)
        slope = u.leading_coefficient() / v.leading_coefficient()
        return None if i is None or not v.is_constant() or u.total_degree() != 1 else (i, slope)


def reduced(above: fmpq_mpoly, below: fmpq_mpoly) -> Quotient:
    """Return a quotient without common factors."""
    common = above.gcd(below)
    return above / common, below / common
