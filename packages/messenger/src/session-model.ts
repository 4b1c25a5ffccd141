import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Share } from "./cobrowse/protocol.ts";
import type { Connection, ConnectionPorts } from "./connection.ts";
import type { Memory } from "./memory.ts";
import { Outgoing } from "./outgoing.ts";
import { solve } from "./proof.ts";
import type { ServerFrame, ServerMessage, SessionState } from "./protocol.ts";
import { SessionEnd } from "./session-end.ts";
import { Thread } from "./thread.ts";
import { Typing } from "./typing.ts";
import type { Unsent } from "./unsent.ts";
import { Visitor } from "./visitor.ts";
import { keepOf, type SignIn } from "./who.ts";
import { WholeThread } from "./whole-thread.ts";
import { t } from "./words.ts";

export interface SessionPorts {
	memory: Memory;
	connect(ports: ConnectionPorts): Pick<Connection, "start" | "stop" | "send" | "settled">;
	/** Brings a file to where the ticket says. Rejects with a code, or without one where the network failed. */
	bring(ticket: string, file: File): Promise<void>;
	/** Opens a file's link. */
	open(url: string): void;
	/** A screen is to be shared with the page. */
	invited?(screen: { shareId: string; secret: string }): void;
	/** Whether the page is before somebody's eyes. */
	isVisible(): boolean;
	/** Says to whoever owns the page what keeps its sign-in from working. */
	complain?(text: string): void;
	now(): number;
	newId(): string;
}

/** What is written too fast is sent again after, ms. */
const againMs = 3_000;
/** A page's sign-in that fails is asked later and later, but so often at least, ms. */
const longestWaitMs = 30_000;
const checkMs = 5_000;

/**
 * A customer's session as one page shows it. What they write is kept in the browser until the server has confirmed it, by a
 * name that makes the same text one message however often it is sent; what was written is read from the server by number.
 */
export class SessionModel {
	readonly messages: ReadonlySignal<readonly ServerMessage[]>;
	readonly unsent: ReadonlySignal<readonly Unsent[]>;
	readonly state = signal<SessionState | undefined>(undefined);
	readonly isOnline = signal(false);
	readonly isOpen = signal(false);
	/** Somebody of the organization is writing. */
	readonly isTyping: ReadonlySignal<boolean>;
	/** The session ended because nobody wrote. */
	readonly isExpired = signal(false);
	/** The server asks for work first. */
	readonly isChecking = signal(false);
	/** Until the session is removed; undefined while that is far away. */
	readonly minutesLeft: ReadonlySignal<number | undefined>;
	readonly draft = signal("");
	/** The customer lets somebody see the page: what the server has given for that. */
	readonly share = signal<Share | undefined>(undefined);
	readonly #hasFailed = signal(false);
	/**
	 * Whose this is: what the names begin with of what the browser keeps for them. Empty for guests; undefined until the page
	 * has said who it is.
	 */
	readonly who: ReadonlySignal<string | undefined>;
	/** How often somebody who was signed in has gone: what they let others see is over. */
	readonly left = signal(0);
	/** It is known who would be writing, and whether they have before. */
	readonly isReady = computed(
		() => this.who.value === "" || (this.who.value !== undefined && this.state.value !== undefined),
	);
	/** What is written next is the session's first message. */
	readonly isFirst = computed(() => {
		if (!this.isReady.value || this.unsent.value.length > 0) return false;
		const state = this.state.value;
		return state ? state.phase === "new" && this.messages.value.length === 0 : !this.#visitor.hasToken.value;
	});
	/** There is something to go on with, and no connection. */
	readonly isOffline = computed(() => {
		if (this.isOnline.value) return false;
		return this.who.value === "" ? this.#visitor.hasToken.value || this.unsent.value.length > 0 : this.#hasFailed.value;
	});
	readonly hasOlder: ReadonlySignal<boolean>;
	readonly unread: ReadonlySignal<number>;
	readonly #ports: SessionPorts;
	readonly #connection: Pick<Connection, "start" | "stop" | "send" | "settled">;
	readonly #visitor: Visitor;
	readonly #outgoing: Outgoing;
	readonly #thread: Thread;
	readonly #whole: WholeThread;
	readonly #end: SessionEnd;
	readonly #typing: Typing;
	#isKnown = false;
	/** Counts who is asked for: an answer to what was asked before a connection, or a sign-in, of now is too late. */
	#asked = 0;
	#failures = 0;
	#proof: string | undefined;
	#saidSeen = "";
	#againTimer: ReturnType<typeof setTimeout> | undefined;

	/** What became of the wish to have the conversation by mail. */
	readonly mailed = signal<{ state: "asked" | "sent" | "failed" | "many"; email?: string } | undefined>(undefined);

	constructor(ports: SessionPorts) {
		this.#ports = ports;
		const { memory } = ports;
		this.#visitor = new Visitor(memory);
		this.#outgoing = new Outgoing(memory, this.#visitor);
		this.#end = new SessionEnd(() => ports.now());
		this.#typing = new Typing(() => ports.now());
		this.#thread = new Thread(this.#visitor);
		const ask = (before: number) => this.#connection.send({ type: "older", before });
		this.#whole = new WholeThread({ shown: () => this.messages.peek(), ask });
		this.who = this.#visitor.who;
		this.messages = this.#thread.messages;
		this.hasOlder = this.#thread.hasOlder;
		this.unread = this.#thread.unread;
		this.unsent = this.#outgoing.unsent;
		this.minutesLeft = this.#end.minutesLeft;
		this.isTyping = this.#typing.isShown;
		this.#connection = ports.connect({
			opened: () => void this.#hello(),
			received: (frame) => this.#received(frame),
			changed: (isOnline) => {
				this.#isKnown = this.#isKnown && isOnline;
				this.isOnline.value = isOnline;
				this.#hasFailed.value ||= !isOnline;
			},
		});
		this.#recall("");
		memory.follow("token", () => this.#adopt(memory.read("token")));
		effect(() => {
			if (!this.isOnline.value) this.#whole.end();
		});
		setInterval(() => this.#check(), checkMs);
	}

	/** Goes on with what there was before. */
	start(): void {
		if (this.#isWanted()) this.#connection.start();
	}

	/** Who the visitor is by the page's own sign-in: their conversation, wherever they began it. Undefined: a guest again. */
	signIn(by: SignIn | undefined): void {
		this.#rest();
		this.#visitor.signIn(by);
		this.#become(by === undefined ? "" : undefined);
		this.start();
	}

	setOpen(isOpen: boolean): void {
		this.isOpen.value = isOpen;
		if (isOpen) this.start();
		this.looked();
	}

	/** Nobody is connected, or asked who they are, who only looks at the page. */
	#isWanted(): boolean {
		if (this.unsent.peek().length > 0) return true;
		return (this.who.peek() !== "" && this.isOpen.peek()) || this.#visitor.hasBegun();
	}

	#rest(): void {
		this.#connection.stop();
		this.#asked++;
		clearTimeout(this.#againTimer);
		this.#isKnown = false;
		this.isOnline.value = false;
		this.#hasFailed.value = false;
		this.isChecking.value = false;
	}

	/** From now on it is that one's: nothing of who was here before is shown to them, or sent as theirs. */
	#become(who: string | undefined): void {
		if (who !== undefined) this.#part(who);
		const before = this.who.peek();
		if (who === before) return;
		if (before !== undefined) this.#outgoing.setAside(before);
		const typed = before === undefined ? this.draft.peek() : "";
		this.#clear();
		this.isExpired.value = false;
		this.#visitor.who.value = who;
		this.#recall(who);
		if (typed !== "") this.type(typed);
	}

	/** Whoever was signed in last, on this page or one before, and is not the same, has gone. */
	#part(who: string): void {
		if (!this.#visitor.part(who)) return;
		this.share.value = undefined;
		this.left.value++;
	}

	/** What is kept for that one; nothing where nobody knows who it is. */
	#recall(who: string | undefined): void {
		this.draft.value = this.#visitor.read("draft") ?? "";
		this.#thread.recall();
		this.#outgoing.recall(who);
	}

	/** Whether what is there has been seen may have changed. */
	looked(): void {
		const last = this.#thread.lastSeq;
		const isRead = this.isOpen.peek() && this.#ports.isVisible();
		if (isRead) this.#thread.markRead();
		const seen = `${last} ${isRead}`;
		if (last === 0 || seen === this.#saidSeen || (this.#saidSeen === `${last} true` && !isRead)) return;
		if (this.#isKnown && this.#connection.send({ type: "seen", seq: last, isRead })) this.#saidSeen = seen;
	}

	type(text: string): void {
		this.draft.value = text;
		this.#visitor.write("draft", text === "" ? undefined : text);
		if (text === "" || !this.#isKnown || !this.#typing.isToBeTold()) return;
		this.#connection.send({ type: "typing" });
	}

	/** @param attributes of the customer, with the first message */
	send(text: string, attributes?: Record<string, string>): void {
		// Nobody's: it would be sent as whoever it turns out to be.
		if (this.who.peek() === undefined) return;
		const one: Unsent = { clientId: this.#ports.newId(), text, ...(attributes ? { attributes } : {}) };
		this.#outgoing.add(one);
		this.isExpired.value = false;
		this.type("");
		this.#connection.start();
		if (this.#isKnown) this.#sendOne(one);
	}

	/** Held by this page alone until it is sent. */
	sendFile(file: File): void {
		const one: Unsent = { clientId: this.#ports.newId(), text: file.name, file };
		this.#outgoing.add(one);
		this.#connection.start();
		if (this.#isKnown) this.#sendOne(one);
	}

	/** The file that a message is: its link comes by the socket, as it is good for minutes only. */
	openFile(seq: number): void {
		this.#connection.send({ type: "link", seq });
	}

	/** One that was refused is tried once more, as another message. */
	again({ clientId, text, attributes, file }: Unsent): void {
		this.#outgoing.drop(clientId);
		if (file) this.sendFile(file);
		else this.send(text, attributes);
	}

	/** Somebody asks to see the page. */
	answerOffer(sessionId: string, isAccepted: boolean): void {
		this.#connection.send({ type: "cobrowse", sessionId, isAccepted });
	}

	askOlder(): void {
		this.#thread.askOlder((before) => this.#connection.send({ type: "older", before }));
	}

	/** All that was said: what the page does not have is asked for. Where there is no connection, what it has. */
	whole(): Promise<readonly ServerMessage[]> {
		return this.#whole.read();
	}

	/** Asks for what was said by mail. Without a connection nobody hears it, and that is said. */
	mail(email: string): void {
		this.mailed.value = this.isOnline.peek() ? { state: "asked" } : { state: "failed" };
		if (this.isOnline.peek()) this.#connection.send({ type: "transcript", email });
	}

	end(): void {
		this.#connection.send({ type: "end" });
	}

	/** Nothing of the session stays in this browser; what is written next begins another one. */
	forget(): void {
		const isGuest = this.who.peek() === "";
		// A conversation that is over is their last one until they say that it is: the server would give it again.
		if (!isGuest && this.state.peek()?.isWritable === false) this.#connection.send({ type: "end" });
		this.#rest();
		// Who is signed in with the page begins anew as the same; what a guest had in this browser stays theirs.
		if (isGuest) {
			this.#visitor.keepToken(undefined);
		}
		this.#visitor.write("read", undefined);
		this.#visitor.write("known", undefined);
		this.#clear();
		this.#outgoing.dropAll();
		this.start();
	}

	#clear(): void {
		this.#whole.end();
		this.#thread.clear();
		this.state.value = undefined;
		this.#end.minutesLeft.value = undefined;
		this.#typing.hide();
		this.#saidSeen = "";
	}

	/** Another tab has begun a session, or ended it. */
	#adopt(token: string | undefined): void {
		if (token === this.#visitor.token) return;
		this.#visitor.setToken(token);
		if (this.who.peek() !== "") return;
		this.#rest();
		this.#clear();
		if (token !== undefined) this.#connection.start();
	}

	async #hello(): Promise<void> {
		const asked = ++this.#asked;
		const ask = this.#visitor.toAsk();
		let jwt: string | undefined;
		try {
			jwt = ask && (await ask());
		} catch (error) {
			if (asked === this.#asked) this.#askLater(error);
			return;
		}
		if (asked !== this.#asked) return;
		this.#failures = 0;
		this.#become(jwt === undefined ? "" : keepOf(jwt));
		if (this.#isWanted()) this.#greet(jwt);
		else this.#rest();
	}

	/** Who it is cannot be told just now: that is no guest. */
	#askLater(error: unknown): void {
		const why = error instanceof Error ? error.message : String(error);
		this.#ports.complain?.(`the page's sign-in gave no token: ${why}`);
		this.#hasFailed.value = true;
		this.#later(Math.min(longestWaitMs, againMs * 2 ** this.#failures++));
	}

	#later(ms: number): void {
		clearTimeout(this.#againTimer);
		this.#againTimer = setTimeout(() => this.#tryAgain(), ms);
	}

	#greet(jwt: string | undefined): void {
		const proof = this.#proof;
		this.#proof = undefined;
		this.#thread.unanswered();
		const { lastSeq } = this.#thread;
		const { token } = this.#visitor;
		const who = jwt ? { jwt } : token ? { token } : {};
		this.#connection.send({ type: "hello", lastSeq, ...who, ...(proof ? { proof } : {}) });
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
				this.#whole.take(frame.messages);
				this.#thread.addOlder(frame.messages);
				break;
			case "ack":
				this.#outgoing.drop(frame.clientId);
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
			case "transcript":
				this.mailed.value = { state: "sent", email: frame.email };
				break;
			case "screenshare":
				this.#ports.invited?.(frame);
				break;
			case "share":
				this.share.value = { sessionId: frame.sessionId, key: frame.key, agent: frame.agent };
				break;
			case "typing":
				this.#typing.show();
				break;
			case "error":
				this.#refused(frame.code, frame.text, frame.clientId);
				break;
		}
	}

	async #work(nonce: string, bits: number): Promise<void> {
		const asked = ++this.#asked;
		this.isChecking.value = true;
		const proof = await solve(nonce, bits);
		if (asked !== this.#asked) return;
		this.isChecking.value = false;
		this.#proof = proof;
		await this.#hello();
	}

	#known({ token, from, state, now }: Extract<ServerFrame, { type: "session" }>): void {
		if (token) this.#visitor.keepToken(token);
		this.#thread.goOnFrom(from);
		this.#isKnown = true;
		this.#saidSeen = "";
		this.isOnline.value = true;
		this.#hasFailed.value = false;
		this.#connection.settled();
		this.#stands(state, now);
		this.#sendWaiting();
	}

	#add({ type: _type, ...message }: { type: "message" } & ServerMessage): void {
		if (!this.#thread.add(message)) return;
		if (message.clientId) this.#outgoing.drop(message.clientId);
		if (message.direction === "outbound") this.#typing.hide();
		this.looked();
	}

	#stands(state: SessionState, now: string): void {
		this.#end.setClock(now);
		this.state.value = state;
		if (this.who.peek() !== "") this.#visitor.write("known", state.phase === "new" ? undefined : "1");
		this.#check();
	}

	async #bring(clientId: string, ticket: string): Promise<void> {
		const one = this.#outgoing.find(clientId);
		if (!one?.file) return;
		try {
			await this.#ports.bring(ticket, one.file);
			this.#outgoing.drop(clientId);
		} catch {
			this.#outgoing.fail(clientId, t("fileFailed"));
		}
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
			this.#later(againMs);
			return;
		}
		if (clientId) this.#outgoing.fail(clientId, text);
		else if (this.mailed.peek()?.state === "asked") this.mailed.value = { state: isOfMany(code) ? "many" : "failed" };
	}

	#tryAgain(): void {
		if (!this.#isKnown) {
			void this.#hello();
			return;
		}
		// What was refused may have been a question for what is older.
		this.#thread.unanswered();
		this.#whole.goOn();
		this.#sendWaiting();
	}

	#sendWaiting(): void {
		for (const one of this.#outgoing.waiting()) this.#sendOne(one);
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
		if (state && this.#end.check(state)) this.#expire();
	}

	#sendOne({ clientId, text, attributes, file }: Unsent): void {
		if (file) this.#connection.send({ type: "file", clientId, name: file.name, size: file.size });
		else this.#connection.send({ type: "message", clientId, text, ...(attributes ? { attributes } : {}) });
	}
}

/** There is no mail because there were many: another address would have none either. */
function isOfMany(code: string): boolean {
	return code === "message.transcript.often" || code === "message.transcript.busy";
}
