"""The bar of long commands: a line drawn over on a terminal, a few lines in a log."""

import io

from web.terminal import LINES_PER_STEP, Bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_gets_a_line_at_each_tenth() -> None:
    out = io.StringIO()
    bar = Bar(out)
    for done in range(1_001):
        bar.show("products", done, 1_000)
    lines = out.getvalue().splitlines()
    assert len(lines) == LINES_PER_STEP + 1
    assert lines[0] == "products: 0% (0)"
    assert lines[-1] == "products: 100% (1000)"


def test_a_terminal_sees_the_bar_fill_and_the_next_step_begin_on_a_line_of_its_own() -> None:
    out = Terminal()
    bar = Bar(out)
    bar.show("products", 1, 4)
    bar.show("products", 4, 4)
    bar.show("indexes", 0, 2)
    first, second = out.getvalue().split("\n")
    assert " 25%" in first
    assert first.rpartition("\r")[2].count("█") == 32
    assert "indexes" in second
    assert "█" not in second


def test_an_estimate_that_was_too_low_is_done_and_nothing_to_do_is_done() -> None:
    out = io.StringIO()
    bar = Bar(out)
    bar.show("products", 12, 10)
    bar.show("gammes", 0, 0)
    assert out.getvalue() == "products: 100% (12)\ngammes: 100% (0)\n"
