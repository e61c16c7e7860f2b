"""What the operating system tells: who runs where, and what it costs."""

import os
import resource
import socket
from contextlib import closing
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
CPUS = sorted(os.sched_getaffinity(0))
# Apart where there are two, so that the generator takes nothing from whom it measures.
FOR_SERVERS, FOR_LOAD = {CPUS[0]}, {CPUS[-1]}


def settle_in():
    """The generator's own place, and as many sockets as the system grants."""
    os.sched_setaffinity(0, FOR_LOAD)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def cpu_seconds(pid):
    """Of the process and its children, threads included."""
    return sum(sum(map(int, _stat(each)[11:13])) for each in family(pid)) / TICKS


def memory(pid):
    """Bytes in RAM."""
    return sum(int(_stat(each)[21]) for each in family(pid)) * PAGE


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def busy():
    """How many processes wanted a CPU in the last minute."""
    return os.getloadavg()[0]


def family(pid):
    """The process and all that it has started."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    children = {int(child) for thread in threads for child in _children(thread)}
    return [pid, *(one for child in children for one in family(child))]


def _children(thread):
    try:
        return (thread / "children").read_text().split()
    except FileNotFoundError:
        # It has ended since the folder was read.
        return []


def _stat(pid):
    # The name, in brackets, may hold anything.
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
