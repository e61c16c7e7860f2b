"""The program ffmpeg, which is optional: what it makes of files, and what it says of them. Knows no session."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from fractions import Fraction

from django.conf import settings

# Seconds for one run: only a disk that has stopped, or hours of film that must be encoded again, take as long.
PATIENCE = 600
# What the machine lacks, as ffmpeg words it: it says nothing of the file, and may be over in a minute.
LACKS = re.compile(
    rb"No space left|File too large|quota exceeded|Input/output error|Cannot allocate memory|Permission denied"
    rb"|Read-only file system|Too many open files|Resource temporarily unavailable"
)


# What tells kinds of files apart, beside what their decoders must know before the first packet.
KIND = {"codec_id", "dimensions", "sample_rate", "channel_layout_name"}
HEAD = re.compile(rb"#(\w+) (\d+): +(.+)")


class FfmpegUnableError(RuntimeError):
    """ffmpeg was killed, took too long, or lacks disk or memory: the file may be good, so try again later."""


@dataclass(frozen=True)
class Reading:
    """A file as it was read to its end, packet by packet."""

    seconds: float
    pictures: int
    # (name, track): value, such as ("dimensions", 0): "1280x720".
    heads: dict
    # Without a complaint: nothing in it is torn.
    is_clean: bool

    @property
    def has_audio(self):
        return "audio" in self._all("media_type")

    @property
    def dimensions(self):
        return self._all("dimensions")[0]

    @property
    def is_vp8(self):
        return set(self._all("codec_id")) <= {"vp8", "opus"}

    @property
    def needs_mp4(self):
        return not set(self._all("codec_id")) <= {"vp8", "vp9", "av1", "opus", "vorbis"}

    @property
    def kind(self):
        """Files of the same kind can be put one behind another. Opus says nothing there that its packets do not say."""
        own = {head: value for head, value in self.heads.items() if head[0] in KIND}
        extradata = {} if self.is_vp8 else {head: value for head, value in self.heads.items() if head[0] == "extradata"}
        return frozenset({**own, **extradata}.items())

    def _all(self, name):
        return [value for (key, _), value in self.heads.items() if key == name]


def find():
    """The program's path, or None."""
    return shutil.which(settings.FFMPEG)


def run(program, *arguments):
    """Whether ffmpeg did it, and without any complaint. Raises FfmpegUnableError."""
    code, _, complaints = _call(program, "-y", *arguments)
    return code == 0, not complaints.strip()


def read(program, path):
    """The Reading of a file, or None: there is no picture in it. Raises FfmpegUnableError."""
    code, packets, complaints = _call(program, "-i", path, "-map", "0", "-c", "copy", "-f", "framecrc", "-")
    heads, starts, ends, pictures = {}, [], [], 0
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


def _call(program, *arguments):
    command = [program, "-hide_banner", "-nostdin", "-loglevel", "error", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FfmpegUnableError(str(error)) from error
    if done.returncode < 0 or LACKS.search(done.stderr):
        raise FfmpegUnableError(f"{done.returncode}: {done.stderr[-500:].decode(errors='replace')}")
    return done.returncode, done.stdout, done.stderr
