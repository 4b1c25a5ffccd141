import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import proxyAddress from "@fastify/proxy-addr";
import { type WebSocket, WebSocketServer } from "ws";
import { databaseRefusal, valueRefusal } from "../database/database-errors.ts";
import type { OperatorLog } from "../operator-log.ts";
import { ApiError } from "./api-error.ts";
import { callerKey, strangerAt } from "./caller-key.ts";
import { FairShare } from "./fair-share.ts";
import type { AddressRule } from "./guard.ts";
import { RateLimiter } from "./rate-limit.ts";
import { securityHeaders } from "./security-headers.ts";

/** A WebSocket endpoint of a domain. */
export interface WebSocketEndpoint {
	/** Matched against the path without query and prefix; groups become `params`. */
	path: RegExp;
	/** Chosen when the client offers it; a client that offers none is let in without. */
	subprotocol?: string;
	/** Largest accepted message in bytes. */
	maxPayload: number;
	/** For the organization's own people and programs alone: open where its list of addresses lets them work, and as long. */
	ownPeople?: boolean;
	/** Whether this process knows the secret in the path: whoever brings it is not counted, and waits for no stranger. */
	isKnown?(params: Record<string, string>): boolean;
	/** Decides before the handshake; anything but 101 refuses with that status. 403: the page is none of those that may. */
	accept(request: IncomingMessage, params: Record<string, string>): Promise<number>;
	/** @param address of the caller, as far as proxies are trusted to say it */
	connected(socket: WebSocket, params: Record<string, string>, request: IncomingMessage, address: string): void;
}

/** Paths that SDK users may set as login or API prefix (platform-api 1.1). */
export const pathPrefixes = /^\/(?:login|platform)(?=\/)/;

/**
 * Whether a page of this origin may open sockets. Programs outside browsers send no origin and are let in: what opens a
 * socket is a secret, and the origin only keeps a browser from being used by somebody else's page.
 */
export type OriginRule = (origin: string) => Promise<boolean>;

export interface WebSocketRules {
	allowsOrigin?: OriginRule;
	/** Whether anybody may work from an address. */
	allowsAddress?: AddressRule;
	operators?: Pick<OperatorLog, "warn">;
	/** Reverse proxies that say whom they speak for. */
	trustProxy?: readonly string[];
	/** Of one address, by whoever brings no secret that is known, as requests without a token; 0: as many as they like. */
	strangersPerMinute?: number;
}

export interface AttachedWebSockets {
	/** Ends what is open for an address from which nobody may work any more. */
	endDisallowed(): Promise<void>;
	close(): void;
}

/** Routes upgrade requests of an HTTP server to the domains' endpoints. */
export function attachWebSockets(
	server: Server,
	endpoints: WebSocketEndpoint[],
	rules: WebSocketRules = {},
): AttachedWebSockets {
	const { allowsOrigin = async () => true, allowsAddress = () => true, operators, trustProxy = [] } = rules;
	// Before anything is looked up: a thousand guesses of one address cost a count each, and the others one look after the other.
	const strangers = new RateLimiter(rules.strangersPerMinute ?? 0);
	const turns = new FairShare(strangersAtOnce);
	const trusts = proxyAddress.compile([...trustProxy]);
	/** Open sockets of the organization's own people, and where they come from. */
	const own = new Map<WebSocket, string>();
	const servers = endpoints.map((endpoint) => ({
		endpoint,
		wss: new WebSocketServer({
			noServer: true,
			maxPayload: endpoint.maxPayload,
			handleProtocols: (offered) => pickProtocol(offered, endpoint.subprotocol),
		}),
	}));
	const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		socket.on("error", () => socket.destroy());
		upgrade(request, socket, head).catch((error) => refuse(socket, statusOf(error)));
	};
	const tellOrigin = (origin: string | undefined, address: string) => {
		const line = { event: "access.refused", code: "origin.not.allowed", ...(origin === undefined ? {} : { origin }) };
		operators?.warn(line, "a page may open no socket", strangerAt(address));
	};
	const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		const path = pathOf(request);
		if (path === undefined) return refuse(socket, 400);
		const address = proxyAddress(request, trusts);
		const found = servers.flatMap(({ endpoint, wss }) => {
			const match = endpoint.path.exec(path);
			return match ? [{ endpoint, wss, params: { ...match.groups } }] : [];
		})[0];
		const isKnown = found?.endpoint.isKnown?.(found.params) ?? false;
		if (!isKnown) strangers.use(callerKey(address));
		const { origin } = request.headers;
		if (origin !== undefined && !(await allowsOrigin(origin))) {
			tellOrigin(origin, address);
			return refuse(socket, 403);
		}
		if (!found) return refuse(socket, 404);
		const { endpoint, wss, params } = found;
		if (endpoint.ownPeople && !(await allowsAddress(address))) {
			const line = { event: "access.refused", code: addressCode, address };
			operators?.warn(line, "a socket was refused", strangerAt(address));
			return refuse(socket, 401, addressCode);
		}
		const accept = () => endpoint.accept(request, params).catch(statusOf);
		const status = await (isKnown ? accept() : turns.run(callerKey(address), accept));
		if (status === 403) tellOrigin(origin, address);
		if (status !== 101) return refuse(socket, status);
		wss.handleUpgrade(request, socket, head, (ws) => {
			// Too large or malformed frames: ws closes the socket with the right code. Unheard, the error would end the process.
			ws.on("error", () => {});
			if (endpoint.ownPeople) {
				own.set(ws, address);
				ws.on("close", () => own.delete(ws));
			}
			endpoint.connected(ws, params, request, address);
		});
	};
	server.on("upgrade", onUpgrade);
	return {
		async endDisallowed() {
			for (const [ws, address] of own) if (!(await allowsAddress(address))) ws.close(1008, addressCode);
		},
		close() {
			server.off("upgrade", onUpgrade);
			for (const { wss } of servers) {
				for (const client of wss.clients) client.close(1001, "server stopping");
				wss.close();
			}
		},
	};
}

/** The path without prefix and query; undefined when it is not properly encoded. */
function pathOf(request: IncomingMessage): string | undefined {
	try {
		return decodeURI((request.url ?? "").split("?")[0] ?? "").replace(pathPrefixes, "");
	} catch {
		return undefined;
	}
}

function pickProtocol(offered: Set<string>, wanted: string | undefined): string | false {
	if (wanted && offered.has(wanted)) return wanted;
	return offered.size === 0 ? false : ([...offered][0] ?? false);
}

const reasons: Record<number, string> = {
	400: "Bad Request",
	401: "Unauthorized",
	403: "Forbidden",
	404: "Not Found",
	429: "Too Many Requests",
	500: "Internal Server Error",
	503: "Service Unavailable",
};

function statusOf(error: unknown): number {
	if (error instanceof ApiError) return error.status;
	return (valueRefusal(error) ?? databaseRefusal(error))?.status ?? 500;
}

/** Codes of the `ErrorBody` (platform-api 4.3) in which a socket is refused, as any other request is. */
const codes: Record<number, string> = {
	400: "bad.request",
	401: "bad.credentials",
	403: "origin.not.allowed",
	404: "not.found",
	429: "too.many.requests",
	503: "service.unavailable",
};

/** Seconds. Who is counted has to wait for the minute's end at most. */
const retryAfter: Record<number, string> = { 429: "30", 503: "2" };
/** Of one address, without a secret that is known: so many are looked up at a time. */
const strangersAtOnce = 4;
const addressCode = "ip.not.authorized";

function refuse(socket: Duplex, status: number, code = codes[status] ?? "internal.server.error"): void {
	const contextId = randomUUID();
	const text = "No WebSocket is opened here: {reason}.";
	const params = { reason: reasons[status] ?? "Refused" };
	const error = new ApiError(status, code, text, { params });
	const body = JSON.stringify(error.body(contextId));
	const headers = {
		...securityHeaders(),
		connection: "close",
		"content-type": "application/json; charset=utf-8",
		"content-length": String(Buffer.byteLength(body)),
		"inin-correlation-id": contextId,
		...(retryAfter[status] ? { "retry-after": retryAfter[status] } : {}),
	};
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	socket.end(`HTTP/1.1 ${status} ${reasons[status] ?? "Refused"}\r\n${lines.join("")}\r\n${body}`);
}
