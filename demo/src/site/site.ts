import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createLimitedServer, listenFailed } from "@inlay/core";
import { pageHeaders } from "./page-headers.ts";
import { serveFile } from "./static-files.ts";

/** One answer of a site's own small API. */
export interface SiteAnswer {
	status: number;
	body: unknown;
}

export interface SiteRequest {
	method: string;
	/** Decoded parts of the path behind `/api/`. */
	path: string[];
	query: URLSearchParams;
	/** Parsed JSON; undefined without a body. */
	body: unknown;
}

export interface SiteOptions {
	/** Who wants the port, for the sentence when it is taken. */
	name: string;
	host: string;
	port: number;
	/** Where the built pages are, and the name of this site's. */
	folder: string;
	page: string;
	/** What the page is told at `/config.json`. */
	settings: unknown;
	/** Where browsers reach this site. Under a name of somebody else's that leads to this machine it answers nobody. */
	origin: string;
	/** The API's origin, to which the page may connect, and the panel's, which it may frame. */
	apiOrigin: string;
	panelOrigin: string;
	/** The page embeds the messenger, whose script is the API's. */
	embedsMessenger?: boolean;
	/** Who may frame the page beside itself, as CSP sources. */
	framedBy?: readonly string[];
	/** Answers requests below `/api/`; undefined for what it does not know. */
	answer?: (request: SiteRequest) => Promise<SiteAnswer | undefined>;
	log: (error: unknown) => void;
}

const largestBody = 256 * 1024;

/**
 * Starts a web server of its own origin: a built page, its settings, and a small API.
 *
 * @returns stops it
 * @throws StartError `port.taken`
 */
export async function startSite(options: SiteOptions): Promise<() => Promise<void>> {
	const server = createLimitedServer((request, response) => {
		handle(request, response, options).catch((error: unknown) => {
			options.log(error);
			if (!response.headersSent) sendJson(response, 500, { message: "Something went wrong in the demo's server." });
			else response.destroy();
		});
	});
	server.listen(options.port, options.host);
	try {
		await once(server, "listening");
	} catch (error) {
		throw listenFailed(error, options.host, { port: options.port, purpose: options.name });
	}
	return async () => {
		const closed = once(server, "close");
		server.close();
		server.closeAllConnections();
		await closed;
	};
}

async function handle(request: IncomingMessage, response: ServerResponse, options: SiteOptions): Promise<void> {
	for (const [name, value] of Object.entries(pageHeaders(options))) response.setHeader(name, value);
	const url = URL.parse(request.url ?? "/", "http://site");
	const path = decode(url?.pathname ?? "%");
	if (!url || path === undefined) return sendJson(response, 400, { message: "That address cannot be read." });
	if (!isOwnHost(request.headers.host, options.origin)) {
		return sendJson(response, 421, { message: `This server is ${options.origin}.` });
	}
	if (path.startsWith("/api/")) return handleApi(request, response, { ...options, path, query: url.searchParams });
	if (request.method !== "GET") return sendJson(response, 405, { message: "Only GET is answered here." });
	if (path === "/config.json") return sendJson(response, 200, options.settings);
	if (await serveFile(response, options.folder, options.page, path)) return;
	const text = path === "/" ? "This page is not built yet: run npm start." : "There is no such page.";
	response.writeHead(path === "/" ? 503 : 404, { "content-type": "text/plain; charset=utf-8" }).end(text);
}

async function handleApi(
	request: IncomingMessage,
	response: ServerResponse,
	{ path, query, answer }: SiteOptions & { path: string; query: URLSearchParams },
): Promise<void> {
	const method = request.method ?? "GET";
	if (!isOwnRequest(request)) return sendJson(response, 403, { message: "Only the page of this server may ask." });
	const text = await readText(request);
	if (text === undefined) return sendJson(response, 413, { message: "That is more than this server takes." });
	const body = text === "" ? undefined : parse(text);
	if (body === null) return sendJson(response, 400, { message: "The body must be a JSON object." });
	const found = await answer?.({ method, path: path.slice("/api/".length).split("/"), query, body });
	sendJson(response, found?.status ?? 404, found ? found.body : { message: "There is no such thing." });
}

const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

function isOwnHost(host: string | undefined, origin: string): boolean {
	const name = URL.parse(`http://${host}`)?.hostname ?? "";
	return loopbackNames.has(name) || name === URL.parse(origin)?.hostname;
}

/** Nobody signs in to the demo's servers, so other pages must not write through a visitor's browser. */
function isOwnRequest({ method, headers }: IncomingMessage): boolean {
	if (method === "GET") return true;
	if (!headers["content-type"]?.startsWith("application/json")) return false;
	return headers.origin === undefined || URL.parse(headers.origin)?.host === headers.host;
}

async function readText(request: IncomingMessage): Promise<string | undefined> {
	const parts: Buffer[] = [];
	let size = 0;
	for await (const part of request) {
		size += (part as Buffer).length;
		if (size > largestBody) return undefined;
		parts.push(part as Buffer);
	}
	return Buffer.concat(parts).toString();
}

/** An object; null for anything else. */
function parse(text: string): object | null {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "object" && !Array.isArray(value) ? value : null;
	} catch {
		return null;
	}
}

function decode(path: string): string | undefined {
	try {
		return decodeURIComponent(path);
	} catch {
		return undefined;
	}
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
	response.end(JSON.stringify(body));
}
