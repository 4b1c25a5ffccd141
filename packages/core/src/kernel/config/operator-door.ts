import { chmodSync, closeSync, constants, openSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import type { Logger } from "../log.ts";
import { dataInUse, exitCodes, StartError, type StartErrorCode } from "./start-error.ts";

/** The socket in the data folder by which commands of this machine speak to the server that runs on it. */
export const doorName = "inlay.sock";

/** Bytes that the address of a Unix socket can have, its end mark aside (unix(7)). */
const longestAddress = 107;
/** A request is one line and small, in characters. */
const longestRequest = 16_384;
/** What a command tells may be long, as all that is wrong, in characters. */
const longestReply = 8_388_608;
/** How long a command waits for the server, in ms. */
const patienceMs = 30_000;

export type Commands = Readonly<Record<string, (wish: unknown) => Promise<unknown>>>;

type Reply = { done: unknown } | { refused: { code: StartErrorCode; sentence: string } };

/**
 * Lets the user that the server runs as, and root, give it commands: whoever can read its data folder could do as much by
 * hand. The network never sees it.
 *
 * @returns closes it
 */
export async function openOperatorDoor(
	folder: string,
	commands: Commands,
	log: Pick<Logger, "error" | "warn">,
): Promise<() => void> {
	const server = createServer({ allowHalfOpen: true }, (socket) => void answer(socket, commands, log));
	server.unref();
	const address = addressIn(folder);
	try {
		// Left by a server that was killed: this one has the folder's lock.
		rmSync(join(folder, doorName), { force: true });
		await new Promise<void>((resolve, reject) => {
			server.once("error", reject);
			server.listen(address.path, resolve);
		});
		chmodSync(join(folder, doorName), 0o600);
	} catch (error) {
		// A file system without sockets: the server does without commands.
		log.warn({ event: "operator.door.closed", err: error }, "commands to the running server are not possible");
	} finally {
		address.close();
	}
	server.on("error", (error) => log.error({ err: error }, "the operator's socket has failed"));
	return () => void server.close();
}

async function answer(socket: Socket, commands: Commands, log: Pick<Logger, "error">): Promise<void> {
	socket.on("error", () => socket.destroy());
	socket.setTimeout(patienceMs, () => socket.destroy());
	let reply: Reply;
	try {
		const [name, wish] = JSON.parse(await readAll(socket, longestRequest));
		const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
		if (!command) throw new StartError("server.silent", `The running Inlay knows no command ${String(name)}.`);
		reply = { done: await command(wish) };
	} catch (error) {
		const known = error instanceof StartError;
		if (!known) log.error({ err: error }, "a command has failed");
		const sentence = known ? error.sentence : "The running Inlay could not do it. Its log says why.";
		reply = { refused: { code: known ? error.code : "server.silent", sentence } };
	}
	socket.end(JSON.stringify(reply));
}

/**
 * Has a command done by the server that runs on a data folder.
 * @returns what it answered; undefined where no server listens there
 * @throws StartError of the server's, or "server.silent"
 */
export async function askRunning(folder: string, name: string, wish: unknown): Promise<{ done: unknown } | undefined> {
	const socket = await connectTo(folder);
	if (!socket) return undefined;
	socket.setTimeout(patienceMs, () => socket.destroy(new Error("no answer")));
	socket.end(JSON.stringify([name, wish]));
	const reply: Reply = await readAll(socket, longestReply)
		.then(JSON.parse)
		.catch(() => {
			throw new StartError("server.silent", `The Inlay on ${folder} does not answer. Its log says why.`);
		});
	if ("done" in reply) return reply;
	const { code, sentence } = reply.refused;
	throw new StartError(code in exitCodes ? code : "server.silent", sentence);
}

/** Undefined where nobody listens. @throws StartError "data.inUse" where this user may not speak to who does */
function connectTo(folder: string): Promise<Socket | undefined> {
	const address = addressIn(folder);
	return new Promise((resolve, reject) => {
		const socket = connect({ path: address.path, allowHalfOpen: true });
		socket.once("connect", () => resolve(socket));
		socket.once("error", ({ code }: NodeJS.ErrnoException) => {
			if (code === "EACCES" || code === "EPERM") reject(dataInUse(folder, " of another user"));
			else resolve(undefined);
		});
	}).finally(address.close) as Promise<Socket | undefined>;
}

/** Long paths are reached over the open folder, which Linux names by a short one. */
function addressIn(folder: string): { path: string; close(): void } {
	const path = join(folder, doorName);
	if (Buffer.byteLength(path) <= longestAddress || process.platform !== "linux") return { path, close: () => {} };
	try {
		const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
		return { path: `/proc/self/fd/${fd}/${doorName}`, close: () => closeSync(fd) };
	} catch {
		return { path, close: () => {} };
	}
}

async function readAll(socket: Socket, longest: number): Promise<string> {
	let text = "";
	for await (const part of socket.setEncoding("utf8")) {
		text += part;
		if (text.length > longest) throw new Error("too long");
	}
	return text;
}
