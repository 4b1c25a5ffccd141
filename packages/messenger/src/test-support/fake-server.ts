import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { ServerMessage, SessionState } from "../protocol.ts";

const built = new URL("../../dist/", import.meta.url);

/** An Inlay of one messenger: what is written is answered by the same words, louder. */
export async function fakeServer() {
	const script = readFileSync(new URL("messenger.js", built));
	const settings = {
		...{ title: "Shop", welcome: "Hello!", color: "#14463f", typing: true, files: true },
		form: [{ key: "name", label: "Your name", isRequired: true }],
	};
	const allowed = new Set<string>();
	const messages: ServerMessage[] = [];
	const attributes: unknown[] = [];
	/** Who came, as they said. */
	const hellos: Array<{ jwt?: string; token?: string }> = [];
	const sockets = new Set<WebSocket>();
	let state: SessionState = { phase: "new", isWritable: true, expiresAt: "2100-01-01T00:00:00Z" };
	const tell = (frame: object) => {
		for (const socket of sockets) socket.send(JSON.stringify(frame));
	};
	const http = createServer(({ url = "", headers: { origin = "" } }, answer) => {
		if (url.startsWith("/messenger/")) {
			answer.writeHead(200, { "content-type": "text/javascript" }).end(script);
			return;
		}
		const isAllowed = allowed.has(origin);
		const language = new URL(url, "http://x").searchParams.get("language") ?? "en";
		const words = language === "en" ? "{}" : readFileSync(new URL(`languages/${language}.json`, built), "utf8");
		answer.writeHead(isAllowed ? 200 : 403, {
			"content-type": "application/json",
			...(isAllowed ? { "access-control-allow-origin": origin } : {}),
		});
		answer.end(JSON.stringify({ ...settings, language, words: JSON.parse(words) }));
	});
	const add = (message: Omit<ServerMessage, "seq" | "at">) => {
		const kept = { ...message, seq: messages.length + 1, at: new Date().toISOString() };
		messages.push(kept);
		tell({ type: "message", ...kept });
		return kept.seq;
	};
	const now = () => new Date().toISOString();
	new WebSocketServer({ server: http }).on("connection", (socket) => {
		sockets.add(socket);
		socket.on("close", () => sockets.delete(socket));
		socket.on("message", (data) => {
			const frame = JSON.parse(data.toString());
			if (frame.type === "hello") {
				hellos.push(frame);
				socket.send(
					JSON.stringify({
						type: "session",
						...(frame.jwt ? {} : { token: "secret" }),
						from: frame.lastSeq,
						state,
						now: now(),
					}),
				);
				for (const one of messages.slice(frame.lastSeq)) socket.send(JSON.stringify({ type: "message", ...one }));
			}
			if (frame.type !== "message") return;
			if (frame.attributes) attributes.push(frame.attributes);
			const { clientId, text } = frame;
			const known = messages.find((one) => one.clientId === clientId);
			const seq = known?.seq ?? add({ direction: "inbound", text, clientId });
			socket.send(JSON.stringify({ type: "ack", clientId, seq }));
		});
	});
	await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
	return {
		origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
		allow: (origin: string) => void allowed.add(origin),
		messages,
		attributes,
		hellos,
		write: (text: string, name = "Anna") => add({ direction: "outbound", text, name }),
		stands(wanted: Partial<SessionState>) {
			state = { ...state, ...wanted };
			tell({ type: "state", state, now: now() });
		},
		close() {
			for (const socket of sockets) socket.terminate();
			http.close();
			http.closeAllConnections();
		},
	};
}

/**
 * A page of a shop, on an origin of its own, with a policy as strict as pages have; the server's script is all it lets in.
 * @param more attributes of the messenger's tag
 */
export async function shopPage(server: string, language = "en", more = "") {
	const policy = `default-src 'none'; script-src ${server}; connect-src ${server} ${server.replace(/^http/, "ws")}`;
	const tag = `<script src="${server}/messenger/messenger.js" data-deployment="m1" ${more} async></script>`;
	const html = `<!doctype html><html lang="${language}"><head><title>Shop</title>${tag}</head><body><main><h1>Shop</h1></main></body></html>`;
	const http = createServer((_request, answer) => {
		answer.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy }).end(html);
	});
	await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
	return {
		origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
		close() {
			http.close();
			http.closeAllConnections();
		},
	};
}
