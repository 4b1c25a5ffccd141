import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { isLoopback } from "./config-addresses.ts";
import { portTaken, StartError } from "./start-error.ts";

/** A port that the server will listen on, and who wants it, for the sentence when it cannot. */
export interface WantedPort {
	readonly port: number;
	readonly purpose: string;
	/** By which it can be another one; `--port` unless told. */
	readonly flag?: string;
}

interface Listening {
	readonly host: string;
	readonly port: number;
	readonly panelPort: number;
	readonly demo: boolean;
	readonly mediaAddress?: string;
	readonly mediaPort?: number;
	readonly databaseUrl?: string;
}

/**
 * Looks whether everything can be listened on, before a database is made for it. Ports only just in use by another server of
 * the same `--database-url` are left to the wait for its end.
 *
 * @throws StartError "config.invalid" naming `--host`, "port.taken"
 */
export async function probePorts(config: Listening): Promise<void> {
	const { host, mediaPort, databaseUrl } = config;
	const mayComeFree = databaseUrl !== undefined;
	for (const wanted of tcpPorts(config)) {
		try {
			await probe(wanted.port, host);
		} catch (error) {
			const refusal = listenFailed(error, host, wanted);
			if (!mayComeFree || !isTaken(error)) throw refusal;
		}
	}
	if (mediaPort !== undefined && !mayComeFree) await probeSound(mediaPort, soundAddress(config));
}

function tcpPorts({ port, panelPort, demo }: Listening): WantedPort[] {
	return [
		{ port, purpose: "the API" },
		...(panelPort === port ? [] : [{ port: panelPort, purpose: "the panel", flag: "--panel-port" }]),
		...(demo
			? [
					{ port: port + 1, purpose: "the demo CRM" },
					{ port: port + 2, purpose: "the demo's customer page" },
				]
			: []),
	];
}

async function probe(port: number, host: string): Promise<void> {
	const server = createServer();
	server.listen({ port, host, exclusive: true });
	await once(server, "listening");
	server.close();
	await once(server, "close");
}

async function probeSound(port: number, address: string): Promise<void> {
	const socket = createSocket("udp4");
	try {
		socket.bind({ port, address, exclusive: true });
		await once(socket, "listening");
	} catch (error) {
		if (isTaken(error)) throw portTaken(port, "sound", "--media-port");
		throw listenFailed(error, address, { port, purpose: "sound", flag: "--media-port" });
	} finally {
		socket.close();
	}
}

/** Where sound is listened for: this machine alone, or everywhere. */
export function soundAddress({ host, mediaAddress }: Pick<Listening, "host" | "mediaAddress">): string {
	return isLoopback(host) && !mediaAddress ? "127.0.0.1" : "0.0.0.0";
}

function isTaken(error: unknown): boolean {
	return (error as NodeJS.ErrnoException).code === "EADDRINUSE";
}

/** What keeps a server from listening, as a sentence for who has started it; what is unknown stays as it is. */
export function listenFailed(error: unknown, host: string, { port, purpose, flag = "--port" }: WantedPort): unknown {
	const { code = "" } = error as NodeJS.ErrnoException;
	if (code === "EADDRINUSE") return portTaken(port, purpose, flag);
	if (code === "EACCES")
		return new StartError(
			"port.taken",
			`Port ${port}, which ${purpose} needs, is for the system's own programs, and this user may not listen there. Choose one above 1023 with ${flag}.`,
		);
	if (["EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EINVAL", "EAFNOSUPPORT"].includes(code))
		return new StartError(
			"config.invalid",
			`--host (INLAY_HOST) is ${host}, which is no address of this machine (${code}). Give one that it has, or 0.0.0.0 for all.`,
		);
	return error;
}
