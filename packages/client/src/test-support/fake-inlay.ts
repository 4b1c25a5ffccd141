import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { rightsTopic } from "@inlay/contract";
import { guardTurns } from "@inlay/framework";
import { type WebSocket, WebSocketServer } from "ws";
import { FakeCalls } from "./fake-calls.ts";
import { FakeDesk } from "./fake-desk.ts";
import { deploymentId, userId } from "./fake-ids.ts";
import { FakeMessages } from "./fake-messages.ts";
import { answerPlatform } from "./fake-platform.ts";
import { FakeStream } from "./fake-stream.ts";

const types: Record<string, string> = {
	".js": "text/javascript",
	".css": "text/css",
	".html": "text/html",
	".json": "application/json",
};

/** What a test may change before or while the panel runs. */
export interface FakeState {
	permissions: string[];
	access: { allowed: boolean; script?: number; problem?: { code: string; text: string; now?: true }; atWork?: true };
	bootProblem?: { code: string; text: string };
	/** Deployments that an address without one may mean; `mine` are those of the signed-in agent. */
	several?: { id: string; name: string; mine: boolean }[];
	/** What stands in the page of somebody else's. */
	host?: string;
	/** Origins that may embed the panel. */
	hosts?: string[];
	/** The agent's groups. */
	groups: { id: string; name: string }[];
	/** Switches of the deployment. */
	switches?: Record<string, boolean>;
	/** Source of framework.js; undefined means that the deployment has none. */
	script?: string;
	/** Source of version 2, which some have in place of version 1. */
	staged?: string;
	/** The sign-in page knows who is there and leads straight back, instead of showing itself. */
	signsInAtOnce?: boolean;
	tokens: Set<string>;
	/** Lifetime of tokens, seconds. */
	expiresIn: number;
	/** Seconds until an unused session ends, where there is such a limit. */
	idlesIn?: number;
	/** Refresh tokens that are good, used ones too for as long as a test lasts (decision 22); undefined where the grant has none. */
	refreshTokens?: Set<string>;
	presence: { id: string; systemPresence: string; modifiedDate: string };
	routingStatus: string;
	station?: { id: string; name: string };
	/** Somebody who is offline is found by name, too. */
	awayColleague?: boolean;
	/** A colleague of the same name is available, and no phone of theirs is connected. */
	phonelessColleague?: boolean;
	/** Why transfers are refused. */
	transferRefused?: string;
	/** What `GET /conversations/calls/history` answers. */
	history: unknown[];
	/** What `GET /users/{id}/callforwarding` answers. */
	forwarding: { enabled: boolean; calls: unknown[]; voicemail: string };
	/** What there is to hear of every call. */
	recordings: unknown[];
	/** What was said before in calls that are transcribed. */
	said: unknown[];
	/** Every REST call that changed something. */
	log: { method: string; path: string; body: unknown }[];
}

const manyPermissions = [
	"integration:customEmbeddableFramework:agent",
	"conversation:callForwarding:edit",
	"routing:agent:onqueue",
	"conversation:call:add",
	"conversation:call:record",
	"conversation:communication:blindTransfer",
];

/**
 * An Inlay server for the panel's browser tests: as little as a panel needs, in memory, and steered by the test.
 * The real server's behaviour is proven elsewhere (e2e/); this one shows states that a real one reaches rarely.
 */
export class FakeInlay {
	readonly state: FakeState = {
		permissions: manyPermissions,
		access: { allowed: true },
		tokens: new Set(),
		expiresIn: 3600,
		presence: { id: "p-available", systemPresence: "Available", modifiedDate: new Date().toISOString() },
		routingStatus: "OFF_QUEUE",
		history: [],
		recordings: [],
		said: [],
		forwarding: { enabled: false, calls: [], voicemail: "PURECLOUD" },
		groups: [],
		log: [],
	};
	readonly calls: FakeCalls;
	readonly messages: FakeMessages;
	readonly stream: FakeStream;
	readonly desk = new FakeDesk((topic, body) => this.#send(topic, body));
	readonly #dist: string;
	readonly #sockets = new Set<WebSocket>();
	readonly #frames: string[] = [];
	readonly #topics = new Set<string>();
	#server: Server | undefined;
	/** Refuses new WebSockets and REST calls, as a server that is down would. */
	down = false;
	/** Lets no WebSocket through, as some proxies do. */
	socketsBlocked = false;
	/** Serves the page of another build, and nothing of this one's code any more, as after an upgrade. */
	upgraded = false;
	base = "";
	/** What the panel has logged with its server. */
	readonly logged: string[] = [];
	/** What the panel has told the operator. */
	readonly reports: { code: string; text: string }[] = [];

	/** @param dist folder of the built panel */
	constructor(dist: string) {
		this.#dist = dist;
		this.calls = new FakeCalls(userId, (conversation) => this.announce("conversations", conversation));
		this.messages = new FakeMessages(this.calls, userId);
		this.stream = new FakeStream(this.calls);
	}

	async start(): Promise<this> {
		const server = createServer((request, response) => void this.#answer(request, response));
		const sockets = new WebSocketServer({
			noServer: true,
			handleProtocols: (names) => (names.has("xmpp") ? "xmpp" : false),
		});
		server.on("upgrade", (request, socket, head) => {
			if (this.down || this.socketsBlocked) return socket.destroy();
			sockets.handleUpgrade(request, socket, head, (opened) => this.#connected(request.url ?? "", opened));
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		this.#server = server;
		this.base = `http://localhost:${(server.address() as AddressInfo).port}`;
		return this;
	}

	async stop(): Promise<void> {
		this.dropSockets();
		this.#server?.closeAllConnections();
		await new Promise((resolve) => this.#server?.close(resolve));
	}

	/** Address of the panel. */
	panel(query = ""): string {
		return `${this.base}/crm/embeddableFramework.html?deployment=${deploymentId}${query}`;
	}

	/** Sends an event on one of the user's topics; those who are away get it when they resume. */
	announce(kind: string, eventBody: unknown): void {
		this.#send(`v2.users.${userId}.${kind}`, eventBody);
	}

	/** Something was said in a call that is transcribed: in no log, to those alone who follow it now. */
	saidIn(conversationId: string, message: object): void {
		const topicName = `v2.conversations.${conversationId}.transcription`;
		const frame = JSON.stringify({ topicName, eventBody: { conversationId, ...message } });
		if (this.#topics.has(topicName)) for (const socket of this.#sockets) socket.send(frame);
	}

	#send(topicName: string, eventBody: unknown): void {
		const frame = JSON.stringify({
			topicName,
			version: "2",
			eventBody,
			metadata: { position: this.#frames.length + 1 },
		});
		this.#frames.push(frame);
		for (const socket of this.#sockets) socket.send(frame);
	}

	/** Something about the deployment has changed. */
	announceDeployment(): void {
		const topicName = `v2.inlay.deployments.${deploymentId}`;
		for (const socket of this.#sockets) socket.send(JSON.stringify({ topicName, eventBody: {} }));
	}

	/** What the agent may do has changed. */
	announceRights(): void {
		this.#send(rightsTopic(userId), {});
	}

	system(topicName: string, eventBody: object = {}): void {
		for (const socket of this.#sockets) socket.send(JSON.stringify({ topicName, eventBody }));
	}

	dropSockets(): void {
		for (const socket of this.#sockets) socket.terminate();
		this.stream.drop();
	}

	/** Topics that the panel subscribed to. */
	get topics(): ReadonlySet<string> {
		return this.#topics;
	}

	setPresence(id: string, systemPresence: string): void {
		this.state.presence = { id, systemPresence, modifiedDate: new Date().toISOString() };
		const { modifiedDate } = this.state.presence;
		const upper = systemPresence === "On Queue" ? "ON_QUEUE" : systemPresence.toUpperCase();
		this.announce("presence", { presenceDefinition: { id, systemPresence: upper }, modifiedDate });
		this.setRoutingStatus(upper === "ON_QUEUE" ? "IDLE" : "OFF_QUEUE");
	}

	setRoutingStatus(status: string): void {
		this.state.routingStatus = status;
		this.announce("routingStatus", { id: userId, routingStatus: { status, startTime: new Date().toISOString() } });
	}

	#connected(url: string, socket: WebSocket): unknown {
		if (url.startsWith("/stream/")) return this.stream.connect(socket);
		this.#sockets.add(socket);
		socket.on("close", () => this.#sockets.delete(socket));
		socket.on("message", (data) => {
			if (String(data).includes("ping")) socket.send('{"topicName":"channel.metadata","eventBody":{"message":"pong"}}');
		});
		const position = new URL(url, this.base).searchParams.get("position");
		if (position) for (const frame of this.#frames.slice(Number(position))) socket.send(frame);
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
		if (this.down) {
			request.socket.destroy();
			return;
		}
		const url = new URL(request.url ?? "/", this.base);
		const body = await readBody(request);
		const send = (status: number, value?: unknown) => {
			response.writeHead(status, { "content-type": "application/json" });
			response.end(value === undefined ? undefined : JSON.stringify(value));
		};
		if (url.pathname.startsWith("/api/v2/")) return this.#answerApi(request, url, body, send);
		if (url.pathname === "/api/inlay/v1/diagnostics/client-log") {
			this.logged.push(...(JSON.parse(body) as { lines: { text: string }[] }).lines.map(({ text }) => text));
			return send(204);
		}
		if (url.pathname === "/api/inlay/v1/diagnostics/scripts") {
			this.reports.push(JSON.parse(body));
			return send(204);
		}
		if (
			url.pathname.startsWith("/api/inlay/v1/") &&
			this.messages.answer(request.method ?? "", url.pathname, body, send)
		)
			return;
		if (url.pathname.startsWith("/oauth/")) return this.#answerOAuth(url, body, response, send);
		if (url.pathname.endsWith(".json")) return send(200, this.#bootAnswer(url));
		if (url.pathname.endsWith("/framework.js")) {
			const headers = { "content-type": "text/javascript", "access-control-allow-origin": "*" };
			const { script = "", staged = script } = this.state;
			const source = url.searchParams.get("v") === "2" ? staged : script;
			response.writeHead(200, headers).end(url.searchParams.has("guards") ? (guardTurns(source) ?? source) : source);
			return;
		}
		// A page of somebody else's, to put the panel into.
		if (url.pathname === "/host")
			return response.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html>${this.state.host ?? ""}`);
		await this.#sendFile(url.pathname, response);
	}

	#answerApi(
		request: IncomingMessage,
		url: URL,
		body: string,
		send: (status: number, value?: unknown) => void,
	): unknown {
		const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
		if (!this.state.tokens.has(token))
			return send(401, { code: "bad.credentials", message: "Sign in again.", status: 401 });
		const path = url.pathname.slice(7);
		const parsed: unknown = body ? JSON.parse(body) : undefined;
		if (path.startsWith("/inlay/desk")) {
			return this.desk.answer(request.method ?? "GET", path, url.searchParams, parsed, send);
		}
		if (request.method !== "GET") this.state.log.push({ method: request.method ?? "", path, body: parsed });
		if (path.endsWith("/subscriptions") && request.method === "PUT") {
			for (const { id } of parsed as { id: string }[]) this.#topics.add(id);
		}
		if (this.messages.answer(request.method ?? "", path, parsed, send)) return;
		answerPlatform(this, request.method ?? "GET", path, parsed, url, token, send);
	}

	#bootAnswer(url: URL): unknown {
		const { bootProblem, access, script, staged } = this.state;
		if (url.pathname === "/crm/access.json") {
			const { expiresIn, idlesIn } = this.state;
			return { ...access, session: { expiresInSeconds: expiresIn, ...(idlesIn ? { idlesInSeconds: idlesIn } : {}) } };
		}
		const { several } = this.state;
		const choices = several?.map(({ id, name }) => ({ id, name, kind: "private", active: true }));
		if (url.pathname === "/crm/choices.json")
			return { choices: choices?.filter((_one, at) => several?.[at]?.mine), problem: bootProblem };
		if (choices && !url.searchParams.has("deployment") && url.pathname === "/crm/boot.json") {
			const problem = { code: "deployment.ambiguous", text: "Several" };
			return {
				organization: { id: "org", name: "Fake Ltd", country: "DE" },
				api: this.base,
				hosts: [],
				choices,
				problem,
			};
		}
		if (url.pathname === "/crm/signin.json") {
			return {
				clientId: "client-1",
				grant: "code",
				redirectUri: `${this.base}/crm/index.html`,
				windowRedirectUri: `${this.base}/crm/authWindow.html`,
			};
		}
		return {
			organization: { id: "org", name: "Fake Ltd", country: "DE" },
			api: this.base,
			region: "localhost",
			deployment: {
				id: url.searchParams.get("deployment") ?? deploymentId,
				name: "Test",
				kind: "private",
				active: true,
				...this.state.switches,
			},
			...(script === undefined
				? {}
				: { script: { ...scriptAt(1), ...(staged === undefined ? {} : { staged: scriptAt(2) }) } }),
			hosts: this.state.hosts ?? [],
			demo: false,
			problem: bootProblem,
		};
	}

	#answerOAuth(
		url: URL,
		body: string,
		response: ServerResponse,
		send: (status: number, value?: unknown) => void,
	): unknown {
		if (url.pathname === "/oauth/token") {
			const fields = new URLSearchParams(body);
			const { refreshTokens, tokens, expiresIn } = this.state;
			const isRenewal = refreshTokens?.has(fields.get("refresh_token") ?? "");
			if (!isRenewal && !fields.get("code_verifier"))
				return send(400, { error: "invalid_grant", error_description: "no verifier" });
			const token = randomUUID();
			tokens.add(token);
			this.state.log.push({ method: "POST", path: url.pathname, body: fields.get("grant_type") });
			refreshTokens?.add(`refresh-${token}`);
			const more = refreshTokens ? { refresh_token: `refresh-${token}` } : {};
			return send(200, { access_token: token, token_type: "bearer", expires_in: expiresIn, ...more });
		}
		const back = new URL(url.searchParams.get("redirect_uri") ?? "");
		back.searchParams.set("state", url.searchParams.get("state") ?? "");
		if (url.searchParams.has("provider")) {
			back.searchParams.set("error", "access_denied");
			return response.writeHead(302, { location: back.href }).end();
		}
		back.searchParams.set("code", "code-1");
		if (this.state.signsInAtOnce) return response.writeHead(302, { location: back.href }).end();
		response.writeHead(200, { "content-type": "text/html" });
		response.end(
			`<!doctype html><title>Sign in</title><a id="sign-in" href="${back.href.replaceAll("&", "&amp;")}">Sign in</a>`,
		);
	}

	async #sendFile(path: string, response: ServerResponse): Promise<void> {
		const below = path.replace(/^\/crm\//, "");
		const pages = ["authWindow.html", "interaction.html", "phoneWindow.html"];
		const named = below.replace(/^deployments\/[^/]+\/isolated\.html$/, "isolated.html");
		const file = below.startsWith("assets/") || pages.includes(below) || named !== below ? named : "index.html";
		const content = await readFile(join(this.#dist, file)).catch(() => undefined);
		if (this.upgraded) {
			const next = file.endsWith(".html") ? String(content).replace(/index-[\w-]+\.js/, "index-NEXT.js") : undefined;
			return void response.writeHead(next ? 200 : 404, { "content-type": "text/html" }).end(next);
		}
		// The frame of isolated scripts has no origin.
		const headers = { "content-type": types[extname(file)] ?? "text/plain", "access-control-allow-origin": "*" };
		response.writeHead(content ? 200 : 404, headers).end(content);
	}
}

function scriptAt(version: number) {
	return { url: `/crm/deployments/${deploymentId}/framework.js?v=${version}&guards=1`, version };
}

async function readBody(request: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts).toString();
}
