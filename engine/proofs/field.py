"""Terms as quotients of polynomials in variables and kernels: exp(u), log(u), roots of u, sin(u) beside cos(u)."""

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from engine.proofs.terms import Rejected, Term, walk

Quotient = tuple[fmpq_mpoly, fmpq_mpoly]
Kernel = tuple[str, Term]  # exp(c u), sin(c u), log(u), u^c, with one number c, see Field.units
_MOST = 60


def kernel(term: Term) -> tuple[Kernel, fmpq] | None:
    """Return the kind of a kernel and u of which a term is one, and the number c."""
    match term:
        case ("pow", base, ("num", q)) if q.q > 1:
            return ("root", base), q
        case ("call", "log", u):
            return ("log", u), fmpq(1)
        case ("call", "exp" | "sin" | "cos" as name, u):
            c, rest = (u[1][0][1], u[1][1:]) if u[0] == "mul" and u[1][0][0] == "num" else (fmpq(1), (u,))
            return ("exp" if name == "exp" else "sin", ("mul", rest) if len(rest) > 1 else rest[0]), c
    return None


class Field:
    """The generators: variables, then kernels as they are met; what is known of them in a formula that is defined."""

    def __init__(self, count: int, terms: list[Term]) -> None:
        self.count, self.places, self.units, size = count, dict[Kernel, int](), dict[Kernel, fmpq](), count
        for each, c in (found for term in terms for part in walk(term) if (found := kernel(part))):
            self.units[each] = self.units.get(each, fmpq(0)).gcd(c)
            if each not in self.places:
                self.places[each], size = size, size + 1 + (each[0] == "sin")
        self.ring = fmpq_mpoly_ctx.get([f"v{i}" for i in range(size)], Ordering.degrevlex)
        self.gens, self.one = self.ring.gens(), self.ring.constant(1)
        self.positive = [self.gens[place] for (name, _), place in self.places.items() if name in ("exp", "root")]
        self.nonzero, self.relations = [self.one, *self.positive], dict[int, fmpq_mpoly]()
        for (name, u), place in self.places.items():
            if name == "root":
                (above, below), c = self.lift(u), self.units[name, u]
                self.relations[place] = self.gens[place] ** int(c.q) * below ** int(c.p) - above ** int(c.p)
            if name == "sin":
                self.relations[place] = self.gens[place] ** 2 + self.gens[place + 1] ** 2 - 1

    def lift(self, term: Term) -> Quotient:
        """Return a term as a quotient without common factors, and note what is not zero in it."""
        match term:
            case ("num", q):
                return self.ring.constant(q), self.one
            case ("var", i):
                return self.gens[i], self.one
            case ("add" | "mul" as kind, (first, *rest)):
                total = self.lift(first)
                for a, b in map(self.lift, rest):
                    above = total[0] * b + a * total[1] if kind == "add" else total[0] * a
                    common = above.gcd(total[1] * b)
                    total = (above / common, total[1] * b / common)
                return total
            case ("pow", base, ("num", q)) if q.q == 1:
                return self._power(*self.lift(base), int(q.p))
        found = kernel(term)
        if found is None or abs(found[1] / self.units[found[0]]) > _MOST:
            raise Rejected("a formula has a part that has no place here")
        place, n, sine, cosine = self.places[found[0]], int(found[1] / self.units[found[0]]), self.one * 0, self.one
        if found[0][0] != "sin":
            return self._power(self.gens[place], self.one, n)
        for _ in range(abs(n)):
            s, c = self.gens[place] * (1 if n > 0 else -1), self.gens[place + 1]
            sine, cosine = sine * c + cosine * s, cosine * c - sine * s
        return (sine if term[1] == "sin" else cosine), self.one

    def _power(self, above: fmpq_mpoly, below: fmpq_mpoly, n: int) -> Quotient:
        if abs(n) > _MOST or (n < 0 and above.is_zero()):
            raise Rejected("a power is too high, or a denominator is zero")
        if n < 0:
            self.nonzero.append(above)
        return (above**n, below**n) if n >= 0 else (below**-n, above**-n)
