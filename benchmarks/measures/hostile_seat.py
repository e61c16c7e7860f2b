"""R4: one customer attempts 3,000 sockets and floods the session with signals; how long do fifteen sessions wait?"""

import time

from benchmarks import machine
from benchmarks.contenders import ThisProduct, scenes
from benchmarks.load.beside import beside
from benchmarks.load.pace import at_most
from benchmarks.load.talk import SESSIONS, Talk

# Sockets a second: 3,000 in a phase of half a minute.
ATTEMPTS = 100
# How long each phase is, as a share of the others' time: p99 of fewer than some hundred lines says nothing.
LONG = 10
WAIT, ATTACK = "R4 chat line beside a hostile seat", "R4 the attack"


def r4(run):
    """What honest people wait, in the session that the attack comes from and in others, quiet and attacked in turn."""
    folder = run.folders.new()
    all_scenes = scenes(folder=folder, sessions=SESSIONS, customers=2)
    with ThisProduct(folder) as site:
        talk = Talk(site.port, all_scenes)
        talk.wait(1)
        for number in range(run.rounds):
            run.note(f"quiet, round {number + 1}")
            _measure(run, "this product, quiet", site, talk)
            run.note(f"attacked, round {number + 1}")
            with _attack(site.port, all_scenes[0]) as told:
                _measure(run, "this product", site, talk)
            _note_attack(run, told)
    run.results.compare(f"{WAIT}: p50", "this product", "this product, quiet")
    run.results.compare(f"{WAIT}: p99", "this product", "this product, quiet", most=2)


def _attack(port, scene):
    order = {"path": f"/ws/support/{scene['key']}/", "cookie": scene["seats"][1], "after": scene["position"]}
    return beside("benchmarks.load.hostile_seat", port=port, rate=ATTEMPTS, **order)


def _measure(run, who, site, talk):
    began, cpu = time.perf_counter(), machine.cpu_seconds(site.pid)
    waits = talk.wait(run.seconds * LONG)
    cores = (machine.cpu_seconds(site.pid) - cpu) / (time.perf_counter() - began)
    run.results.add(f"{WAIT}: CPU", who, "cores", cores)
    for share in (0.5, 0.99):
        run.results.add(f"{WAIT}: p{share * 100:.0f}", who, "ms", at_most(waits, share))


def _note_attack(run, told):
    for what in ("attempted", "signals"):
        run.results.add(f"{ATTACK}: {what}", "the generator", "a second", told[what] / told["seconds"])
    run.results.add(f"{ATTACK}: cost", "the generator", "cores", told["cpu"] / told["seconds"])
    run.note(f"the attack: {told}")
