"""The program ffmpeg, which is optional: converting files with it, and reading what it says of them."""

from __future__ import annotations

import errno
import re
import shutil
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from django.conf import settings

# Seconds for one run: only a disk that hangs, or hours of video that must be encoded again, take as long.
PATIENCE = 600
# Errors of the machine, as ffmpeg words them: they say nothing about the file, and may be gone in a minute.
LACKS = re.compile(
    rb"No space left|File too large|quota exceeded|Input/output error|Cannot allocate memory|Permission denied"
    rb"|Read-only file system|Too many open files|Resource temporarily unavailable"
)


FULL = re.compile(rb"No space left|quota exceeded")

# What distinguishes kinds of files, besides what their decoders must know before the first packet.
KIND = {"codec_id", "dimensions", "sample_rate", "channel_layout_name"}
HEAD = re.compile(rb"#(\w+) (\d+): +(.+)")


class FfmpegUnableError(RuntimeError):
    """ffmpeg was killed, took too long, or had too little disk or memory: the file may be good, so try again later."""


@dataclass(frozen=True)
class Reading:
    """A file, read packet by packet to its end."""

    seconds: float
    pictures: int
    # (name, track): value, such as ("dimensions", 0): "1280x720".
    heads: dict[tuple[str, int], str]
    # Without errors: nothing in it is damaged.
    is_clean: bool

    @property
    def has_audio(self) -> bool:
        return "audio" in self._all("media_type")

    @property
    def dimensions(self) -> str:
        return self._all("dimensions")[0]

    @property
    def is_vp8(self) -> bool:
        return set(self._all("codec_id")) <= {"vp8", "opus"}

    @property
    def needs_mp4(self) -> bool:
        return not set(self._all("codec_id")) <= {"vp8", "vp9", "av1", "opus", "vorbis"}

    @property
    def kind(self) -> frozenset[tuple[tuple[str, int], str]]:
        """Files of the same kind can be concatenated. Opus's extradata says nothing that its packets do not say."""
        own = {head: value for head, value in self.heads.items() if head[0] in KIND}
        extradata = {} if self.is_vp8 else {head: value for head, value in self.heads.items() if head[0] == "extradata"}
        return frozenset({**own, **extradata}.items())

    def _all(self, name: str) -> list[str]:
        return [value for (key, _), value in self.heads.items() if key == name]


def find() -> str | None:
    """The program's path, or None where it is not installed."""
    return shutil.which(settings.FFMPEG)


def run(program: str, *arguments: str | Path) -> tuple[bool, bool]:
    """Whether ffmpeg succeeded, and whether without any error message. Raises FfmpegUnableError."""
    code, _, complaints = _call(program, "-y", *arguments)
    return code == 0, not complaints.strip()


def read(program: str, path: Path) -> Reading | None:
    """The Reading of a file; None if it has no picture. Raises FfmpegUnableError."""
    code, packets, complaints = _call(program, "-i", path, "-map", "0", "-c", "copy", "-f", "framecrc", "-")
    heads: dict[tuple[str, int], str] = {}
    starts: list[Fraction] = []
    ends: list[Fraction] = []
    pictures = 0
    for line in packets.splitlines():
        if found := HEAD.match(line):
            heads[found[1].decode(), int(found[2])] = found[3].decode()
        elif line[:1].isdigit():
            track, _, at, length, *_ = [int(number) for number in line.split(b",")[:4]]
            tick = Fraction(heads["tb", track])
            starts.append(at * tick)
            ends.append((at + max(length, 0)) * tick)
            pictures += heads["media_type", track] == "video"
    if not pictures:
        return None
    return Reading(float(max(ends) - min(starts)), pictures, heads, is_clean=code == 0 and not complaints.strip())


def _call(program: str, *arguments: str | Path) -> tuple[int, bytes, bytes]:
    """The exit code, the output and the error messages."""
    command = [program, "-hide_banner", "-nostdin", "-loglevel", "error", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FfmpegUnableError(str(error)) from error
    if done.returncode < 0 or LACKS.search(done.stderr):
        full = OSError(errno.ENOSPC, "ffmpeg had no space left") if FULL.search(done.stderr) else None
        raise FfmpegUnableError(f"{done.returncode}: {done.stderr[-500:].decode(errors='replace')}") from full
    return done.returncode, done.stdout, done.stderr
