/** The server of `inlay dev`: the script and its tap for the panel, the inspector, and a socket for each of them. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { listenFailed } from "@inlay/core/config/ports";
import { WebSocketServer } from "ws";
import type { Certificate } from "./certificate.ts";
import type { Meeting } from "./meeting.ts";

export interface DevServerParts {
	port: number;
	/** The panel's origin: no other page's script may speak for a panel. */
	panelOrigin: string;
	meeting: Meeting;
	/** What stands at an address; undefined where nothing does. */
	answer(path: string): { type: string; body: string } | undefined;
	/** Answers what the inspector sends as JSON to an address. Rejects with an Error to show. */
	ask(path: string, body: unknown): Promise<unknown>;
	/** For a second server, by https, of the script alone, which panels of any Inlay or original may load. */
	https?: { port: number; certificate: Certificate; script: () => string };
}

export interface DevServer {
	/** Without a slash at the end. */
	origin: string;
	secureOrigin: string | undefined;
	close(): Promise<void>;
}

/** The inspector sends one entry at a time. */
const largestBody = 1024 * 1024;
const loopback = "127.0.0.1";

/** Rejects with StartError where a port is taken. */
export async function startDevServer(parts: DevServerParts): Promise<DevServer> {
	const origins = new Set<string>();
	const listener: RequestListener = (request, response) => {
		handle(request, response, parts, origins).catch((error: unknown) => {
			if (response.headersSent) response.destroy();
			else send(response, 500, "text/plain", error instanceof Error ? error.message : String(error));
		});
	};
	const sockets = new WebSocketServer({ noServer: true, maxPayload: 16 * largestBody });
	const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		const role = roleOf(request, parts, origins);
		if (!role) return void socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n");
		sockets.handleUpgrade(request, socket, head, (opened) => parts.meeting.join(role, opened));
	};
	const plain = createServer(listener).on("upgrade", upgrade);
	const origin = await listen(plain, parts.port, "http", "--dev-port");
	for (const name of ["localhost", loopback]) origins.add(origin.replace("localhost", name));
	const { https } = parts;
	const secure =
		https &&
		createSecureServer(https.certificate, (request, response) => serveScript(request, response, https.script()));
	const secureOrigin = https && secure ? await listen(secure, https.port, "https", "--https-port") : undefined;
	return {
		origin,
		secureOrigin,
		close: async () => {
			for (const socket of sockets.clients) socket.terminate();
			for (const server of secure ? [plain, secure] : [plain]) {
				server.close();
				server.closeAllConnections();
			}
		},
	};
}

/** @returns its origin */
async function listen(server: Server, port: number, scheme: string, flag: string): Promise<string> {
	server.listen(port, loopback);
	await once(server, "listening").catch((error: unknown) => {
		throw listenFailed(error, loopback, { port, purpose: `inlay dev (${scheme})`, flag });
	});
	return `${scheme}://localhost:${(server.address() as AddressInfo).port}`;
}

/** As it is, without what tells an inspector: a panel that is not ours to speak with loads it by `<script>`. */
function serveScript({ method, url, headers }: IncomingMessage, response: ServerResponse, script: string): void {
	const isLocal = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(headers.host ?? "");
	const isThere = isRead(method) && URL.parse(url ?? "", "https://dev")?.pathname === "/framework.js";
	response.setHeader("cross-origin-resource-policy", "cross-origin");
	if (!isLocal) send(response, 421, "text/plain", "This is inlay dev on this machine.");
	else if (!isThere) send(response, 404, "text/plain", "There is /framework.js here, and nothing else.");
	else send(response, 200, "text/javascript", script);
}

/** HEAD is answered as GET is; Node leaves the body out. */
function isRead(method: string | undefined): boolean {
	return method === "GET" || method === "HEAD";
}

/** Under a name of somebody else's that leads to this machine, the server answers nobody. */
function isOwnHost(request: IncomingMessage, origins: ReadonlySet<string>): boolean {
	const { host } = request.headers;
	return origins.has(`http://${host}`);
}

/** Who opens a socket is known by the origin that the browser says. */
function roleOf(
	request: IncomingMessage,
	{ panelOrigin }: DevServerParts,
	origins: ReadonlySet<string>,
): "panel" | "inspector" | undefined {
	const { origin = "" } = request.headers;
	if (!isOwnHost(request, origins)) return undefined;
	if (request.url === "/panel" && origin === panelOrigin) return "panel";
	return request.url === "/inspector" && origins.has(origin) ? "inspector" : undefined;
}

async function handle(
	request: IncomingMessage,
	response: ServerResponse,
	parts: DevServerParts,
	origins: ReadonlySet<string>,
): Promise<void> {
	const path = URL.parse(request.url ?? "", "http://dev")?.pathname ?? "";
	if (!isOwnHost(request, origins)) return send(response, 421, "text/plain", "This is inlay dev on this machine.");
	if (request.method === "POST") {
		if (!origins.has(request.headers.origin ?? "")) return send(response, 403, "text/plain", "Not for other pages.");
		const answer = await parts.ask(path, JSON.parse(await bodyOf(request)));
		return send(response, 200, "application/json", JSON.stringify(answer));
	}
	const found = isRead(request.method) ? parts.answer(path) : undefined;
	if (!found) return send(response, 404, "text/plain", "There is nothing here.");
	// The panel may be of another site; pages of anybody else do not read an unpublished script.
	const isLocal = /^https?:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(parts.panelOrigin);
	response.setHeader("cross-origin-resource-policy", isLocal ? "same-site" : "cross-origin");
	// The panel asks for the script by CORS, as browsers tell of errors of such alone.
	response.setHeader("access-control-allow-origin", parts.panelOrigin);
	send(response, 200, found.type, found.body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let text = "";
	for await (const chunk of request.setEncoding("utf8")) {
		text += chunk;
		if (text.length > largestBody) throw new Error("That is too much.");
	}
	return text;
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
	response.writeHead(status, {
		"content-type": `${type}; charset=utf-8`,
		"cache-control": "no-store",
		"x-content-type-options": "nosniff",
		// A page around the inspector could lead clicks to it.
		"content-security-policy": "frame-ancestors 'self'",
	});
	response.end(body);
}
