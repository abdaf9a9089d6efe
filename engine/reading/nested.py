"""Nested lists: vectors and matrices in every spelling, by one algebra.

Each list in a text, and each unit vector, becomes a name; the formula of names is read by the grammar
and then worked out: 1/sqrt(2) <1, 1>, 2(x, y) - i, (1/3)(i + 2j).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.errors import MissingOperand, NotAnExpression, TooLarge, Unbalanced, WrongLength
from engine.reading.grammar import Grammar
from engine.reading.readings import Note
from engine.reading.source import Source
from engine.reading.tokens import END, Token
from engine.reading.tree import Binary, Name, Negative, Node, Number, children, names_in

Nested = Node | tuple["Nested", ...]
MAX_ENTRIES = 16
_SEPARATORS = {"comma", "row", "cell"}


@dataclass(slots=True)
class Lists:
    """One reading of one text with lists in it. `held`: what the names that stand for lists are worth."""

    source: Source
    held: dict[str, Nested] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def read(self, tokens: list[Token]) -> Nested:
        """Return what resolved tokens, the last of kind "end", are worth: a tree, or lists of trees."""
        if any(token.kind in _SEPARATORS for token, level in _levelled(tokens) if level == 0):
            return self.entries(tokens)
        whole = tokens[0].text == "[" and _partner(tokens, 0) == len(tokens) - 2
        if whole:
            return self.entries([*tokens[1:-2], _end(tokens[-2])])
        grammar = Grammar(self.source, self.folded(tokens))
        tree = grammar.whole()
        self.notes += grammar.notes
        return self.worth(tree)

    def entries(self, tokens: list[Token]) -> Nested:
        """Return the list of what stands between the separators; rows where there are signs of rows."""
        rows = _parted(tokens, {"row"})
        if len(rows) > 1 and len(rows[-1]) == 1:
            rows.pop()
        found = [tuple(self.read(self.filled(each)) for each in _parted(row, {"comma", "cell"})) for row in rows]
        if sum(map(len, found)) > MAX_ENTRIES:
            raise TooLarge(f"That is a list of {sum(map(len, found))} entries; I read up to {MAX_ENTRIES}.")
        return tuple(found) if len(rows) > 1 else found[0]

    def filled(self, entry: list[Token]) -> list[Token]:
        """Return the entry; refuses (MissingOperand) an empty one."""
        if len(entry) > 1:
            return entry
        span = self.source.span(max(0, entry[0].start - 1), entry[0].end)
        raise MissingOperand("An entry is missing here.", span=span)

    def folded(self, tokens: list[Token]) -> list[Token]:
        """Return the tokens with a name in the place of each list; what a function is applied to is none."""
        found: list[Token] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            applied = token.kind != "open" or (found and found[-1].kind == "function")
            end = None if applied else _partner(tokens, at)
            if not applied and _is_list(tokens[at + 1 : end]):
                if end is None:
                    raise Unbalanced(
                        f'This "{token.text}" has no partner.', span=self.source.span(token.start, token.end)
                    )
                name = f"#{len(self.held)}"
                self.held[name] = self.entries([*tokens[at + 1 : end], _end(tokens[end])])
                found += _times(found, Token("name", name, token.start, tokens[end].end, token.spaced))
                at = end + 1
            elif token.kind == "name" and token.text in self.held:
                found += _times(found, token)
                at += 1
            else:
                found.append(token)
                at += 1
        return found

    def worth(self, node: Node) -> Nested:
        """Return what a formula of names of lists is worth; refuses what cannot be done with lists."""
        if not names_in(node) & self.held.keys():
            return node
        match node:
            case Name():
                return self.held[node.name]
            case Negative():
                return each(self.worth(node.of), lambda entry: _negative(entry, node))
            case Binary() if node.sign != "^":
                return self.combined(node, self.worth(node.left), self.worth(node.right))
            case _:
                held = next(child for child in children(node) if names_in(child) & self.held.keys())
                raise NotAnExpression("Neither a power nor a function of a vector is meant here.", span=held.span)

    def combined(self, node: Binary, left: Nested, right: Nested) -> Nested:
        """Return the sum of lists, or a list times or over a number."""
        match isinstance(left, tuple), isinstance(right, tuple):
            case True, True if node.sign in "+-":
                return _together(node, left, right)
            case True, False if node.sign == "*":
                return each(left, lambda entry: _product(node, right, entry))
            case False, True if node.sign == "*":
                return each(right, lambda entry: _product(node, left, entry))
            case True, False if node.sign == "/":
                return each(left, lambda entry: _quotient(node, entry, right))
            case True, True:
                raise NotAnExpression("Vectors are multiplied here; give the result instead.", span=node.span)
            case _ if node.sign == "/":
                raise NotAnExpression("A vector cannot stand below a fraction line.", span=node.span)
            case _:
                raise NotAnExpression("A number and a vector cannot be added.", span=node.span)


def each(nested: Nested, change: Callable[[Node], Node]) -> Nested:
    """Return the lists with every tree changed."""
    return tuple(each(entry, change) for entry in nested) if isinstance(nested, tuple) else change(nested)


def _times(before: list[Token], vector: Token) -> list[Token]:
    """Return a vector with the sign before it that is not written: in sin x i the sine ends before the i."""
    if not before or before[-1].kind not in {"number", "name", "constant", "close"}:
        return [vector]
    return [Token("sign", "*", vector.start, vector.start, vector.spaced), vector]


def _end(token: Token) -> Token:
    return Token(END, "", token.start, token.start, spaced=False)


def _levelled(tokens: list[Token]) -> list[tuple[Token, int]]:
    """Return each token with the number of brackets open round it."""
    found, level = [], 0
    for token in tokens:
        level -= token.kind == "close"
        found.append((token, level))
        level += token.kind == "open"
    return found


def _partner(tokens: list[Token], at: int) -> int | None:
    """Return the place of the bracket that closes the one at `at`; None where there is none."""
    for i, (token, level) in enumerate(_levelled(tokens[at:])):
        if token.kind == "close" and level == 0:
            if token.text != {"(": ")", "[": "]", "{": "}"}[tokens[at].text]:
                return None
            return at + i
    return None


def _is_list(inside: list[Token]) -> bool:
    return any(token.kind in _SEPARATORS for token, level in _levelled(inside) if level == 0)


def _parted(tokens: list[Token], kinds: set[str]) -> list[list[Token]]:
    """Return the pieces between separators outside of brackets, each with an end of its own."""
    pieces: list[list[Token]] = [[]]
    for token, level in _levelled(tokens[:-1]):
        if level == 0 and token.kind in kinds:
            pieces[-1].append(_end(token))
            pieces.append([])
        else:
            pieces[-1].append(token)
    pieces[-1].append(_end(tokens[-1]))
    return pieces


def _together(node: Binary, left: Nested, right: Nested) -> Nested:
    if isinstance(left, tuple) and isinstance(right, tuple):
        if len(left) != len(right):
            raise WrongLength("Vectors of different lengths cannot be added.", span=node.span)
        return tuple(_together(node, one, other) for one, other in zip(left, right, strict=True))
    if isinstance(left, tuple) or isinstance(right, tuple):
        raise NotAnExpression("A number and a vector cannot be added.", span=node.span)
    if right == Number("0"):
        return left
    if left == Number("0"):
        return right if node.sign == "+" else _negative(right, node)
    return Binary(node.sign, left, right, node.span)


def _negative(entry: Node, node: Node) -> Node:
    return entry if entry == Number("0") else Negative(entry, node.span)


def _product(node: Binary, factor: Nested, entry: Node) -> Node:
    if isinstance(factor, tuple) or entry == Number("0"):
        return entry
    return factor if entry == Number("1") else Binary("*", factor, entry, node.span)


def _quotient(node: Binary, entry: Node, divisor: Nested) -> Node:
    if isinstance(divisor, tuple) or entry == Number("0"):
        return entry
    return Binary("/", entry, divisor, node.span)
