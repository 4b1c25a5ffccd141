import type { WebSocket } from "ws";
import { databaseRefusal, valueRefusal } from "../../kernel/database/database-errors.ts";
import { ApiError } from "../../kernel/http/api-error.ts";
import { strangerAt } from "../../kernel/http/caller-key.ts";
import type { Logger } from "../../kernel/log.ts";
import type { OperatorLog } from "../../kernel/operator-log.ts";
import type { ScreenInvitation, ScreenInvitations } from "../../screen-share/invitations.ts";
import { type Files, fileOf } from "../files.ts";
import type { Message, MessageAddress } from "../model.ts";
import { type Admission, type Challenge, isProof } from "./admission.ts";
import type { Bursts } from "./bursts.ts";
import { type GuestFrame, readGuestFrame, requireStorable } from "./guest-frames.ts";
import type { GuestHub, GuestPage } from "./guest-hub.ts";
import type { Guest } from "./guest-store.ts";
import { type Guests, messengerOf } from "./guests.ts";
import type { IssuerKeys } from "./issuer-keys.ts";
import { readSignedToken, SignInRefused } from "./signed-token.ts";
import type { Tickets } from "./tickets.ts";
import type { createTranscripts } from "./transcripts.ts";

export interface ConnectionDeps {
	guests: Guests;
	hub: GuestHub;
	admission: Admission;
	/** Messages, and everything else that a session's pages send. */
	limits: { messages: Bursts; frames: Bursts; files: Bursts };
	files: Files;
	tickets: Tickets;
	transcripts: ReturnType<typeof createTranscripts>;
	issuerKeys: Pick<IssuerKeys, "of">;
	addressOf(id: string): Promise<MessageAddress | undefined>;
	messages: {
		following(threadId: string, count: number, limit: number): Promise<Message[]>;
		count(threadId: string): Promise<number>;
	};
	namesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
	/** Screens that are shared just now; none unless told. */
	screens?: Pick<ScreenInvitations, "of">;
	/** By which sessions end. */
	now(): Date;
	operators: Pick<OperatorLog, "warn">;
	log: Logger;
}

/** As many as a page gets at once; older ones when it asks. */
const pageSize = 50;
/** Of one session, such as tabs. */
const mostPages = 20;

/** Why a socket was closed, as pages read it. */
export const closing = {
	unknown: 4001,
	expired: 4003,
	elsewhere: 4004,
	origin: 4005,
	pages: 4006,
	signIn: 4007,
} as const;

/**
 * One page that shows a session. What is new it reads from what is kept, by number, so that nothing is lost or doubled
 * whatever wakes it, and whoever wrote it.
 */
export class GuestConnection implements GuestPage {
	guestId = "";
	conversationId: string | undefined;
	readonly #socket: WebSocket;
	readonly #deps: ConnectionDeps;
	readonly #at: { addressId: string; origin: string; ip: string };
	#guest: Guest | undefined;
	#challenge: Challenge | undefined;
	/** The number of the last message that the page was sent. */
	#seq = 0;
	#shownState = "";
	#isReading = false;
	#isAgain = false;

	constructor(socket: WebSocket, at: { addressId: string; origin: string; ip: string }, deps: ConnectionDeps) {
		this.#socket = socket;
		this.#at = at;
		this.#deps = deps;
	}

	get isKnown(): boolean {
		return this.#guest !== undefined;
	}

	/** One frame of the page's. Never rejects. */
	async receive(text: string): Promise<void> {
		const frame = readGuestFrame(text);
		if (!frame) return this.#socket.close(1007, "not understood");
		try {
			requireStorable(frame);
			await this.#obey(frame);
		} catch (error) {
			this.#tellFailure(valueRefusal(error) ?? error, frame);
		}
	}

	wake(): void {
		this.#isAgain = true;
		if (!this.#isReading) void this.#read();
	}

	showTyping(): void {
		this.#send({ type: "typing" });
	}

	invite(invitation: ScreenInvitation): void {
		this.#send(invitation);
	}

	gone(): void {
		if (this.#guest) this.#deps.hub.remove(this);
	}

	async #obey(frame: GuestFrame): Promise<void> {
		const { guests, limits } = this.#deps;
		const guest = this.#guest;
		if (!guest) {
			if (frame.type === "hello") return this.#hello(frame);
			return this.#socket.close(closing.unknown, "no hello");
		}
		const isTaken = frame.type === "message" ? limits.messages.take(guest.id) : limits.frames.take(guest.id);
		if (!isTaken) throw tooMany();
		const address = await this.#address();
		if (!address) return;
		if (frame.type === "message") return this.#write(address, guest, frame);
		if (frame.type === "typing" && messengerOf(address).typing) await guests.typing(guest);
		if (frame.type === "seen") await guests.seen(guest, address, Math.min(frame.seq, this.#seq), frame.isRead);
		if (frame.type === "older") await this.#older(guest, address, frame.before);
		if (frame.type === "file") this.#giveTicket(address, guest, frame);
		if (frame.type === "link") await this.#link(guest, address, frame.seq);
		if (frame.type === "cobrowse") await this.#cobrowse(guest, address, frame);
		if (frame.type === "transcript") this.#sendTranscript(address, guest, frame);
		if (frame.type === "end") {
			await guests.end(guest);
			this.#deps.hub.wakeGuest(guest.id);
		}
	}

	async #hello(frame: Extract<GuestFrame, { type: "hello" }>): Promise<void> {
		const address = await this.#address();
		if (!address) return;
		const opened = frame.jwt
			? { guest: await this.#signIn(address, frame.jwt) }
			: frame.token
				? { guest: await this.#deps.guests.resume(address, frame.token) }
				: await this.#open(address, frame.proof);
		// A page that left meanwhile is none.
		if (!opened || this.#guest || this.#socket.readyState !== this.#socket.OPEN) return;
		const { guest } = opened;
		this.guestId = guest.id;
		if (!this.#deps.hub.add(this, mostPages)) return this.#socket.close(closing.pages, "too many pages");
		this.#guest = guest;
		await this.#greet(address, guest, "token" in opened ? opened.token : undefined, frame.lastSeq);
		this.wake();
	}

	/** @throws ApiError 401 `message.signin.refused` */
	async #signIn(address: MessageAddress, jwt: string): Promise<Guest> {
		const { signIn } = messengerOf(address);
		if (!signIn) throw new SignInRefused("off", "This messenger knows no sign-in of its pages.");
		const keysOf = (kid: string | undefined) => this.#deps.issuerKeys.of(signIn.keys, kid);
		return this.#deps.guests.enter(address, await readSignedToken(jwt, signIn, keysOf, this.#deps.now()));
	}

	async #open(address: MessageAddress, proof: string | undefined) {
		const { admission, guests } = this.#deps;
		const { ip } = this.#at;
		const asked = this.#challenge;
		this.#challenge = undefined;
		const challenge = admission.challenge(ip);
		if (challenge && !(asked && proof !== undefined && isProof(asked, proof))) {
			this.#challenge = challenge;
			this.#send({ type: "challenge", ...challenge });
			return undefined;
		}
		if (!admission.enter(ip)) throw tooMany();
		return guests.open(address);
	}

	/** From where on it is told: a page that has been away for long gets what is newest. */
	async #greet(address: MessageAddress, guest: Guest, token: string | undefined, lastSeq: number): Promise<void> {
		const { thread, state } = await this.#deps.guests.look(address, guest);
		const count = thread ? await this.#deps.messages.count(thread.id) : 0;
		this.#seq = Math.max(Math.min(lastSeq, count), count - pageSize);
		this.#shownState = JSON.stringify(state);
		this.#deps.hub.follow(this, thread?.conversationId);
		this.#send({
			type: "session",
			...(token ? { token } : {}),
			from: this.#seq,
			state,
			now: this.#deps.now().toISOString(),
		});
		const invitation = this.#deps.screens?.of(thread?.conversationId);
		if (invitation) this.#send(invitation);
	}

	async #write(
		address: MessageAddress,
		guest: Guest,
		{ clientId, text, attributes }: Extract<GuestFrame, { type: "message" }>,
	): Promise<void> {
		if (text.trim() === "") throw new ApiError(400, "message.empty", "An empty message cannot be sent.");
		const wish = { clientId, text, ...(attributes ? { attributes } : {}) };
		const { kept, seq } = await this.#deps.guests.write(address, guest, wish);
		this.#deps.hub.follow(this, kept.conversationId ?? this.conversationId);
		// In front of it go those before it, so that it stands in its place.
		await this.#read();
		this.#send({ type: "ack", clientId, seq });
		this.#deps.hub.wakeGuest(guest.id);
	}

	/** No frame after it waits for the mail's server; the page is told when that has taken it, or has not. */
	#sendTranscript(address: MessageAddress, guest: Guest, frame: Extract<GuestFrame, { type: "transcript" }>): void {
		this.#deps.transcripts.send(address, guest, frame.email, this.#at.ip).then(
			() => this.#send({ type: "transcript", email: frame.email }),
			(error: unknown) => this.#tellFailure(error, frame),
		);
	}

	#giveTicket(
		address: MessageAddress,
		guest: Guest,
		{ clientId, name, size }: Extract<GuestFrame, { type: "file" }>,
	): void {
		const { files, tickets, limits } = this.#deps;
		if (!messengerOf(address).files) throw new ApiError(403, "message.file.off", "No files are sent here.");
		files.check({ name, size });
		if (!limits.files.take(guest.id)) throw tooMany();
		const ticket = tickets.give({ guest, addressId: address.id, clientId, wish: { name, size } });
		this.#send({ type: "ticket", clientId, ticket });
	}

	async #link(guest: Guest, address: MessageAddress, seq: number): Promise<void> {
		const { thread } = await this.#deps.guests.look(address, guest);
		const [message] = thread ? await this.#deps.messages.following(thread.id, seq - 1, 1) : [];
		this.#send({ type: "link", seq, url: await this.#deps.files.link(fileOf(message)) });
	}

	async #cobrowse(
		guest: Guest,
		address: MessageAddress,
		{ sessionId, isAccepted }: Extract<GuestFrame, { type: "cobrowse" }>,
	): Promise<void> {
		const accepted = await this.#deps.guests.answerCobrowse(address, guest, sessionId, isAccepted);
		if (!accepted) return;
		const { session, key } = accepted;
		this.#send({ type: "share", sessionId: session.id, key, agent: session.agentName });
	}

	async #older(guest: Guest, address: MessageAddress, before: number): Promise<void> {
		const { thread } = await this.#deps.guests.look(address, guest);
		const from = Math.max(0, before - 1 - pageSize);
		const limit = Math.max(0, before - 1) - from;
		const found = thread && limit > 0 ? await this.#deps.messages.following(thread.id, from, limit) : [];
		this.#send({ type: "older", messages: await this.#shown(found, from) });
	}

	/** Sends what is new, until nothing is. Never rejects. */
	async #read(): Promise<void> {
		if (this.#isReading) {
			this.#isAgain = true;
			return;
		}
		this.#isReading = true;
		try {
			do {
				this.#isAgain = false;
				await this.#readOnce();
			} while (this.#isAgain && this.#socket.readyState === this.#socket.OPEN);
		} catch (error) {
			this.#tellFailure(error);
		} finally {
			this.#isReading = false;
		}
	}

	async #readOnce(): Promise<void> {
		const guest = this.#guest;
		const address = guest && (await this.#address());
		if (!guest || !address) return;
		const { thread, state, isExpired } = await this.#deps.guests.look(address, guest);
		if (isExpired) return this.#expired();
		this.#deps.hub.follow(this, thread?.conversationId);
		const found = thread ? await this.#deps.messages.following(thread.id, this.#seq, pageSize) : [];
		const shown = await this.#shown(found, this.#seq);
		for (const message of shown) this.#send({ type: "message", ...message });
		this.#seq += found.length;
		if (found.length === pageSize) this.#isAgain = true;
		const stands = JSON.stringify(state);
		if (stands !== this.#shownState) this.#send({ type: "state", state, now: this.#deps.now().toISOString() });
		this.#shownState = stands;
	}

	/** @param from how many there are before the first */
	async #shown(messages: readonly Message[], from: number) {
		const names = await this.#deps.namesOf([...new Set(messages.flatMap(({ userId }) => userId ?? []))]);
		return messages.map(({ direction, text, at, userId, isAutomatic, providerId, file }, index) => {
			const name = userId && names.get(userId);
			return {
				seq: from + index + 1,
				direction,
				text,
				at: at.toISOString(),
				...(isAutomatic ? { isAutomatic } : {}),
				...(file ? { file: { name: file.name, type: file.type, size: file.size } } : {}),
				...(name ? { name } : {}),
				...(direction === "inbound" && providerId ? { clientId: providerId } : {}),
			};
		});
	}

	/** The messenger as it is by now: one that was deleted, or may not stand in the page any more, is closed. */
	async #address(): Promise<MessageAddress | undefined> {
		const address = await this.#deps.addressOf(this.#at.addressId);
		if (!address) this.#socket.close(closing.elsewhere, "no such messenger");
		else if (messengerOf(address).origins.includes(this.#at.origin)) return address;
		else this.#socket.close(closing.origin, "origin not allowed");
		return undefined;
	}

	#expired(): void {
		this.#send({ type: "error", code: "message.session.expired", text: "This session is over. Start a new one." });
		this.#socket.close(closing.expired, "session expired");
	}

	#tellFailure(error: unknown, frame?: GuestFrame): void {
		const isOfOne = frame?.type === "message" || frame?.type === "file";
		const clientId = isOfOne ? { clientId: frame.clientId } : {};
		if (error instanceof ApiError && error.code === "message.session.expired") {
			this.#expired();
			return;
		}
		if (error instanceof ApiError && (error.status < 500 || frame?.type === "transcript")) {
			this.#send({ type: "error", code: error.code, text: error.message, ...clientId });
			if (error instanceof SignInRefused) this.#signInRefused(error);
			return;
		}
		if (!databaseRefusal(error)) this.#deps.log.error({ err: error }, "a messenger's page could not be served");
		// It comes again, and says what it has: what was not kept is sent once more.
		this.#socket.close(1011, "server error");
	}

	/** A mistake in the settings would keep everybody out; and anybody can bring a token that is none. */
	#signInRefused({ code, reason }: SignInRefused): void {
		this.#deps.operators.warn(
			{ event: code, reason, deploymentId: this.#at.addressId, unverified: true },
			"a messenger did not take the sign-in of its page",
			strangerAt(this.#at.ip),
		);
		// The page comes again with a token that is fresh.
		this.#socket.close(closing.signIn, "sign-in refused");
	}

	#send(message: object): void {
		if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message));
	}
}

function tooMany(): ApiError {
	return new ApiError(429, "too.many.messages", "Too much at once. Wait a moment.");
}
