"""H1: pages a second, and what one costs, beside the same Django under gunicorn's threads and MeshCentral."""

from contextlib import ExitStack

from benchmarks import machine
from benchmarks.contenders import Gunicorn, ThisProduct, scenes
from benchmarks.load.pages import Browser, get, keep_asking
from benchmarks.meshcentral import MeshCentral

BROWSERS = 16


def h1(run):
    """The console, a region of it, and the sign-in page; sixteen browsers that never pause."""
    with ExitStack() as stack:
        contenders = []
        for kind in (ThisProduct, Gunicorn):
            folder = run.folders.new()
            (scene,) = scenes(folder=folder, customers=3, lines=20)
            contenders.append((stack.enter_context(kind(folder)), _pages(scene)))
        # Of its pages, the one that compares is the one to sign in on.
        mesh = stack.enter_context(MeshCentral(run.folders.new()))
        contenders.append((mesh, {"sign-in": get("/")}))
        for number in range(run.rounds):
            for page in ("console", "region", "sign-in"):
                for contender, requests in ((each, pages) for each, pages in contenders if page in pages):
                    run.note(f"{contender.name}, {page}, round {number + 1}")
                    _measure(run, contender, page, requests[page])
    for page in ("console", "region", "sign-in"):
        run.results.compare(f"H1 {page}: pages/s", "this product", Gunicorn.name, least=0.8)
        run.results.compare(f"H1 {page}: cost", "this product", Gunicorn.name)
    run.results.compare("H1 sign-in: pages/s", "this product", MeshCentral.name, least=1)
    run.results.compare("H1 sign-in: cost", "this product", MeshCentral.name, most=1)


def _pages(scene):
    console = f"/sessions/{scene['key']}/"
    return {
        "console": get(console, scene["csr"]),
        "region": get(f"{console}regions/roster/", scene["csr"]),
        "sign-in": get("/accounts/login/"),
    }


def _measure(run, contender, page, request):
    Browser(contender.port).fetch(request)
    keep_asking(contender.port, request, seconds=0.5, browsers=BROWSERS)
    before = machine.cpu_seconds(contender.pid)
    answers = keep_asking(contender.port, request, seconds=run.seconds, browsers=BROWSERS)
    cpu = machine.cpu_seconds(contender.pid) - before
    statuses = {status for status, _wait in answers}
    assert statuses == {200}, f"{contender.name}, {page}: {statuses or 'no answer'}"
    run.results.add(f"H1 {page}: pages/s", contender.name, "pages/s", len(answers) / run.seconds)
    run.results.add(f"H1 {page}: cost", contender.name, "ms CPU", cpu / len(answers) * 1000)
