from __future__ import annotations

from enum import IntEnum

from supportcenter.refusals import Refused


class Code(IntEnum):
    """Why a socket was closed; docs/protocol.md says what the page does then."""

    DONE = 1000
    FAILED = 1011
    RESTART = 1012
    READING_TOO_SLOWLY = 1013
    NOT_UNDERSTOOD = 4400
    NOT_SIGNED_IN = 4401
    FORBIDDEN = 4403
    NO_SUCH_STREAM = 4404
    NO_FOLLOW_FRAME = 4408
    OPENED_ELSEWHERE = 4409
    OVER = 4410
    FRAME_TOO_LARGE = 4413
    TOO_MANY = 4429


class CloseWith(Exception):  # noqa: N818 - it ends a conversation, which is no error
    """Close this socket with that code."""

    def __init__(self, code: int) -> None:
        self.code = int(code)
        super().__init__(self.code)

    @classmethod
    def because_of(cls, refusal: Refused) -> CloseWith:
        """A refusal's HTTP status, as a close code: 403 is 4403."""
        return cls(4000 + refusal.status)
