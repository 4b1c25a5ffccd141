/** All trunks of the organization, as one way to the outside: calls go out by the one that fits, and come in by each. */

import { randomUUID } from "node:crypto";
import { isPassing } from "../../kernel/database/database-errors.ts";
import { untilSaved } from "../../kernel/database/until-saved.ts";
import type { Kernel } from "../../kernel/domain.ts";
import { isWithin, listOf } from "../../kernel/outgoing/inner-networks.ts";
import type { MediaEngine, MediaEvent } from "../media-engine.ts";
import type { LegEnd, Trunk, TrunkCall } from "../trunk.ts";
import { type ArrivalParts, arrive, isTurned } from "./calls/arrivals.ts";
import { type KeptDialog, SipCall, type SipCallParts, type SipNews } from "./calls/call.ts";
import { IncomingCall } from "./calls/incoming.ts";
import { OutgoingCall } from "./calls/outgoing.ts";
import { type DialogState, dialogKey, dialogOfAnswer, keyOfState, requestWithin, resumed } from "./dialogs/dialog.ts";
import { askedTimer, leastSeconds } from "./dialogs/session-timer.ts";
import { Line, type LineTiming, lineTiming } from "./lines/line.ts";
import { placesOf } from "./lines/places.ts";
import { readAddress, readUri } from "./messages/address.ts";
import { cseqOf, header, isRequest, type SipRequest, type SipResponse, valuesOf } from "./messages/message.ts";
import type { TrunkStore } from "./store.ts";
import { type SipPeer, usualPort } from "./transport/peer.ts";
import { SipSockets } from "./transport/sockets.ts";
import { responseTo, type SipTiming, Transactions } from "./transport/transactions.ts";
import { type KeptTrunk, type TrunkState, trunksFor } from "./trunk-settings.ts";

export interface SipTrunksOptions extends ArrivalParts {
	kernel: Pick<Kernel, "outgoing" | "log" | "operators" | "clock">;
	store: TrunkStore;
	engine: MediaEngine;
	/** Undefined for all interfaces. */
	bindAddress: string | undefined;
	/** Of both doors, UDP and TCP; 0 for any free one. Untold it is SIP's usual one, or a free one where that is taken. */
	port: number | undefined;
	/** The address that others are told; undefined for this machine's own. */
	announced?: string;
	/** The caller has given up, or was lost, before the media could say so. */
	left(conversationId: string): Promise<void>;
	timing?: { sip?: SipTiming; line?: LineTiming; claimMs?: number };
}

/** Calls of the last run that no conversation takes up within so long are ended, ms. */
const claimMs = 60_000;
const nowhere = listOf([]);
/** Until a port that was taken is tried again, ms. */
const reopenMs = 10_000;
/** Strangers are told of once in so long, ms. */
const strangerMs = 60_000;

export class SipTrunks implements Trunk {
	readonly #options: SipTrunksOptions;
	readonly #sockets: SipSockets;
	readonly #transactions: Transactions;
	#lines: Line[] = [];
	#sources = new Map<Line, ReturnType<typeof listOf>>();
	readonly #calls = new Set<SipCall>();
	readonly #arrivals = new Map<string, IncomingCall>();
	/** Of the last run, by participant: not taken up yet. */
	readonly #kept = new Map<string, KeptDialog>();
	readonly #listeners = new Set<(news: SipNews) => void>();
	#writing: Promise<unknown> = Promise.resolve();
	#reloading: Promise<void> = Promise.resolve();
	#isOpen = false;
	#opening: Promise<void> | undefined;
	#reopening: NodeJS.Timeout | undefined;
	#isStopped = false;
	#claim: NodeJS.Timeout | undefined;
	#unsubscribe: () => void = () => {};
	#strangerTold = Number.NEGATIVE_INFINITY;
	#strangers = 0;
	/** Calls that nobody wants, by id: they are told so once. */
	readonly #lettingGo = new Set<string>();

	constructor(options: SipTrunksOptions) {
		this.#options = options;
		this.#sockets = new SipSockets({
			bindAddress: options.bindAddress,
			ports: options.port === undefined ? [usualPort("udp"), 0] : [options.port],
			...(options.announced ? { announced: options.announced } : {}),
			knows: (address, transport) => this.#isKnown(address, transport),
			message: (message, from) => this.#transactions.take(message, from),
			stranger: (address) => this.#tellStranger(address),
		});
		this.#transactions = new Transactions({
			send: (message, to) => this.#sockets.send(message, to),
			ownAddress: (peer) => this.#sockets.ownAddress(peer),
			request: (request, from) => void this.#onRequest(request, from),
			strayAnswer: (response, from) => this.#onStrayAnswer(response, from),
			...(options.timing?.sip ? { timing: options.timing.sip } : {}),
		});
	}

	/** Port of SIP, UDP and TCP; undefined while no trunk is switched on. */
	get port(): number | undefined {
		return this.#isOpen ? this.#sockets.port : undefined;
	}

	/** Opens the doors, where there is a trunk to open them for. */
	async start(): Promise<void> {
		const { store, engine, timing } = this.#options;
		for (const kept of await store.dialogs()) this.#kept.set(kept.participantId, kept);
		this.#unsubscribe = engine.onEvent((event) => this.#onMedia(event));
		await this.reload();
		this.#claim = setTimeout(() => this.#endUnclaimed(), timing?.claimMs ?? claimMs);
	}

	/** Calls stay: the next start takes them up. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		clearTimeout(this.#claim);
		clearTimeout(this.#reopening);
		this.#unsubscribe();
		for (const call of this.#calls) call.leave();
		await Promise.all(this.#lines.map((line) => line.stop(false)));
		await this.#writing;
		this.#transactions.stop();
		if (this.#isOpen) await this.#sockets.stop();
	}

	/** Trunks as they are set now; one that has not changed goes on, and its calls in any case. */
	reload(): Promise<void> {
		// One after the other: two changes at once would make a line twice.
		this.#reloading = this.#reloading.catch(() => {}).then(() => this.#reload());
		return this.#reloading;
	}

	async #reload(): Promise<void> {
		const all = await this.#options.store.all();
		if (this.#isStopped) return;
		// Calls of the last run are spoken with also where their trunk is switched off by now.
		if (all.some(({ enabled }) => enabled) || this.#kept.size > 0) await this.#open();
		const same = (line: Line) => all.some(({ id, version }) => id === line.trunk.id && version === line.trunk.version);
		const [staying, leaving] = [this.#lines.filter(same), this.#lines.filter((line) => !same(line))];
		const coming = all.filter(({ id }) => !staying.some((line) => line.trunk.id === id));
		const begun = coming.map((trunk) => this.#lineOf(trunk));
		this.#lines = [...staying, ...begun];
		this.#sources = new Map(this.#lines.map((line) => [line, listOf(line.trunk.sources)]));
		for (const line of leaving) void line.stop(!coming.some(({ id, enabled }) => id === line.trunk.id && enabled));
		for (const line of begun) if (this.#isOpen) line.start();
	}

	states(): ReadonlyMap<string, TrunkState> {
		const callsOf = (id: string) => [...this.#calls].filter(({ parts }) => parts.trunkId === id).length;
		return new Map(this.#lines.map((line) => [line.trunk.id, { ...line.state, calls: callsOf(line.trunk.id) }]));
	}

	onNews(listener: (news: SipNews) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Whether it is a call of a trunk's, rather than of somebody who only plays one. */
	takes(call: TrunkCall): boolean {
		if (call.isCaller && !call.resumed) return call.arrival !== undefined;
		return this.#knows(call) || (!call.isCaller && !call.resumed && this.#best(call.number) !== undefined);
	}

	place(call: TrunkCall): void {
		const running = [...this.#calls].find(({ party }) => party.participantId === call.participantId);
		if (call.resumed) this.#takeUp(call, running);
		else if (call.isCaller) this.#answer(call);
		else {
			// What was rung when the sound went is rung anew.
			running?.hangUp();
			this.#dial(call);
		}
	}

	end(legId: string, why: LegEnd): void {
		const call = [...this.#calls].find(({ party }) => party.legId === legId);
		if (call && why === "over") call.hangUp();
		else this.#options.engine.closeLeg(legId);
	}

	#open(): Promise<void> {
		this.#opening ??= this.#sockets.start().then(
			() => {
				this.#isOpen = true;
				for (const line of this.#lines) line.start();
			},
			(error: unknown) => this.#retryOpening(error),
		);
		return this.#opening;
	}

	/** The port is another program's, or was a moment ago. */
	#retryOpening(error: unknown): void {
		const { kernel, port } = this.#options;
		kernel.log.error({ err: error, port }, "trunks cannot be reached: no SIP port");
		this.#opening = undefined;
		clearTimeout(this.#reopening);
		this.#reopening = setTimeout(() => !this.#isStopped && void this.#open(), reopenMs);
		for (const line of this.#lines) line.cannotStart(`SIP port ${port ?? usualPort("udp")}: ${String(error)}`);
	}

	#lineOf(trunk: KeptTrunk): Line {
		const { kernel, timing } = this.#options;
		return new Line(trunk, {
			transactions: this.#transactions,
			places: (of) => placesOf(of, kernel.outgoing),
			ownAddress: (peer) => this.#sockets.ownAddress(peer),
			keepOpen: (peer) => this.#isOpen && this.#sockets.keepOpen(peer),
			changed: () => this.#tellState(trunk),
			now: () => kernel.clock.now(),
			timing: timing?.line ?? lineTiming,
		});
	}

	/** A stranger to all trunks learns of nothing here. Whose call runs is known as long as it does, whatever becomes of its trunk. */
	#isKnown(address: string, transport: SipPeer["transport"]): boolean {
		if (this.#lineAt(address, transport)) return true;
		const runs = [...this.#calls].some(({ parts, dialog }) => dialog?.peer.address === address || parts.knows(address));
		return runs || [...this.#kept.values()].some(({ dialog }) => dialog.peer.address === address);
	}

	/** Of two trunks of one provider the one that is meant is looked for. Who is spoken with in secret is heard in secret alone. */
	#lineAt(address: string, transport: SipPeer["transport"], request?: SipRequest): Line | undefined {
		const fitting = this.#lines.filter(
			(line) =>
				line.trunk.enabled &&
				(line.trunk.transport === "tls") === (transport === "tls") &&
				(line.isAt(address) || isWithin(this.#sources.get(line) ?? nowhere, address)),
		);
		const user = request && readUri(request.uri)?.user;
		return fitting.find(({ trunk }) => trunk.user !== undefined && trunk.user === user) ?? fitting[0];
	}

	#best(number: string): Line | undefined {
		const plain = number.replace(/^tel:/, "");
		if (!plain.startsWith("+") || !this.#isOpen) return undefined;
		const fitting = trunksFor(
			this.#lines.map((line) => ({ ...line.trunk, line })),
			plain,
		);
		// One that is known to be away is tried only where there is no other.
		return (fitting.find(({ line }) => line.state.state === "up") ?? fitting[0])?.line;
	}

	#knows({ participantId }: TrunkCall): boolean {
		return this.#kept.has(participantId) || [...this.#calls].some(({ party }) => party.participantId === participantId);
	}

	#dial(call: TrunkCall): void {
		const line = this.#best(call.number);
		if (!line) throw new Error("no trunk takes this number");
		const { trunk } = line;
		const caller = plainNumber(call.callerNumber) ?? trunk.callerNumber;
		const written = (number: string) => (trunk.numberForm === "digits" ? number.replace(/^\+/, "") : number);
		const dialled = {
			number: written(call.number.replace(/^tel:/, "")),
			...(caller ? { callerNumber: written(caller) } : {}),
			...(call.callerName ? { callerName: call.callerName } : {}),
			...(trunk.user ? { user: trunk.user } : {}),
			domain: line.domain,
			contact: (peer: SipPeer) => line.contact(peer),
			peers: () => line.peersNow(),
			isAway: (peer: SipPeer) => line.isAway(peer),
		};
		this.#calls.add(new OutgoingCall(this.#partsOf(line), partyOf(call), dialled));
	}

	#answer(call: TrunkCall): void {
		const arrival = call.arrival === undefined ? undefined : this.#arrivals.get(call.arrival);
		// It came to the last run, whose process ended before it could answer.
		if (!arrival) {
			this.#tellLater({ type: "far-end", legId: call.legId, step: "hungup" });
			return;
		}
		this.#arrivals.delete(call.arrival as string);
		const line = this.#lines.find(({ trunk }) => trunk.id === arrival.parts.trunkId);
		const contact = line ? line.contact(arrival.from) : Promise.resolve(`<${arrival.invite.uri}>`);
		void contact
			.then((own) => arrival.answer(partyOf(call), own))
			.catch(() => arrival.refuse(500, "Server Internal Error"));
	}

	#takeUp(call: TrunkCall, running: SipCall | undefined): void {
		const kept = this.#kept.get(call.participantId);
		const isOver: SipNews = { type: "far-end", legId: call.legId, step: "hungup" };
		if (running) {
			void running.takeUp(call.legId);
			return;
		}
		if (!kept) {
			this.#tellLater(isOver);
			return;
		}
		this.#kept.delete(call.participantId);
		const line = this.#lines.find(({ trunk }) => trunk.id === kept.trunkId);
		if (!line) {
			// Nobody knows any more who we were to it.
			this.#endKept(kept);
			this.#tellLater(isOver);
			return;
		}
		const again = new SipCall(this.#partsOf(line), partyOf(call));
		this.#calls.add(again);
		again.resume({ ...kept, dialog: resumed(kept.dialog) });
		// We may be at another port or address by now, as the other side sees it.
		void line.known
			.then(() => line.contact(kept.dialog.peer))
			.then((contact) => {
				if (again.dialog) again.dialog.contact = contact;
				return again.takeUp(call.legId);
			})
			.catch(() => again.fail());
	}

	#partsOf(line: Line): SipCallParts {
		return {
			engine: this.#options.engine,
			trunkId: line.trunk.id,
			secure: line.trunk.encrypted,
			knows: (address) => line.isAt(address),
			ask: (...asked) => line.ask(...asked),
			say: (request, to) => this.#transactions.say(request, to),
			respond: (...answered) => this.#transactions.respond(...answered),
			acknowledged: (invite) => this.#transactions.acknowledged(invite),
			tell: (news) => this.#tell(news),
			keep: (kept) => this.#write(() => this.#options.store.keepDialog(kept)),
			over: (call) => this.#forget(call),
		};
	}

	#forget(call: SipCall): void {
		this.#calls.delete(call);
		const { participantId } = call.party;
		if (participantId !== "") this.#write(() => this.#options.store.forgetDialog(participantId));
	}

	/** One after the other, so that the last word on a call is what is kept. */
	#write(what: () => Promise<void>): void {
		this.#writing = this.#writing
			.then(() => untilSaved(what, () => !this.#isStopped))
			.catch((error: unknown) => {
				if (!isPassing(error)) this.#options.kernel.log.error({ err: error }, "a trunk's call could not be kept");
			});
	}

	async #onRequest(request: SipRequest, from: SipPeer): Promise<void> {
		try {
			const call = this.#callOf(request);
			if (call) return await call.take(request, from);
			if (request.method === "ACK") return;
			if (request.method === "CANCEL") return this.#onCancel(request, from);
			if ("tag" in readAddress(header(request, "to") ?? "").params) return this.#onKept(request, from);
			if (request.method === "INVITE") return await this.#onInvite(request, from);
			const isAsked = request.method === "OPTIONS";
			const [status, reason] = isAsked ? [200, "OK"] : [405, "Method Not Allowed"];
			this.#answerBare(request, from, status as number, reason as string);
		} catch (error) {
			this.#options.kernel.log.error({ err: error, method: request.method }, "a trunk's request failed");
			this.#answerBare(request, from, 500, "Server Internal Error");
		}
	}

	#callOf(request: SipRequest): SipCall | undefined {
		const key = dialogKey(request);
		return [...this.#calls].find(({ dialog }) => dialog && keyOfState(dialog) === key);
	}

	async #onInvite(invite: SipRequest, from: SipPeer): Promise<void> {
		const line = this.#lineAt(from.address, from.transport, invite);
		if (!line) return this.#answerBare(invite, from, 403, "Forbidden");
		// The same by another way, as through a forking proxy (RFC 3261, section 8.2.2.2).
		if (this.#hasCome(invite)) return this.#answerBare(invite, from, 482, "Loop Detected");
		const unknown = valuesOf(invite.headers, "require").filter((one) => one !== "timer");
		if (unknown.length > 0) return this.#answerBare(invite, from, 420, "Bad Extension", unknown);
		const { seconds = leastSeconds } = askedTimer(invite) ?? {};
		if (seconds < leastSeconds) {
			const headers: Array<[string, string]> = [["Min-SE", String(leastSeconds)]];
			const tooSmall = responseTo(invite, 422, "Session Interval Too Small", { tag: randomUUID(), headers });
			this.#transactions.respond(invite, from, tooSmall);
			return;
		}
		const id = randomUUID();
		const call = new IncomingCall(this.#partsOf(line), invite, from);
		this.#calls.add(call);
		this.#arrivals.set(id, call);
		let isPlaced = false;
		try {
			const come = await arrive(invite, id, this.#options);
			if (isTurned(come)) return call.refuse(come.status, come.reason);
			isPlaced = true;
			// Given up while it was being written down.
			if (call.isOver) this.#write(() => this.#options.left(come.id));
			else call.party = { ...call.party, conversationId: call.party.conversationId || come.id };
		} catch (error) {
			call.refuse(503, "Service Unavailable", [["Retry-After", "5"]]);
			if (!isPassing(error)) throw error;
		} finally {
			if (!isPlaced) this.#arrivals.delete(id);
		}
	}

	#hasCome(invite: SipRequest): boolean {
		const whose = (one: SipRequest) => ["call-id", "from", "cseq"].map((name) => header(one, name)).join();
		return [...this.#calls].some((one) => one instanceof IncomingCall && whose(one.invite) === whose(invite));
	}

	#onCancel(cancel: SipRequest, from: SipPeer): void {
		const callId = header(cancel, "call-id");
		const { number } = cseqOf(cancel);
		const call = [...this.#calls].find(
			(one): one is IncomingCall =>
				one instanceof IncomingCall &&
				!one.isAnswered &&
				header(one.invite, "call-id") === callId &&
				cseqOf(one.invite).number === number,
		);
		this.#answerBare(cancel, from, call ? 200 : 481, call ? "OK" : "Call/Transaction Does Not Exist");
		if (!call) return;
		const { conversationId } = call.party;
		call.cancelled();
		for (const [id, one] of this.#arrivals) if (one === call) this.#arrivals.delete(id);
		if (conversationId !== "") this.#write(() => this.#options.left(conversationId));
	}

	/** Within a call of the last run that is not taken up yet: its end counts, all else has to wait a moment. */
	#onKept(request: SipRequest, from: SipPeer): void {
		const key = dialogKey(request);
		const kept = [...this.#kept.values()].find(({ dialog }) => keyOfState(dialog) === key);
		if (!kept) {
			this.#answerBare(request, from, 481, "Call/Transaction Does Not Exist");
			return;
		}
		if (request.method !== "BYE") {
			const wait = responseTo(request, 500, "Server Internal Error", { headers: [["Retry-After", "2"]] });
			this.#transactions.respond(request, from, wait);
			return;
		}
		this.#kept.delete(kept.participantId);
		this.#write(() => this.#options.store.forgetDialog(kept.participantId));
		this.#answerBare(request, from, 200, "OK");
	}

	/**
	 * Our ACK was lost; or somebody else has answered too, as behind a forking proxy; or whom the last run rang has answered it:
	 * they are let go.
	 */
	#onStrayAnswer(response: SipResponse, from: SipPeer): void {
		const callId = header(response, "call-id");
		const call = [...this.#calls].find(({ dialog }) => dialog?.callId === callId);
		const cseq = cseqOf(response).number;
		if (call?.dialog && call.dialog.remote === header(response, "to")) {
			void call.parts.say(requestWithin(call.dialog, "ACK", { cseq }), call.dialog.peer);
			return;
		}
		// A call of the last run that is still to be taken up: its re-INVITE agrees anew.
		if ([...this.#kept.values()].some(({ dialog }) => dialog.callId === callId)) return;
		const line = this.#lineAt(from.address, from.transport);
		if (!line || this.#lettingGo.has(callId ?? "")) return;
		this.#lettingGo.add(callId ?? "");
		const asked: SipRequest = { method: "INVITE", uri: `sip:${from.address}`, body: "", headers: response.headers };
		const other = dialogOfAnswer(asked, response, from, header(response, "contact") ?? "");
		void this.#letGo(line, other, cseq)
			.catch(() => {})
			.finally(() => this.#lettingGo.delete(callId ?? ""));
	}

	async #letGo(line: Line, dialog: DialogState, cseq: number): Promise<void> {
		dialog.contact = await line.contact(dialog.peer);
		await this.#transactions.say(requestWithin(dialog, "ACK", { cseq }), dialog.peer);
		await line.ask(requestWithin(dialog, "BYE"), dialog.peer);
	}

	#answerBare(request: SipRequest, from: SipPeer, status: number, reason: string, unsupported: string[] = []): void {
		if (!isRequest(request) || request.method === "ACK") return;
		const headers: Array<[string, string]> = unsupported.length > 0 ? [["Unsupported", unsupported.join(", ")]] : [];
		if (status === 405 || request.method === "OPTIONS")
			headers.push(["Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, INFO"], ["Accept", "application/sdp"]);
		this.#transactions.respond(request, from, responseTo(request, status, reason, { tag: randomUUID(), headers }));
	}

	/** The leg has gone by itself: its peer sends nothing, or its answer could not be used. */
	#onMedia(event: MediaEvent): void {
		if (event.type !== "leg-lost") return;
		[...this.#calls].find(({ party }) => party.legId === event.legId)?.hangUp();
	}

	/** Their conversations ended while nobody was here. */
	#endUnclaimed(): void {
		for (const kept of this.#kept.values()) this.#endKept(kept);
		this.#kept.clear();
	}

	#endKept({ participantId, dialog, trunkId }: KeptDialog): void {
		const line = this.#lines.find(({ trunk }) => trunk.id === trunkId);
		const bye = requestWithin(resumed(dialog), "BYE");
		if (this.#isOpen) void (line ?? this.#transactions).ask(bye, dialog.peer);
		this.#write(() => this.#options.store.forgetDialog(participantId));
	}

	#tell(news: SipNews): void {
		for (const listener of this.#listeners) listener(news);
	}

	/** Not at once: whoever places the call knows its leg a moment later. */
	#tellLater(news: SipNews): void {
		setImmediate(() => this.#tell(news));
	}

	/** Operators read when a way to the outside is gone, and when it is back. */
	#tellState({ id, name }: KeptTrunk): void {
		const { state, reason } = this.#lines.find(({ trunk }) => trunk.id === id)?.state ?? {};
		if (state === "trying" || state === undefined) return;
		const text = state === "up" ? "a trunk is there" : "a trunk is not there: no calls come or go by it";
		this.#options.kernel.operators.warn({ event: "trunk.state", trunk: name, state, reason }, text);
	}

	#tellStranger(address: string): void {
		const { clock, operators } = this.#options.kernel;
		this.#strangers++;
		if (clock.steadyMs() - this.#strangerTold < strangerMs) return;
		this.#strangerTold = clock.steadyMs();
		operators.warn(
			{ event: "trunk.stranger", address, messages: this.#strangers },
			"SIP messages from an address that is no trunk's were not answered",
		);
		this.#strangers = 0;
	}
}

function partyOf({ legId, participantId, conversationId }: TrunkCall) {
	return { legId, participantId, conversationId };
}

function plainNumber(address: string | undefined): string | undefined {
	const plain = address?.replace(/^tel:/, "");
	return plain?.startsWith("+") ? plain : undefined;
}
