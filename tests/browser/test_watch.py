"""What nobody caught fails the test, wherever it happens, and whatever else the test expects."""

import pytest

from tests.browser.media.people import until
from tests.browser.watch import Watch

WORKER = "new Worker(URL.createObjectURL(new Blob(['{}'])))"
FAULTS = {
    "error": "setTimeout(() => { throw new Error('uncaught') })",
    "rejection": "Promise.reject(new Error('uncaught'))",
    "popup": "open('').eval('setTimeout(() => { throw new Error(`uncaught`) })')",
    "error in a worker": WORKER.format("throw new Error(`uncaught`)"),
    "rejection in a worker": WORKER.format("Promise.reject(new Error(`uncaught`))"),
}


@pytest.fixture
def watched(browser):
    watch, context = Watch(), browser.new_context()
    watch.over(context)
    watch.expect(".*")
    yield watch, context.new_page()
    context.close()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
def test_what_nobody_caught_is_a_fault(watched, fault):
    watch, page = watched
    page.evaluate(f"() => {{ {fault} }}")

    def found():
        # The driver tells only while it is asked something.
        page.evaluate("1")
        return watch.faults()

    assert "uncaught" in "".join(until(found))


def test_what_was_said_on_the_console_can_be_expected(watched):
    watch, page = watched
    page.evaluate("console.error('refused')")
    assert (watch.seen, watch.faults()) == (["console: refused ()"], [])
