import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { BlockList, isIPv6, type Socket } from "node:net";
import type { OperatorLog } from "../operator-log.ts";
import { callerKey, strangerAt } from "./caller-key.ts";

/** How long a server waits for whoever is connected, in ms, and for how many of one address. */
export interface ConnectionLimits {
	/** From the connection, or the answer before, to the end of a request's headers. */
	headersMs: number;
	/** From its first byte to the end of a request's body. */
	requestMs: number;
	/** How often the two above are looked at. */
	checkMs: number;
	/** A connection that waits for its next request; longer than reverse proxies keep theirs. */
	keepAliveMs: number;
	/** A connection on which nothing moves in the middle of an answer. WebSockets have their own rules. */
	stuckMs: number;
	/** Connections of one address at once; WebSockets count. */
	perAddress: number;
}

export const defaultLimits: ConnectionLimits = {
	headersMs: 10_000,
	requestMs: 30_000,
	checkMs: 2_000,
	keepAliveMs: 72_000,
	stuckMs: 120_000,
	perAddress: 10_000,
};

export interface ServerOptions {
	limits?: Partial<ConnectionLimits>;
	/** Reverse proxies: everybody comes from their addresses, so these have no limit of connections. */
	trustProxy?: readonly string[];
	/** Hears of requests that nobody may make, and of addresses that open too many connections. */
	operators?: Pick<OperatorLog, "warn">;
	/** Another listener for a request, such as that of a second host name on the same port. */
	elsewhere?(request: IncomingMessage): RequestListener | undefined;
}

/** An HTTP server on which nothing stays unfinished for ever. It does not listen yet. */
export function createLimitedServer(listener: RequestListener, options: ServerOptions = {}): Server {
	const limits = { ...defaultLimits, ...options.limits };
	const { elsewhere } = options;
	const server = createServer(
		{ connectionsCheckingInterval: limits.checkMs, headersTimeout: limits.headersMs, requestTimeout: limits.requestMs },
		(request, response) => {
			// It could not be answered any more.
			if (request.socket.writableEnded) return void request.socket.destroy();
			(elsewhere?.(request) ?? listener)(request, response);
		},
	);
	server.keepAliveTimeout = limits.keepAliveMs;
	server.setTimeout(limits.stuckMs);
	limitPerAddress(server, limits.perAddress, networksOf(options.trustProxy ?? []), options.operators);
	return server;
}

function limitPerAddress(server: Server, most: number, exempt: BlockList, operators: ServerOptions["operators"]): void {
	const open = new Map<string, number>();
	server.on("connection", (socket: Socket) => {
		const address = socket.remoteAddress;
		if (!address || exempt.check(address, isIPv6(address) ? "ipv6" : "ipv4")) return;
		const key = callerKey(address);
		const count = (open.get(key) ?? 0) + 1;
		if (count > most) {
			operators?.warn(
				{ event: "access.refused", code: "too.many.connections", address: key },
				"a connection was refused",
				strangerAt(address),
			);
			return socket.destroy();
		}
		open.set(key, count);
		socket.once("close", () => {
			const left = (open.get(key) ?? 1) - 1;
			if (left > 0) open.set(key, left);
			else open.delete(key);
		});
	});
}

function networksOf(addresses: readonly string[]): BlockList {
	const list = new BlockList();
	for (const one of addresses) {
		const [address = "", bits] = one.split("/");
		const family = isIPv6(address) ? "ipv6" : "ipv4";
		if (bits === undefined) list.addAddress(address, family);
		else list.addSubnet(address, Number(bits), family);
	}
	return list;
}
