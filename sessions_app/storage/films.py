"""Joins the files that browsers recorded into one film that supports seeking.

What can be copied is copied, and the rest is encoded again. The result says which sources are not completely in the
film, so that nothing is deleted that exists nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sessions_app.storage import ffmpeg

SEEKABLE = {"webm": ["-cues_to_front", "1"], "mp4": ["-movflags", "+faststart"]}
VP8 = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M", "-c:a", "libopus", "-ar", "48000"]
SILENCE = ["-f", "lavfi", "-i", "anullsrc=channel_layout=mono:sample_rate=48000"]
# Seconds by which two readings of the same film may differ: in all, and for each place where two sources meet.
SLACK, SLACK_OF_JOIN = 0.5, 0.05


@dataclass(frozen=True)
class Stretch:
    """A source as it is in the film."""

    path: Path
    reading: ffmpeg.Reading
    # Otherwise it is what could be saved of the source.
    is_whole: bool


class Film(NamedTuple):
    path: Path | None
    seconds: float
    # For each source its Stretch; None if nothing of it is in the film.
    stretches: list[Stretch | None]

    @property
    def content_type(self) -> str:
        assert self.path is not None, "there is no film"
        return f"video/{self.path.suffix[1:]}"


def make(program: str, sources: Sequence[Path], folder: Path) -> Film:
    """The Film of `sources`, written to `folder`; without a path if nothing can be played. Raises FfmpegUnableError."""
    return _Maker(program, folder).film(sources)


class _Maker:
    def __init__(self, program: str, folder: Path) -> None:
        self._program, self._folder = program, folder

    def film(self, sources: Sequence[Path]) -> Film:
        readings = [ffmpeg.read(self._program, source) for source in sources]
        self._plan([reading for reading in readings if reading])
        pairs = enumerate(zip(sources, readings, strict=True))
        stretches = [self._stretch(number, source, reading) if reading else None for number, (source, reading) in pairs]
        path = self._joined([stretch for stretch in stretches if stretch])
        whole = ffmpeg.read(self._program, path) if path else None
        return Film(path, whole.seconds, stretches) if whole else Film(None, 0, [None] * len(sources))

    def _plan(self, readings: list[ffmpeg.Reading]) -> None:
        """Sources of one kind are copied; others become VP8 and Opus in WebM, with the dimensions of the first."""
        self._are_alike = len({reading.kind for reading in readings}) == 1
        self._has_audio = any(reading.has_audio for reading in readings)
        self._size = readings[0].dimensions if readings else ""
        self._ending = "mp4" if self._are_alike and readings[0].needs_mp4 else "webm"

    def _stretch(self, number: int, source: Path, reading: ffmpeg.Reading) -> Stretch | None:
        if self._are_alike or (reading.is_vp8 and reading.dimensions == self._size):
            copy = self._written(f"copy-{number}", reading, "-i", source, "-map", "0", "-c", "copy")
            if copy and copy.reading.pictures >= reading.pictures:
                return self._with_sound(copy)
        size = self._size.replace("x", ":")
        fitted = f"scale={size}:force_original_aspect_ratio=decrease,pad={size}:(ow-iw)/2:(oh-ih)/2,setsar=1"
        encoded = self._written(f"encoded-{number}", reading, "-i", source, "-vf", fitted, *VP8)
        return self._with_sound(encoded) if encoded else None

    def _with_sound(self, stretch: Stretch) -> Stretch | None:
        """Add silence to a stretch without sound among others with it: a film has the same tracks throughout."""
        if stretch.reading.has_audio or not self._has_audio:
            return stretch
        silence = [*SILENCE, "-c:v", "copy", "-c:a", "libopus", "-t", str(stretch.reading.seconds)]
        silent = self._written(f"silent-{stretch.path.stem}", stretch.reading, "-i", stretch.path, *silence)
        if silent is None:
            return None
        return Stretch(silent.path, silent.reading, stretch.is_whole and silent.is_whole)

    def _joined(self, stretches: list[Stretch]) -> Path | None:
        if len(stretches) < 2:
            return stretches[0].path if stretches else None
        script = self._folder / "stretches.txt"
        script.write_text("".join(f"file '{stretch.path.name}'\n" for stretch in stretches))
        source: list[str | Path] = ["-f", "concat", "-safe", "0", "-i", script]
        pictures = sum(stretch.reading.pictures for stretch in stretches)
        wanted = sum(stretch.reading.seconds for stretch in stretches), SLACK + SLACK_OF_JOIN * len(stretches)
        path, reading, _ = self._output("whole", *source, "-map", "0", "-c", "copy")
        if reading and reading.pictures >= pictures and _is_about(reading, *wanted):
            return path
        self._ending = "webm"
        path, reading, is_clean = self._output("encoded", *source, *VP8)
        return path if is_clean and reading and _is_about(reading, *wanted) else None

    def _written(self, name: str, source: ffmpeg.Reading, *arguments: str | Path) -> Stretch | None:
        """The Stretch that ffmpeg made of a source, if it plays as long."""
        path, reading, is_clean = self._output(name, *arguments)
        if not (reading and _is_about(reading, source.seconds, SLACK)):
            return None
        return Stretch(path, reading, source.is_clean and is_clean)

    def _output(self, name: str, *arguments: str | Path) -> tuple[Path, ffmpeg.Reading | None, bool]:
        """The file that ffmpeg wrote, its Reading if it can be played, and whether there were no error messages."""
        path = self._folder / f"{name}.{self._ending}"
        done, is_clean = ffmpeg.run(self._program, *arguments, *SEEKABLE[self._ending], path)
        return path, ffmpeg.read(self._program, path) if done else None, is_clean


def _is_about(reading: ffmpeg.Reading, seconds: float, slack: float) -> bool:
    return abs(reading.seconds - seconds) <= slack
