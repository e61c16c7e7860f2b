import pytest

from sessions_app.actions.activities.activities import stop_activity
from tests.browser.media.programs import need
from tests.sessions_app.recordings import live, live_webm, running


@pytest.fixture
def recording(session, clock):
    return running(session, clock)


@pytest.fixture
def finished(session, clock, recording):
    """finished(): the recording, stopped and done with."""

    def finished():
        stop_activity(session, recording.activity, by=session.primary)
        clock.forward(seconds=12)
        recording.refresh_from_db()
        return recording

    return finished


@pytest.fixture(scope="session")
def webm():
    """webm(seconds): bytes as MediaRecorder sends them, with neither duration nor index."""
    program = need("ffmpeg", package="ffmpeg")
    made = {}

    def webm(seconds, *, sound=True):
        if (seconds, sound) not in made:
            made[seconds, sound] = live_webm(program, seconds, sound)
        return made[seconds, sound]

    return webm


@pytest.fixture(scope="session")
def mp4():
    """mp4(seconds): bytes as Safari sends them, in fragments, with neither duration nor index."""
    program = need("ffmpeg", package="ffmpeg")
    codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10", "-c:a", "aac"]
    ending = ["-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4"]
    return lambda seconds, *, sound=True: live(program, seconds, sound, codecs + ending)
