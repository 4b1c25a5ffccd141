import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import { ApiError } from "./api-error.ts";
import { callerKey } from "./caller-key.ts";

/** Bodies that one address may leave half sent at once; an ordinary one arrives together with its headers. */
const mostPerAddress = 100;

/** Refuses requests of an address of which too many stay without the rest of their body. */
export function limitUnfinishedRequests(app: FastifyInstance, most = mostPerAddress): void {
	const pending = new Map<string, Set<IncomingMessage>>();
	app.addHook("onRequest", (request, reply, done) => {
		const { raw, ip } = request;
		if (!raw.headers["content-length"] && !raw.headers["transfer-encoding"]) return done();
		const key = callerKey(ip);
		const mine = pending.get(key) ?? new Set();
		if (mine.size >= most) forgetFinished(mine);
		if (mine.size >= most) return done(tooMany(most));
		pending.set(key, mine.add(raw));
		const forget = () => {
			mine.delete(raw);
			if (mine.size === 0 && pending.get(key) === mine) pending.delete(key);
		};
		raw.once("close", forget);
		// Of one that is answered before its body has come, Node never says that it closes: the rest comes, or its connection goes.
		reply.raw.once("close", () => {
			if (isFinished(raw)) return forget();
			const { socket } = raw;
			socket.once("close", forget);
			raw.once("end", () => {
				socket.off("close", forget);
				forget();
			});
		});
		done();
	});
}

function forgetFinished(requests: Set<IncomingMessage>): void {
	for (const request of requests) if (isFinished(request)) requests.delete(request);
}

function isFinished({ complete, destroyed, readableEnded, socket }: IncomingMessage): boolean {
	return complete || destroyed || readableEnded || socket.destroyed;
}

function tooMany(most: number): ApiError {
	return new ApiError(
		429,
		"too.many.requests",
		"More than {maximum} requests of this address wait for the rest of their body. Finish these first.",
		{ params: { maximum: String(most) }, headers: { "retry-after": "10", connection: "close" } },
	);
}
