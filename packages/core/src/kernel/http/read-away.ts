import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/** Of one body that nobody wants; where more comes, the connection ends. */
const mostBytes = 128 * 1024 * 1024;
/** So long a connection that ends takes what is on its way still, ms. */
const lingerMs = 2_000;

/** Sockets on which the rest of a body comes whose request has been answered. */
const readingAway = new WeakSet<Socket>();

/**
 * Lets an answer arrive that is given before its request's body has come: a refused file, a body that is too large. Browsers
 * read no answer before they have sent everything, and a connection that is cut with something unread on it takes the
 * answer away with it. So the rest is read away; it has the time of any body, and the connection goes on with the next request.
 */
export function readRestsAway(app: FastifyInstance, most = mostBytes): void {
	app.addHook("onSend", (request, reply, payload: unknown, done) => {
		const { raw } = request;
		if (raw.complete || raw.destroyed || !raw.socket) return done(null, payload);
		if (declared(raw) > most) reply.header("connection", "close");
		reply.raw.once("finish", () => readAway(raw));
		endGently(raw.socket);
		done(null, payload);
	});
}

/** Whether the request on it has been answered, so that nothing more is to be said of it. */
export function isReadingAway(socket: Socket): boolean {
	return readingAway.has(socket);
}

/** Ends a connection so that what was written last arrives: what comes still is taken, for two seconds. */
export function endLingering(socket: Socket): void {
	socket.end();
	socket.resume();
	const cut = setTimeout(() => socket.destroy(), lingerMs);
	socket.once("close", () => clearTimeout(cut));
}

function readAway(raw: IncomingMessage): void {
	if (raw.complete || raw.destroyed) return;
	const { socket } = raw;
	readingAway.add(socket);
	raw.once("end", () => readingAway.delete(socket));
	// It flows with that also when whoever has read it lets go of it only now.
	raw.on("data", () => undefined).resume();
}

/** Node calls this of a connection that has had its last answer, and cuts it as soon as that is out. */
function endGently(socket: Socket): void {
	socket.destroySoon = () => endLingering(socket);
}

/** What is sent in pieces (`chunked`) does not say how much it is. */
function declared({ headers }: IncomingMessage): number {
	return Number(headers["content-length"] ?? Number.POSITIVE_INFINITY);
}
