import { computed, signal } from "@preact/signals";
import type { Share } from "./cobrowse/protocol.ts";
import type { Connection, ConnectionPorts } from "./connection.ts";
import type { Memory } from "./memory.ts";
import { solve } from "./proof.ts";
import type { ServerFrame, ServerMessage, SessionState } from "./protocol.ts";
import { t } from "./words.ts";

/** What the customer has written and the server has not confirmed. */
export interface Unsent {
	clientId: string;
	text: string;
	/** What was asked before the first message. */
	attributes?: Record<string, string>;
	/** Why it will not be sent. */
	failed?: string;
	/** It is a file, which this page alone has: it is not kept beyond it. */
	file?: File;
}

export interface SessionPorts {
	memory: Memory;
	connect(ports: ConnectionPorts): Pick<Connection, "start" | "stop" | "send" | "settled">;
	/** Whether the page is before somebody's eyes. */
	/** Brings a file to where the ticket says. Rejects with a code, or without one where the network failed. */
	bring(ticket: string, file: File): Promise<void>;
	/** Opens a file's link. */
	open(url: string): void;
	/** A screen is to be shared with the page. */
	invited?(screen: { shareId: string; secret: string }): void;
	isVisible(): boolean;
	/** Says to whoever owns the page what keeps its sign-in from working. */
	complain?(text: string): void;
	now(): number;
	newId(): string;
}

/** The page's word for who its visitor is: a JWT, or what fetches one that is fresh. */
export type SignIn = string | (() => string | undefined | Promise<string | undefined>);

/** What is written too fast is sent again after, ms. */
const againMs = 3_000;
/** That somebody is writing is told so often at most, and shown for so long, ms (agent-features 11). */
const typingEveryMs = 3_000;
const typingShownMs = 5_000;
/** Before its end a session says so, ms. */
const noticeMs = 5 * 60_000;
const checkMs = 5_000;

/**
 * A customer's session as one page shows it. What they write is kept in the browser until the server has confirmed it, by a
 * name that makes the same text one message however often it is sent; what was written is read from the server by number.
 */
export class SessionModel {
	readonly messages = signal<readonly ServerMessage[]>([]);
	readonly unsent = signal<readonly Unsent[]>([]);
	readonly state = signal<SessionState | undefined>(undefined);
	readonly isOnline = signal(false);
	readonly isOpen = signal(false);
	/** Somebody of the organization is writing. */
	readonly isTyping = signal(false);
	/** The session ended because nobody wrote. */
	readonly isExpired = signal(false);
	/** The server asks for work first. */
	readonly isChecking = signal(false);
	/** Until the session is removed; undefined while that is far away. */
	readonly minutesLeft = signal<number | undefined>(undefined);
	readonly draft = signal("");
	/** The customer lets somebody see the page: what the server has given for that. */
	readonly share = signal<Share | undefined>(undefined);
	readonly #read = signal(0);
	readonly #hasToken = signal(false);
	readonly #isSignedIn = signal(false);
	/** There is something to go on with, or it goes on. */
	readonly isUnderWay = computed(() => this.#hasToken.value || this.#isSignedIn.value || this.unsent.value.length > 0);
	readonly hasOlder = computed(() => (this.messages.value[0]?.seq ?? 1) > 1);
	readonly unread = computed(
		() => this.messages.value.filter(({ seq, direction }) => direction === "outbound" && seq > this.#read.value).length,
	);
	readonly #ports: SessionPorts;
	readonly #connection: Pick<Connection, "start" | "stop" | "send" | "settled">;
	#isKnown = false;
	#token: string | undefined;
	#signIn: SignIn | undefined;
	#proof: string | undefined;
	/** Of the server's clock and ours, ms. */
	#aheadMs = 0;
	#saidTypingAt = Number.NEGATIVE_INFINITY;
	#saidSeen = "";
	#typingTimer: ReturnType<typeof setTimeout> | undefined;
	#againTimer: ReturnType<typeof setTimeout> | undefined;
	#isAskingOlder = false;

	constructor(ports: SessionPorts) {
		this.#ports = ports;
		const { memory } = ports;
		this.#connection = ports.connect({
			opened: () => void this.#hello(),
			received: (frame) => this.#received(frame),
			changed: (isOnline) => {
				this.#isKnown = this.#isKnown && isOnline;
				this.isOnline.value = isOnline;
			},
		});
		this.#setToken(memory.read("token"));
		this.draft.value = memory.read("draft") ?? "";
		this.#read.value = Number(memory.read("read") ?? 0);
		this.unsent.value = memory.names("unsent.").flatMap((name) => readUnsent(memory.read(name)));
		memory.follow("token", () => this.#adopt(memory.read("token")));
		setInterval(() => this.#check(), checkMs);
	}

	/** How far somebody has read: who is signed in, or a guest. */
	get #readName(): string {
		return this.#signIn === undefined ? "read" : "read.signed-in";
	}

	/** Goes on with what there was before. */
	start(): void {
		if (this.isUnderWay.peek()) this.#connection.start();
	}

	/** Who the visitor is by the page's own sign-in: their conversation, wherever they began it. Undefined: a guest again. */
	signIn(by: SignIn | undefined): void {
		this.#connection.stop();
		this.#isKnown = false;
		this.isOnline.value = false;
		this.#signIn = by;
		this.#isSignedIn.value = by !== undefined;
		this.#clear();
		this.#read.value = Number(this.#ports.memory.read(this.#readName) ?? 0);
		this.start();
	}

	setOpen(isOpen: boolean): void {
		this.isOpen.value = isOpen;
		this.looked();
	}

	/** Whether what is there has been seen may have changed. */
	looked(): void {
		const last = this.messages.peek().at(-1)?.seq ?? 0;
		const isRead = this.isOpen.peek() && this.#ports.isVisible();
		if (isRead && last > this.#read.peek()) {
			this.#read.value = last;
			this.#ports.memory.write(this.#readName, String(last));
		}
		const seen = `${last} ${isRead}`;
		if (last === 0 || seen === this.#saidSeen || (this.#saidSeen === `${last} true` && !isRead)) return;
		if (this.#isKnown && this.#connection.send({ type: "seen", seq: last, isRead })) this.#saidSeen = seen;
	}

	type(text: string): void {
		this.draft.value = text;
		this.#ports.memory.write("draft", text === "" ? undefined : text);
		const now = this.#ports.now();
		if (text === "" || !this.#isKnown || now - this.#saidTypingAt < typingEveryMs) return;
		this.#saidTypingAt = now;
		this.#connection.send({ type: "typing" });
	}

	/** @param attributes of the customer, with the first message */
	send(text: string, attributes?: Record<string, string>): void {
		const one: Unsent = { clientId: this.#ports.newId(), text, ...(attributes ? { attributes } : {}) };
		this.#keep(one);
		this.unsent.value = [...this.unsent.peek(), one];
		this.isExpired.value = false;
		this.type("");
		this.#connection.start();
		if (this.#isKnown) this.#sendOne(one);
	}

	/** Held by this page alone until it is sent. */
	sendFile(file: File): void {
		const one: Unsent = { clientId: this.#ports.newId(), text: file.name, file };
		this.unsent.value = [...this.unsent.peek(), one];
		this.#connection.start();
		if (this.#isKnown) this.#sendOne(one);
	}

	/** The file that a message is: its link comes by the socket, as it is good for minutes only. */
	openFile(seq: number): void {
		this.#connection.send({ type: "link", seq });
	}

	/** One that was refused is tried once more, as another message. */
	again({ clientId, text, attributes, file }: Unsent): void {
		this.#drop(clientId);
		if (file) this.sendFile(file);
		else this.send(text, attributes);
	}

	/** Somebody asks to see the page. */
	answerOffer(sessionId: string, isAccepted: boolean): void {
		this.#connection.send({ type: "cobrowse", sessionId, isAccepted });
	}

	askOlder(): void {
		const first = this.messages.peek()[0]?.seq ?? 1;
		if (first <= 1 || this.#isAskingOlder) return;
		this.#isAskingOlder = this.#connection.send({ type: "older", before: first });
	}

	end(): void {
		this.#connection.send({ type: "end" });
	}

	/** Nothing of the session stays in this browser; what is written next begins another one. */
	forget(): void {
		this.#connection.stop();
		this.#isKnown = false;
		this.isOnline.value = false;
		// Who is signed in with the page begins anew as the same; what a guest had in this browser stays theirs.
		if (!this.#signIn) {
			this.#setToken(undefined);
			this.#ports.memory.write("token", undefined);
		}
		this.#ports.memory.write(this.#readName, undefined);
		this.#clear();
		for (const { clientId } of this.unsent.peek()) this.#drop(clientId);
	}

	#clear(): void {
		this.messages.value = [];
		this.state.value = undefined;
		this.minutesLeft.value = undefined;
		this.isTyping.value = false;
		this.#read.value = 0;
		this.#saidSeen = "";
	}

	#setToken(token: string | undefined): void {
		this.#token = token;
		this.#hasToken.value = token !== undefined;
	}

	/** Another tab has begun a session, or ended it. */
	#adopt(token: string | undefined): void {
		if (token === this.#token) return;
		if (this.#signIn) {
			this.#setToken(token);
			return;
		}
		this.#connection.stop();
		this.#isKnown = false;
		this.#setToken(token);
		this.#clear();
		if (token !== undefined) this.#connection.start();
	}

	async #hello(): Promise<void> {
		const by = this.#signIn;
		const jwt = by === undefined ? undefined : await this.#jwtOf(by);
		// Signed in otherwise meanwhile: that has begun anew.
		if (by !== this.#signIn) return;
		if (by !== undefined && jwt === undefined)
			return this.#ports.complain?.("there is no token of the page's sign-in.");
		const proof = this.#proof;
		this.#proof = undefined;
		this.#isAskingOlder = false;
		const lastSeq = this.messages.peek().at(-1)?.seq ?? 0;
		const token = this.#token;
		const who = jwt ? { jwt } : token ? { token } : {};
		this.#connection.send({ type: "hello", lastSeq, ...who, ...(proof ? { proof } : {}) });
	}

	async #jwtOf(by: SignIn): Promise<string | undefined> {
		try {
			return (typeof by === "string" ? by : await by()) || undefined;
		} catch {
			return undefined;
		}
	}

	#received(frame: ServerFrame): void {
		switch (frame.type) {
			case "challenge":
				void this.#work(frame.nonce, frame.bits);
				break;
			case "session":
				this.#known(frame);
				break;
			case "message":
				this.#add(frame);
				break;
			case "older":
				this.#addOlder(frame.messages);
				break;
			case "ack":
				this.#drop(frame.clientId);
				break;
			case "state":
				this.#stands(frame.state, frame.now);
				break;
			case "ticket":
				void this.#bring(frame.clientId, frame.ticket);
				break;
			case "link":
				this.#ports.open(frame.url);
				break;
			case "screenshare":
				this.#ports.invited?.(frame);
				break;
			case "share":
				this.share.value = { sessionId: frame.sessionId, key: frame.key, agent: frame.agent };
				break;
			case "typing":
				this.#showTyping();
				break;
			case "error":
				this.#refused(frame.code, frame.text, frame.clientId);
				break;
		}
	}

	async #work(nonce: string, bits: number): Promise<void> {
		this.isChecking.value = true;
		this.#proof = await solve(nonce, bits);
		this.isChecking.value = false;
		await this.#hello();
	}

	#known({ token, from, state, now }: Extract<ServerFrame, { type: "session" }>): void {
		if (token) {
			this.#setToken(token);
			this.#ports.memory.write("token", token);
		}
		const last = this.messages.peek().at(-1)?.seq ?? 0;
		// Of what lies between nothing comes by itself: it is asked for, from the newest back.
		if (from > last) this.messages.value = [];
		if (from < last) this.messages.value = this.messages.peek().filter(({ seq }) => seq <= from);
		this.#isKnown = true;
		this.#saidSeen = "";
		this.isOnline.value = true;
		this.#connection.settled();
		this.#stands(state, now);
		for (const one of this.unsent.peek()) if (one.failed === undefined) this.#sendOne(one);
	}

	#add({ type: _type, ...message }: { type: "message" } & ServerMessage): void {
		const shown = this.messages.peek();
		if (message.seq <= (shown.at(-1)?.seq ?? 0)) return;
		this.messages.value = [...shown, message];
		if (message.clientId) this.#drop(message.clientId);
		if (message.direction === "outbound") this.isTyping.value = false;
		this.looked();
	}

	#addOlder(older: readonly ServerMessage[]): void {
		this.#isAskingOlder = false;
		const first = this.messages.peek()[0]?.seq ?? 0;
		this.messages.value = [...older.filter(({ seq }) => seq < first), ...this.messages.peek()];
	}

	#stands(state: SessionState, now: string): void {
		this.#aheadMs = Date.parse(now) - this.#ports.now();
		this.state.value = state;
		this.#check();
	}

	async #bring(clientId: string, ticket: string): Promise<void> {
		const one = this.unsent.peek().find((each) => each.clientId === clientId);
		if (!one?.file) return;
		try {
			await this.#ports.bring(ticket, one.file);
			this.#drop(clientId);
		} catch {
			this.#fail(clientId, t("fileFailed"));
		}
	}

	#showTyping(): void {
		this.isTyping.value = true;
		clearTimeout(this.#typingTimer);
		this.#typingTimer = setTimeout(() => {
			this.isTyping.value = false;
		}, typingShownMs);
	}

	#refused(code: string, text: string, clientId: string | undefined): void {
		if (code === "message.session.expired") {
			this.#expire();
			return;
		}
		if (code === "message.signin.refused") {
			this.#ports.complain?.(text);
			return;
		}
		if (code === "too.many.messages") {
			clearTimeout(this.#againTimer);
			this.#againTimer = setTimeout(() => this.#tryAgain(), againMs);
			return;
		}
		if (clientId) this.#fail(clientId, text);
	}

	#fail(clientId: string, why: string): void {
		this.#ports.memory.write(`unsent.${clientId}`, undefined);
		this.unsent.value = this.unsent.peek().map((one) => (one.clientId === clientId ? { ...one, failed: why } : one));
	}

	#tryAgain(): void {
		if (!this.#isKnown) void this.#hello();
		else for (const one of this.unsent.peek()) if (one.failed === undefined) this.#sendOne(one);
	}

	/** What was not sent is not lost: it stands in the box again. */
	#expire(): void {
		const lost = this.unsent.peek().flatMap(({ text, file }) => (file ? [] : text));
		this.forget();
		this.isExpired.value = true;
		if (lost.length > 0) this.type([...lost, this.draft.peek()].filter(Boolean).join("\n"));
	}

	#check(): void {
		const state = this.state.peek();
		if (!state) return;
		const leftMs = Date.parse(state.expiresAt) - (this.#ports.now() + this.#aheadMs);
		if (leftMs <= 0) this.#expire();
		else this.minutesLeft.value = leftMs <= noticeMs ? Math.ceil(leftMs / 60_000) : undefined;
	}

	#sendOne({ clientId, text, attributes, file }: Unsent): void {
		if (file) this.#connection.send({ type: "file", clientId, name: file.name, size: file.size });
		else this.#connection.send({ type: "message", clientId, text, ...(attributes ? { attributes } : {}) });
	}

	#keep(one: Unsent): void {
		this.#ports.memory.write(`unsent.${one.clientId}`, JSON.stringify(one));
	}

	#drop(clientId: string): void {
		this.#ports.memory.write(`unsent.${clientId}`, undefined);
		this.unsent.value = this.unsent.peek().filter((one) => one.clientId !== clientId);
	}
}

function readUnsent(kept: string | undefined): Unsent[] {
	try {
		const one = JSON.parse(kept ?? "") as Unsent;
		return typeof one.clientId === "string" && typeof one.text === "string" ? [one] : [];
	} catch {
		return [];
	}
}
