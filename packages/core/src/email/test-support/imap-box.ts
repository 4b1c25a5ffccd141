import { createServer, type Server, type Socket } from "node:net";

interface BoxMail {
	uid: number;
	raw: Buffer;
	flags: Set<string>;
	/** Came before anybody here asked for it. */
	isOld?: boolean;
}

/** A mail server with one mailbox, as far as a mailbox is asked: it listens where a test says, and goes as it says. */
export function imapBox() {
	const folders = new Map<string, BoxMail[]>([["INBOX", []]]);
	const open = new Set<Socket>();
	const waiting = new Set<Socket>();
	let server: Server | undefined;
	let port = 0;
	const box = {
		validity: 7,
		uidNext: 1,
		/** A command before which the connection is cut, once. */
		cutAt: undefined as string | undefined,
		/** Commands to which the answer is no, and what stands there. */
		refuses: undefined as RegExp | undefined,
		refusal: "not here",
		/** What it says of the folder when it is opened. */
		opened: "[READ-WRITE]",
		permanentFlags: "\\Seen \\Flagged",
		/** It takes connections and never says a word. */
		isSilent: false,
		/** What it says unasked before a mail's body, or instead of it. */
		unasked: (_uid: number): string => "",
		bodyIsNil: false,
		/** What it was asked, in its order. */
		commands: [] as string[],
		/** How often each mail was fetched whole. */
		fetched: [] as number[],
		abilities: "IMAP4rev1 IDLE MOVE AUTH=PLAIN",
		get port() {
			return port;
		},
		connections: () => open.size,
		inbox: () => folders.get("INBOX") ?? [],
		imported: () => folders.get("Imported") ?? [],
		put(raw: string | Buffer, given: Pick<Partial<BoxMail>, "flags" | "isOld"> = {}): void {
			box.inbox().push({ uid: box.uidNext++, raw: Buffer.from(raw), flags: new Set(), ...given });
			for (const socket of waiting) socket.write(`* ${box.inbox().length} EXISTS\r\n`);
		},
		/** The server was set up anew: everything is in the inbox again, under other numbers. */
		renumber(): void {
			const all = [...box.inbox(), ...box.imported()];
			folders.set("Imported", []);
			box.validity += 1;
			folders.set(
				"INBOX",
				all.map(({ raw }) => ({ uid: box.uidNext++, raw, flags: new Set<string>() })),
			);
		},
		async start(): Promise<void> {
			const opened = createServer(serve);
			await new Promise<void>((done) => opened.listen(port, "127.0.0.1", done));
			port = (opened.address() as { port: number }).port;
			server = opened;
		},
		async stop(): Promise<void> {
			for (const socket of open) socket.destroy();
			await new Promise((done) => server?.close(done) ?? done(undefined));
		},
	};

	function serve(socket: Socket): void {
		open.add(socket);
		socket.on("error", () => {});
		socket.on("close", () => {
			open.delete(socket);
			waiting.delete(socket);
		});
		if (box.isSilent) return void socket.resume();
		socket.write("* OK ready\r\n");
		let rest = "";
		let isSigningIn: string | undefined;
		socket.on("data", (part) => {
			const lines = (rest + part.toString()).split("\r\n");
			rest = lines.pop() ?? "";
			for (const line of lines) {
				if (isSigningIn) {
					const isRight = Buffer.from(line, "base64").toString() === "\0shop\0secret";
					socket.write(`${isSigningIn} ${isRight ? "OK" : "NO [AUTHENTICATIONFAILED] wrong password"}\r\n`);
					isSigningIn = undefined;
				} else if (line === "DONE") {
					waiting.delete(socket);
					socket.write("idle OK\r\n".replace("idle", idleTag));
				} else {
					const [tag = "", ...words] = line.split(" ");
					const command = words.join(" ");
					if (box.cutAt && command.startsWith(box.cutAt)) {
						box.cutAt = undefined;
						return void socket.destroy();
					}
					box.commands.push(command);
					if (box.refuses?.test(command)) socket.write(`${tag} NO ${box.refusal}\r\n`);
					else if (command === "AUTHENTICATE PLAIN") {
						isSigningIn = tag;
						socket.write("+ \r\n");
					} else if (command === "IDLE") {
						idleTag = tag;
						waiting.add(socket);
						socket.write("+ idling\r\n");
					} else socket.write(Buffer.concat([...answer(command), Buffer.from(`${tag} ${outcome(command)}\r\n`)]));
				}
			}
		});
		let idleTag = "";
	}

	function outcome(command: string): string {
		if (/^SELECT/.test(command)) return `OK ${box.opened} done`;
		return /^UID MOVE/.test(command) && !folders.has("Imported") ? "NO [TRYCREATE] no such folder" : "OK done";
	}

	function answer(command: string): Buffer[] {
		const of = (text: string) => [Buffer.from(`${text}\r\n`)];
		const [, verb = command, range = ""] = /^(?:UID )?(\w+) ?(?:UID )?([\d:,*]+)?/.exec(command) ?? [];
		const [from = 0, to = from] = range.split(":").map((one) => (one === "*" ? box.uidNext : Number(one)));
		const named = box.inbox().filter(({ uid }) => uid >= from && uid <= to);
		if (verb === "CAPABILITY") return of(`* CAPABILITY ${box.abilities}`);
		if (verb === "SELECT") {
			const told = [`OK [UIDVALIDITY ${box.validity}] valid`, `OK [PERMANENTFLAGS (${box.permanentFlags})] kept`];
			return of([`${box.inbox().length} EXISTS`, ...told].map((line) => `* ${line}`).join("\r\n"));
		}
		if (verb === "CREATE") folders.set("Imported", []);
		if (verb === "SEARCH") {
			const isNew = command.includes("UNSEEN");
			const isSince = / OR UNSEEN SINCE \d{1,2}-[A-Z][a-z]{2}-\d{4}$/.test(command);
			const last = command.includes("*") && named.length === 0 ? box.inbox().slice(-1) : named;
			return of(
				`* SEARCH ${last.flatMap(({ uid, flags, isOld }) => (isNew && flags.size > 0 && (isOld || !isSince) ? [] : [uid])).join(" ")}`,
			);
		}
		if (verb === "STORE") for (const { flags } of named) flags.add(/\((.*)\)/.exec(command)?.[1] ?? "");
		if (verb === "MOVE" && folders.has("Imported")) {
			box.imported().push(...named);
			folders.set(
				"INBOX",
				box.inbox().filter((one) => !named.includes(one)),
			);
		}
		if (verb !== "FETCH") return [];
		return named.flatMap(({ uid, raw }) => {
			const unasked = box.unasked(uid) ? of(box.unasked(uid)) : [];
			if (command.includes("SIZE")) return [...unasked, ...of(`* 1 FETCH (UID ${uid} RFC822.SIZE ${raw.length})`)];
			box.fetched.push(uid);
			if (box.bodyIsNil) return of(`* 1 FETCH (UID ${uid} BODY[] NIL)`);
			return [...unasked, Buffer.from(`* 1 FETCH (UID ${uid} BODY[] {${raw.length}}\r\n`), raw, Buffer.from(")\r\n")];
		});
	}

	return box;
}
