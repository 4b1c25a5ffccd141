import type { Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";
import type { Outgoing } from "../../kernel/outgoing/outgoing.ts";
import { type ImapServer, mostMailBytes } from "../model.ts";
import { plainLine } from "../reading/plain.ts";
import { type ImapAnswer, ImapRefusal, ImapWire } from "./imap-wire.ts";

/** For so long a server may say nothing to what it was asked, ms. */
const connectMs = 15_000;
const silentMs = 60_000;
/** Within so long it has let us in, however it talks meanwhile, ms. */
const openMs = 60_000;
const noAnswer = "The mail server does not answer.";

/** How a folder stands that was opened. */
interface OpenFolder {
	/** By which UIDs count (UIDVALIDITY). */
	validity: number;
	/** Nothing in it may be changed. */
	isReadOnly: boolean;
}

/**
 * What a mailbox is asked for: to look, to bring, to put aside (RFC 3501, 2177, 6851). Its own few commands, over a connection
 * that the guard of outgoing ones has opened (decision 60).
 */
export class ImapClient {
	readonly #server: ImapServer;
	readonly #end: AbortSignal | undefined;
	readonly #leave = () => this.close();
	#socket: Socket;
	#wire: ImapWire;
	#abilities = new Set<string>();
	#commands = 0;

	/**
	 * Lets itself in. @param end closes it, at whatever moment
	 * @throws OutgoingRefused; ImapRefusal with the server's words; Error of the network, of time, or that it was to end
	 */
	static async open(
		server: ImapServer,
		outgoing: Pick<Outgoing, "connect">,
		{ end, withinMs = openMs }: { end?: AbortSignal; withinMs?: number } = {},
	): Promise<ImapClient> {
		const late = new AbortController();
		const timer = setTimeout(() => late.abort(new Error(noAnswer)), withinMs);
		const giveUp = end ? AbortSignal.any([end, late.signal]) : late.signal;
		let client: ImapClient | undefined;
		const leave = () => client?.close();
		giveUp.addEventListener("abort", leave);
		try {
			giveUp.throwIfAborted();
			client = new ImapClient(server, await outgoing.connect(server.host, server.port, connectMs, giveUp), end);
			giveUp.throwIfAborted();
			await client.#begin();
			return client;
		} catch (error) {
			client?.close();
			throw giveUp.aborted ? giveUp.reason : error;
		} finally {
			clearTimeout(timer);
			giveUp.removeEventListener("abort", leave);
		}
	}

	private constructor(server: ImapServer, socket: Socket, end: AbortSignal | undefined) {
		this.#server = server;
		this.#socket = socket;
		this.#wire = new ImapWire(socket, mostMailBytes);
		this.#end = end;
		end?.addEventListener("abort", this.#leave);
	}

	/** Whether the server says by itself that a mail has come. */
	get idles(): boolean {
		return this.#abilities.has("IDLE");
	}

	/** Opens a folder. */
	async select(folder: string): Promise<OpenFolder> {
		const answers = await this.#ask(`SELECT ${quoted(folder)}`);
		const validity = answers.map(({ text }) => /\[UIDVALIDITY (\d+)\]/i.exec(text)?.[1]).find((one) => one);
		if (!validity) throw new ImapRefusal("The folder's mails have no lasting numbers (UIDVALIDITY).");
		return { validity: Number(validity), isReadOnly: answers.some(isReadOnly) };
	}

	/** UIDs in their order. @param what a search key of RFC 3501, 6.4.4 */
	async search(what: string): Promise<number[]> {
		const answers = await this.#ask(`UID SEARCH ${what}`);
		const found = answers.flatMap(({ text }) => /^\* SEARCH(.*)$/i.exec(text)?.[1]?.match(/\d+/g) ?? []);
		return found.map(Number).sort((one, other) => one - other);
	}

	/** @returns undefined for a mail that has gone meanwhile */
	async sizeOf(uid: number): Promise<number | undefined> {
		const answers = fetched(await this.#ask(`UID FETCH ${uid} (UID RFC822.SIZE)`), uid);
		const size = answers.map(({ text }) => /RFC822\.SIZE (\d+)/i.exec(text)?.[1]).find((one) => one);
		return size === undefined ? undefined : Number(size);
	}

	/** The mail as it came, without marking it as seen. @returns undefined for one that has gone meanwhile, or is not given (NIL) */
	async fetch(uid: number): Promise<Buffer | undefined> {
		const answers = fetched(await this.#ask(`UID FETCH ${uid} (UID BODY.PEEK[])`), uid);
		// Another one may tell of its flags, unasked (RFC 3501, 7.4.2).
		return answers.map(bodyOf).find((one) => one !== undefined);
	}

	async mark(uids: readonly number[], flag: "\\Seen" | "\\Flagged"): Promise<void> {
		await this.#ask(`UID STORE ${uids.join(",")} +FLAGS.SILENT (${flag})`);
	}

	/** Puts mails into another folder, which is made where it is missing. @throws ImapRefusal where the server does not let us */
	async move(uids: readonly number[], folder: string): Promise<void> {
		if (!this.#abilities.has("MOVE")) throw new ImapRefusal("The server does not move mails.");
		const moving = `UID MOVE ${uids.join(",")} ${quoted(folder)}`;
		try {
			await this.#ask(moving);
		} catch (error) {
			if (!(error instanceof ImapRefusal) || !error.message.includes("[TRYCREATE]")) throw error;
			await this.#ask(`CREATE ${quoted(folder)}`);
			await this.#ask(moving);
		}
	}

	/** Until something has happened in the folder, or the time is over. A server that will not, or not so long, is not asked again. */
	async idle(ms: number): Promise<void> {
		const tag = this.#send("IDLE");
		let isDone = false;
		const done = () => {
			if (!isDone) this.#wire.write("DONE");
			isDone = true;
		};
		const late = setTimeout(done, ms);
		this.#socket.setTimeout(ms + silentMs);
		try {
			for (;;) {
				const { text } = await this.#wire.next();
				if (text.startsWith(`${tag} `)) {
					if (!isDone || !/^\S+ OK/i.test(text)) this.#abilities.delete("IDLE");
					return;
				}
				if (/^\* \d+ (?:EXISTS|RECENT)/i.test(text)) done();
			}
		} finally {
			clearTimeout(late);
			this.#socket.setTimeout(silentMs);
		}
	}

	close(): void {
		this.#end?.removeEventListener("abort", this.#leave);
		this.#socket.destroy();
	}

	async #begin(): Promise<void> {
		const { security, host } = this.#server;
		if (security === "tls") this.#over(await secured(this.#socket, host));
		const greeting = await this.#wire.next();
		if (/^\* BYE/i.test(greeting.text)) throw new ImapRefusal(said(greeting.text));
		await this.#learn();
		if (security === "starttls") {
			await this.#ask("STARTTLS");
			if (!this.#wire.release()) throw new ImapRefusal("The mail server speaks before the connection is encrypted.");
			this.#over(await secured(this.#socket, host));
			await this.#learn();
		}
		if (!/^\* PREAUTH/i.test(greeting.text)) {
			await this.#signIn();
			await this.#learn();
		}
		this.#watch();
	}

	#over(socket: Socket): void {
		this.#socket = socket;
		this.#wire = new ImapWire(socket, mostMailBytes);
	}

	#watch(): void {
		const socket = this.#socket;
		socket.setTimeout(silentMs, () => socket.destroy(new Error(noAnswer)));
	}

	async #learn(): Promise<void> {
		const answers = await this.#ask("CAPABILITY");
		const told = answers.flatMap(({ text }) => /^\* CAPABILITY (.*)$/i.exec(text)?.[1]?.split(/\s+/) ?? []);
		this.#abilities = new Set(told.map((one) => one.toUpperCase()));
	}

	async #signIn(): Promise<void> {
		const { user, password = "" } = this.#server;
		if (!this.#abilities.has("AUTH=PLAIN")) {
			await this.#ask(`LOGIN ${quoted(user)} ${quoted(password)}`);
			return;
		}
		const secret = Buffer.from(`\0${user}\0${password}`).toString("base64");
		await this.#ask("AUTHENTICATE PLAIN", secret);
	}

	#send(command: string): string {
		this.#commands += 1;
		const tag = `a${this.#commands}`;
		this.#wire.ask(`${tag} ${command}`);
		return tag;
	}

	/** @param then what is said once the server asks for more */
	async #ask(command: string, then?: string): Promise<ImapAnswer[]> {
		const tag = this.#send(command);
		const answers: ImapAnswer[] = [];
		for (;;) {
			const answer = await this.#wire.next();
			if (answer.text.startsWith("+") && then !== undefined) this.#wire.write(then);
			else if (!answer.text.startsWith(`${tag} `)) answers.push(answer);
			else if (/^\S+ OK/i.test(answer.text)) return [...answers, answer];
			else throw new ImapRefusal(said(answer.text));
		}
	}
}

function fetched(answers: readonly ImapAnswer[], uid: number): ImapAnswer[] {
	return answers.filter(({ text }) => /^\* \d+ FETCH/i.test(text) && new RegExp(`\\bUID ${uid}\\b`, "i").test(text));
}

/** A folder that is opened to be read alone, or in which no flag is kept (RFC 3501, 6.3.1 and 7.1). */
function isReadOnly({ text }: ImapAnswer): boolean {
	return /^\S+ OK \[(?:READ-ONLY\]|PERMANENTFLAGS \(\)\])/i.test(text);
}

/** What an answer holds of a mail; undefined where it says nothing of it. */
function bodyOf({ text, literals }: ImapAnswer): Buffer | undefined {
	if (/BODY\[\] \{\d+\}/i.test(text)) return literals[0];
	const short = /BODY\[\] "((?:[^"\\]|\\.)*)"/i.exec(text)?.[1];
	return short === undefined ? undefined : Buffer.from(short.replace(/\\(.)/g, "$1"));
}

/** What nobody can break out of: controls were refused where it was typed. */
function quoted(text: string): string {
	return `"${text.replace(/\p{Cc}/gu, "").replace(/["\\]/g, "\\$&")}"`;
}

function said(text: string): string {
	return plainLine(text.replace(/^\S+ (?:NO|BAD|BYE)\s*/i, ""), 300) || "The mail server refuses.";
}

function secured(socket: Socket, host: string): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const over = connectSecurely({ socket, ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }), host });
		over.once("secureConnect", () => resolve(over));
		over.once("error", reject);
		over.once("close", () => reject(new Error(noAnswer)));
	});
}
