import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import proxyAddress from "@fastify/proxy-addr";
import { type WebSocket, WebSocketServer } from "ws";
import { databaseRefusal } from "../database/database-errors.ts";
import type { OperatorLog } from "../operator-log.ts";
import { ApiError } from "./api-error.ts";
import { strangerAt } from "./caller-key.ts";
import type { AddressRule } from "./guard.ts";
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
	/** Decides before the handshake; anything but 101 refuses with that status. */
	accept(request: IncomingMessage, params: Record<string, string>): Promise<number>;
	connected(socket: WebSocket, params: Record<string, string>, request: IncomingMessage): void;
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
	{ allowsOrigin = async () => true, allowsAddress = () => true, operators, trustProxy = [] }: WebSocketRules = {},
): AttachedWebSockets {
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
	const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		const path = pathOf(request);
		if (path === undefined) return refuse(socket, 400);
		const { origin } = request.headers;
		if (origin !== undefined && !(await allowsOrigin(origin))) {
			const line = { event: "access.refused", code: "origin.not.allowed", origin };
			operators?.warn(line, "a page may open no socket", strangerAt(proxyAddress(request, trusts)));
			return refuse(socket, 403);
		}
		for (const { endpoint, wss } of servers) {
			const match = endpoint.path.exec(path);
			if (!match) continue;
			const address = proxyAddress(request, trusts);
			if (endpoint.ownPeople && !(await allowsAddress(address))) {
				const line = { event: "access.refused", code: addressCode, address };
				operators?.warn(line, "a socket was refused", strangerAt(address));
				return refuse(socket, 401, addressCode);
			}
			const params = { ...match.groups };
			const status = await endpoint.accept(request, params).catch(statusOf);
			if (status !== 101) return refuse(socket, status);
			wss.handleUpgrade(request, socket, head, (ws) => {
				// Too large or malformed frames: ws closes the socket with the right code. Unheard, the error would end the process.
				ws.on("error", () => {});
				if (endpoint.ownPeople) {
					own.set(ws, address);
					ws.on("close", () => own.delete(ws));
				}
				endpoint.connected(ws, params, request);
			});
			return;
		}
		refuse(socket, 404);
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
	500: "Internal Server Error",
	503: "Service Unavailable",
};

function statusOf(error: unknown): number {
	return databaseRefusal(error)?.status ?? 500;
}

/** Codes of the `ErrorBody` (platform-api 4.3) in which a socket is refused, as any other request is. */
const codes: Record<number, string> = {
	400: "bad.request",
	401: "bad.credentials",
	403: "origin.not.allowed",
	404: "not.found",
	503: "service.unavailable",
};

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
		...(status === 503 ? { "retry-after": "2" } : {}),
	};
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	socket.end(`HTTP/1.1 ${status} ${reasons[status] ?? "Refused"}\r\n${lines.join("")}\r\n${body}`);
}
