// socketio.mjs as one of several processes, which hear one another by Redis.
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";

const [port, url] = process.argv.slice(2);
const publisher = createClient({ url });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

const http = createServer();
const adapter = createAdapter(publisher, subscriber);
const server = new Server(http, { adapter, transports: ["websocket"], serveClient: false });

server.on("connection", (socket) => {
  const { room } = socket.handshake.query;
  socket.join(room);
  socket.on("said", (message) => server.to(room).emit("said", message));
});

http.listen(Number(port), "127.0.0.1");
