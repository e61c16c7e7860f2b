"""How each contender is spoken to: where a room is, how to come in, say something, and know it when it arrives."""

import json
from uuid import uuid4


class Plain:
    """JSON texts, as the textbook room and `ws` take them."""

    delivery = b'"t":'
    speaker_hears = True

    def path(self, room):
        return f"/ws/open/{room}/"

    def greet(self, wire, after=0):
        """Come in; `after` is how much has been said before."""

    def settle(self, wire):
        """Wait until everybody in the room hears what is said."""

    def keep(self, wire, said):
        """A client that comes in now begins after so many messages."""

    def say(self, moment, body):
        return self.text(type="said", t=moment, body=body)

    def ping(self):
        return self.text(type="ping")

    def block(self, seconds):
        return self.text(type="block", seconds=seconds)

    def text(self, **message):
        return json.dumps(message, separators=(",", ":")).encode()


class Product(Plain):
    """docs/protocol.md."""

    delivery = b'{"frame":"event"'

    def greet(self, wire, after=0):
        wire.send(self.text(frame="follow", after=after, page=uuid4().hex, secret="tab"))
        wire.wait_for(b'"following"')

    def settle(self, wire):
        settled = b""
        while b'"data":true' not in settled:
            wire.send(self.signal("settled"))
            settled = wire.wait_for(b'"settled"')

    def keep(self, wire, said):
        wire.send(self.signal("keep", seq=said))
        wire.wait_for(b'"kept"')

    def say(self, moment, body):
        return self.signal("say", t=moment, body=body)

    def ping(self):
        return self.text(frame="ping")

    def block(self, seconds):
        return self.signal("block", seconds=seconds)

    def signal(self, type, **data):
        return self.text(frame="signal", type=type, to=None, data=data)


class SocketIo(Plain):
    """Engine.io 4 on its WebSocket transport. Its own pings come every 25 seconds: later than any run ends."""

    delivery = b'42["said"'

    def path(self, room):
        return f"/socket.io/?EIO=4&transport=websocket&room={room}"

    def greet(self, wire, after=0):
        wire.wait_for(b"0{")
        wire.send(b"40")
        wire.wait_for(b"40{")

    def say(self, moment, body):
        return b'42["said",' + self.text(t=moment, body=body) + b"]"


class MeshRelay(Plain):
    """MeshCentral's relay: the second who comes is the first one's pair, and hears what that one says, not both."""

    speaker_hears = False

    def path(self, room):
        return f"/meshrelay.ashx?id={room}"

    def settle(self, wire):
        # "Connected", told to both.
        wire.wait_for(b"c")


class MeshInterUser(Plain):
    """MeshCentral's messages between users: all its sessions are the one room, and the speaker's is not told."""

    delivery = b'"interuser"'
    speaker_hears = False

    def path(self, room):
        return "/control.ashx"

    def greet(self, wire, after=0):
        wire.wait_for(b'"serverinfo"')

    def say(self, moment, body):
        return self.text(action="interuser", userid="user//admin", data={"t": moment, "body": body})
