"""Recordings as a browser makes them, without one: ffmpeg writes webm of the same kind, and we cut it in pieces."""

import io
import subprocess
import zipfile

from sessions_app.actions.activities.activities import report_running, start_activity
from sessions_app.actions.recordings.chunks import take_chunk
from sessions_app.actions.recordings.recordings import ANNOUNCED_FOR
from sessions_app.models import Recording
from tests.browser.media.programs import need

WEBM, MP4 = "video/webm;codecs=vp8,opus", "video/mp4"


def announced(session):
    """A recording that everybody is told of, and that does not run yet."""
    activity = start_activity(session, "recording", by=session.primary)
    return activity, Recording.objects.get(activity=activity)


def running(session, clock):
    activity, recording = announced(session)
    clock.forward(seconds=ANNOUNCED_FOR.total_seconds())
    report_running(session, activity, details={}, by=session.primary)
    recording.refresh_from_db()
    return recording


def send(recording, data, *, name="first", number=0, age=0, content_type=WEBM, by=None):
    by = by or recording.session.primary
    return take_chunk(recording, name, number, data, content_type=content_type, age=age, by=by)


def send_in_pieces(recording, data, *, name="first", size=20_000, age=0, content_type=WEBM):
    for number, start in enumerate(range(0, len(data), size)):
        send(recording, data[start : start + size], name=name, number=number, age=age, content_type=content_type)


def live_webm(program, seconds, sound, size="320x180"):
    codecs = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"]
    return live(program, seconds, sound, [*codecs, "-f", "webm", "-live", "1"], size)


def live(program, seconds, sound, output, size="320x180"):
    picture = ["-f", "lavfi", "-i", f"testsrc=size={size}:rate=10:duration={seconds}"]
    tone = ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={seconds}"] if sound else []
    # To a pipe, where nothing can be written at the beginning afterwards.
    command = [program, "-v", "error", *picture, *tone, *output, "pipe:1"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def probed(path):
    """(seconds, codecs) as ffprobe reads them."""
    program = need("ffprobe", package="ffmpeg")
    command = [program, "-v", "error", "-show_entries", "format=duration:stream=codec_name", "-of", "csv=p=0", path]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    *codecs, seconds = [line.strip(",") for line in lines]
    return (None if seconds == "N/A" else float(seconds)), sorted(codecs)


def frame_at(path, seconds):
    """Whether a picture comes out when one jumps there."""
    program = need("ffmpeg", package="ffmpeg")
    command = [program, "-v", "error", "-ss", str(seconds), "-i", path, "-frames:v", "1", "-f", "rawvideo", "pipe:1"]
    return len(subprocess.run(command, check=True, capture_output=True).stdout) > 0


def unpacked(file):
    with zipfile.ZipFile(io.BytesIO(file.read())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
