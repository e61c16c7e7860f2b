// What many would take: rooms of socket.io, over its WebSocket transport.
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const server = new Server(http, { transports: ["websocket"], serveClient: false });

server.on("connection", (socket) => {
  const { room } = socket.handshake.query;
  socket.join(room);
  socket.on("said", (message) => server.to(room).emit("said", message));
});

http.listen(Number(process.argv[2]), "127.0.0.1");
