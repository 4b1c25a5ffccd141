/**
 * The load generator of bench/api.ts, a process of its own: keep-alive connections that send their requests one after
 * the other, each as soon as the last one is answered. It reads answers itself, as an HTTP library would cost more time
 * than the server under test leaves on two cores.
 */

import { connect, type Socket } from "node:net";
import { answerOrders } from "./support/child.ts";

export interface HttpRequest {
	method: "GET" | "PATCH";
	path: string;
	token: string;
	/** JSON. */
	body?: string;
}

export interface HttpOrder {
	port: number;
	/** The warm-up is over when it has taken so long and so many requests were answered, or has taken `longestWarmUpMs`. */
	warmUpMs: number;
	warmUpRequests: number;
	longestWarmUpMs: number;
	measureMs: number;
	/** One list per connection; a connection goes round in its list. */
	connections: HttpRequest[][];
}

export interface HttpReport {
	perSecond: number;
	/** Each answer's time from the request's last byte, in ms. */
	latencies: number[];
	/** All answers, those of the warm-up included. */
	answered: number;
	/** Answers other than 2xx, with the first of them. */
	failed: number;
	firstFailure?: string;
}

const lookEveryMs = 100;

answerOrders(measure);

async function measure(order: HttpOrder): Promise<HttpReport> {
	const connections = order.connections.map((requests) => new Connection(order.port, requests));
	await Promise.all(connections.map((connection) => connection.start()));
	const answeredBy = () => connections.reduce((sum, connection) => sum + connection.latencies.length, 0);
	await pause(order.warmUpMs);
	for (let ms = order.warmUpMs; ms < order.longestWarmUpMs && answeredBy() < order.warmUpRequests; ms += lookEveryMs)
		await pause(lookEveryMs);
	const warmUp = answeredBy();
	for (const connection of connections) connection.latencies = [];
	const startedAt = performance.now();
	await pause(order.measureMs);
	const seconds = (performance.now() - startedAt) / 1000;
	const latencies = connections.flatMap((connection) => connection.latencies);
	const failures = connections.flatMap((connection) => connection.failures);
	for (const connection of connections) connection.stop();
	return {
		perSecond: latencies.length / seconds,
		latencies,
		answered: warmUp + latencies.length,
		failed: failures.length,
		firstFailure: failures[0],
	};
}

class Connection {
	latencies: number[] = [];
	readonly failures: string[] = [];
	readonly #port: number;
	readonly #requests: Buffer[];
	#socket: Socket | undefined;
	#next = 0;
	#sentAt = 0;
	#received: Buffer = Buffer.alloc(0);
	#stopped = false;

	constructor(port: number, requests: HttpRequest[]) {
		this.#port = port;
		this.#requests = requests.map((request) => Buffer.from(textOf(request)));
	}

	start(): Promise<void> {
		return new Promise((resolve, reject) => {
			const socket = connect({ port: this.#port, host: "127.0.0.1", noDelay: true });
			this.#socket = socket;
			socket.once("error", reject);
			socket.once("connect", () => {
				resolve();
				this.#send();
			});
			socket.on("data", (chunk) => this.#receive(chunk));
			socket.on("close", () => !this.#stopped && this.failures.push("The server closed the connection."));
		});
	}

	stop(): void {
		this.#stopped = true;
		this.#socket?.destroy();
	}

	#send(): void {
		const request = this.#requests[this.#next++ % this.#requests.length];
		if (!request || this.#stopped) return;
		this.#sentAt = performance.now();
		this.#socket?.write(request);
	}

	#receive(chunk: Buffer): void {
		this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
		const end = this.#received.indexOf("\r\n\r\n");
		if (end < 0) return;
		const head = this.#received.toString("latin1", 0, end);
		if (this.#received.length < end + 4 + bodyLength(head)) return;
		this.latencies.push(performance.now() - this.#sentAt);
		if (!/^HTTP\/1\.1 2/.test(head)) this.failures.push(this.#received.toString("utf8").slice(0, 600));
		this.#received = Buffer.alloc(0);
		this.#send();
	}
}

function textOf({ method, path, token, body }: HttpRequest): string {
	const content =
		body === undefined ? "" : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
	return `${method} ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n${content}\r\n${body ?? ""}`;
}

/** @throws for answers without a length: the server sends none, and guessing their end would measure nonsense */
function bodyLength(head: string): number {
	const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
	if (length !== undefined) return Number(length);
	if (/^HTTP\/1\.1 204/.test(head)) return 0;
	throw new Error(`An answer has no content-length: ${head.split("\r\n")[0]}`);
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
