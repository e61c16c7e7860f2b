"""Making one file that can be sought in of what browsers recorded, by ffmpeg; it is optional. Knows no session."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

DURATION = re.compile(r"Duration: (\d+):(\d+):(\d+\.?\d*)")
# Seconds: pieces are copied, not encoded anew, so this is only reached by a disk that has stopped.
PATIENCE = 600


class Stretch(NamedTuple):
    """A piece as it stands in the finished file."""

    path: Path
    duration: float
    has_sound: bool


def find():
    """The program's path, or None."""
    return shutil.which(settings.FFMPEG)


def join(program, sources, folder):
    """One file in `folder` of the pieces `sources`, and for each its Stretch, or None if nothing in it can be played.

    The file is None if that is so of all. Pieces are copied; only what cannot be put behind the others is encoded anew.
    """
    stretches = [_mended(program, source, folder / f"stretch-{number}.webm") for number, source in enumerate(sources)]
    good = [stretch for stretch in stretches if stretch]
    if any(stretch.has_sound for stretch in good):
        good = [stretch if stretch.has_sound else _with_silence(program, stretch) for stretch in good]
    return (_one_file(program, good, folder) if good else None), stretches


def seconds(program, path):
    """How long a file plays, or None if it does not say."""
    found = DURATION.search(_look(program, path))
    if not found:
        return None
    hours, minutes, rest = found.groups()
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def _mended(program, source, target):
    """A browser writes neither duration nor index, and a crash may have cut the last frame in two."""
    if not _run(program, "-i", source, "-c", "copy", "-cues_to_front", "1", target):
        return None
    duration = seconds(program, target)
    return Stretch(target, duration, "Audio:" in _look(program, target)) if duration else None


def _with_silence(program, stretch):
    """A stretch without sound between others with it, since a file has one set of tracks from start to end."""
    target = stretch.path.with_name(f"silent-{stretch.path.name}")
    silence = ["-f", "lavfi", "-i", "anullsrc=channel_layout=mono:sample_rate=48000"]
    done = _run(program, "-i", stretch.path, *silence, "-c:v", "copy", "-c:a", "libopus", "-shortest", target)
    return stretch._replace(path=target) if done else stretch


def _one_file(program, stretches, folder):
    if len(stretches) == 1:
        return stretches[0].path
    script, target = folder / "stretches.txt", folder / "whole.webm"
    script.write_text("".join(f"file '{stretch.path.name}'\n" for stretch in stretches))
    source = ["-f", "concat", "-safe", "0", "-i", script]
    wanted = sum(stretch.duration for stretch in stretches)
    if _run(program, *source, "-c", "copy", "-cues_to_front", "1", target) and _is_about(program, target, wanted):
        return target
    done = _run(program, *source, "-c:v", "libvpx", "-deadline", "realtime", "-b:v", "1M", "-c:a", "libopus", target)
    return target if done else None


def _is_about(program, path, wanted):
    return abs((seconds(program, path) or 0) - wanted) < 1 + wanted / 20


def _look(program, path):
    """What ffmpeg says of a file; without an output it ends with an error, as it should."""
    command = [program, "-hide_banner", "-nostdin", "-i", path]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=PATIENCE).stderr  # noqa: S603


def _run(program, *arguments):
    command = [program, "-hide_banner", "-nostdin", "-loglevel", "error", "-y", *arguments]
    return subprocess.run(command, capture_output=True, timeout=PATIENCE).returncode == 0  # noqa: S603
