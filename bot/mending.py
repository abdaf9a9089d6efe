"""What a learner could have typed: the options as they are, with what the refusals suggest put in."""

from collections.abc import Callable, Mapping

from engine.errors import Refused

_MOST_FAULTS = 4

Options = Mapping[str, str]
Check = Callable[[Options], object]


def mended(check: Check, options: Options, refused: Refused) -> tuple[Options, ...]:
    """Return the options with a suggestion put in, for each suggestion that makes them readable.

    Nothing comes back where they are readable as they are: then it was not the reading that refused.
    """
    if _refusal(check, options) is None:
        return ()
    found = (_changed(check, options, refused, each) for each in refused.suggestions)
    return tuple(each for each in found if each is not None)


def _changed(check: Check, options: Options, refused: Refused, suggestion: str) -> Options | None:
    """Return readable options: the suggestion put in, then the first one for each other fault; None without such."""
    for _ in range(_MOST_FAULTS):
        if refused.option is None or refused.span is None or refused.option not in options:
            return None
        start, end = refused.span
        text = options[refused.option]
        options = {**options, refused.option: f"{text[:start]}{suggestion}{text[end:]}".strip()}
        found = _refusal(check, options)
        if found is None:
            return options
        if not found.suggestions:
            return None
        refused, suggestion = found, found.suggestions[0]
    return None


def _refusal(check: Check, options: Options) -> Refused | None:
    try:
        check(options)
    except Refused as refused:
        return refused
    return None
