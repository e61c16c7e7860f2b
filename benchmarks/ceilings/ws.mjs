// The ceiling: rooms on node's `ws`, nothing else. Encodes a message once for everybody in the room.
import { WebSocketServer } from "ws";

const rooms = new Map();
const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]), perMessageDeflate: false });

server.on("connection", (socket, request) => {
  const name = request.url;
  const room = rooms.get(name) ?? new Set();
  rooms.set(name, room.add(socket));
  socket.on("message", (text) => onMessage(socket, room, JSON.parse(text)));
  socket.on("close", () => room.delete(socket) && room.size === 0 && rooms.delete(name));
});

function onMessage(socket, room, message) {
  if (message.type === "ping") {
    socket.send('{"type":"pong"}');
    return;
  }
  const text = Buffer.from(JSON.stringify(message));
  for (const each of room) each.send(text, { binary: false });
}
