"""Whether a page answered as a document; asked in full only where no document's text was found. Pure."""

from crawler.extract import states
from crawler.extract.page_tree import parse
from domain.readings import PageState

ENOUGH_TEXT = 200
"""Characters below a headline from which a page is a document whatever words stand in it."""


def state_of(markup: bytes, status: int, *, is_document: bool, has_text: bool) -> tuple[PageState, str]:
    """The state of a page in UTF-8 and what was seen; OK with "" where nothing speaks against a document.

    `is_document`: a publication date is shown, or a headline with ENOUGH_TEXT below it.
    """
    if status < 400 and is_document:
        return PageState.OK, ""
    text = markup.decode("utf-8")
    answer = states.Answer(text, parse(text), status)
    tests = (
        (PageState.BLOCKED, states.blocked),
        (PageState.LOGIN, states.login),
        (PageState.SOFT_404, states.soft_404),
    )
    for state, test in tests:
        if why := test(answer):
            return state, why
    if status >= 400:
        return PageState.FAILED, f"服务器返回 HTTP {status}"
    if target := states.redirect(answer):
        return PageState.FAILED, f"页面只是跳转，指向 {target}"
    if not has_text and (why := states.shell(answer)):
        return PageState.SHELL, why
    return PageState.OK, ""
