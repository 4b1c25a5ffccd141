/** All trunks of the organization, as one way to the outside: calls go out by the one that fits, and come in by each. */

import { mostTrunkCalls } from "@inlay/contract/trunks";
import { isPassing } from "../../kernel/database/database-errors.ts";
import { untilSaved } from "../../kernel/database/until-saved.ts";
import type { Kernel } from "../../kernel/domain.ts";
import type { MediaEngine, MediaEvent } from "../media-engine.ts";
import type { LegEnd, Trunk, TrunkCall } from "../trunk.ts";
import type { ArrivalParts } from "./calls/arrivals.ts";
import { type KeptDialog, SipCall, type SipCallParts, type SipNews } from "./calls/call.ts";
import { CallBook } from "./calls/call-book.ts";
import { dialledBy } from "./calls/dialled.ts";
import { KeptCalls } from "./calls/kept-calls.ts";
import { OutgoingCall } from "./calls/outgoing.ts";
import { Requests } from "./calls/requests.ts";
import { StrayAnswers } from "./calls/stray-answers.ts";
import { requestWithin, resumed } from "./dialogs/dialog.ts";
import { Line, type LineTiming, lineTiming } from "./lines/line.ts";
import { Lines } from "./lines/lines.ts";
import { placesOf } from "./lines/places.ts";
import { OperatorNews } from "./operator-news.ts";
import type { TrunkStore } from "./store.ts";
import { Doors } from "./transport/doors.ts";
import { type SipPeer, usualPort } from "./transport/peer.ts";
import { SipSockets } from "./transport/sockets.ts";
import { patience, type SipTiming, sipTiming } from "./transport/timing.ts";
import { Transactions } from "./transport/transactions.ts";
import type { KeptTrunk, TrunkState } from "./trunk-settings.ts";

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
	timing?: { sip?: SipTiming; line?: LineTiming; claimMs?: number; reopenMs?: number };
}

/** Calls of the last run that no conversation takes up within so long are ended, ms. */
const claimMs = 60_000;
/** Until a port that was taken is tried again, ms. */
const reopenMs = 10_000;

export class SipTrunks implements Trunk {
	readonly #options: SipTrunksOptions;
	readonly #sockets: SipSockets;
	readonly #doors: Doors;
	readonly #transactions: Transactions;
	readonly #requests: Requests;
	readonly #lines: Lines;
	readonly #calls = new CallBook();
	readonly #kept: KeptCalls;
	readonly #news: OperatorNews;
	readonly #listeners = new Set<(news: SipNews) => void>();
	#writing: Promise<unknown> = Promise.resolve();
	#reloading: Promise<void> = Promise.resolve();
	#isStopped = false;
	#claim: NodeJS.Timeout | undefined;
	#unsubscribe: () => void = () => {};

	constructor(options: SipTrunksOptions) {
		this.#options = options;
		this.#news = new OperatorNews(options.kernel);
		this.#kept = new KeptCalls(options.store);
		this.#lines = new Lines((trunk) => this.#lineOf(trunk));
		this.#sockets = this.#newSockets();
		this.#doors = new Doors({
			open: () => this.#sockets.start(),
			close: () => this.#sockets.stop(),
			opened: () => this.#onOpened(),
			failed: (error) => this.#onTaken(error),
			reopenMs: options.timing?.reopenMs ?? reopenMs,
		});
		const parts = { lines: this.#lines, calls: this.#calls, kept: this.#kept };
		this.#transactions = this.#newTransactions(parts);
		this.#requests = new Requests({
			...{ ...parts, transactions: this.#transactions, arrival: options, log: options.kernel.log },
			partsOf: (line) => this.#partsOf(line),
			hasRoom: (line) => this.#hasRoom(line),
			left: (conversationId) => this.#write(() => options.left(conversationId)),
			forget: (participantId) => this.#write(() => options.store.forgetDialog(participantId)),
		});
	}

	/** Port of SIP, UDP and TCP; undefined while no trunk is switched on. */
	get port(): number | undefined {
		return this.#doors.isOpen ? this.#sockets.port : undefined;
	}

	/** Opens the doors, where there is a trunk to open them for. */
	async start(): Promise<void> {
		await this.#kept.load();
		this.#unsubscribe = this.#options.engine.onEvent((event) => this.#onMedia(event));
		await this.reload();
	}

	/** Calls stay: the next start takes them up. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		clearTimeout(this.#claim);
		this.#unsubscribe();
		for (const call of this.#calls.all) call.leave();
		await this.#lines.stop();
		await this.#writing;
		this.#transactions.stop();
		await this.#doors.stop();
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
		if (all.some(({ enabled }) => enabled) || this.#kept.size > 0) await this.#doors.open();
		if (this.#isStopped) return;
		for (const line of this.#lines.set(all)) if (this.#doors.isOpen) line.start();
	}

	states(): ReadonlyMap<string, TrunkState> {
		return new Map(
			this.#lines.all.map(({ trunk: { id }, state }) => {
				const fullAt = this.#news.fullAt(id);
				return [id, { ...state, calls: this.#calls.countOf(id), ...(fullAt ? { fullAt } : {}) }];
			}),
		);
	}

	onNews(listener: (news: SipNews) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Whether it is a call of a trunk's, rather than of somebody who only plays one. */
	takes(call: TrunkCall): boolean {
		if (call.isCaller && !call.resumed) return call.arrival !== undefined;
		const isKnown = this.#kept.has(call.participantId) || this.#calls.byParticipant(call.participantId) !== undefined;
		return isKnown || (!call.isCaller && !call.resumed && this.#fitting(call.number).length > 0);
	}

	place(call: TrunkCall): void {
		const running = this.#calls.byParticipant(call.participantId);
		if (call.resumed) this.#takeUp(call, running);
		else if (call.isCaller) this.#answer(call);
		else {
			// What was rung when the sound went is rung anew.
			running?.hangUp();
			this.#dial(call);
		}
	}

	end(legId: string, why: LegEnd): void {
		const call = this.#calls.byLeg(legId);
		if (call && why === "over") call.hangUp();
		else this.#options.engine.closeLeg(legId);
	}

	#newSockets(): SipSockets {
		const { bindAddress, port, announced } = this.#options;
		return new SipSockets({
			...{ bindAddress, ports: port === undefined ? [usualPort("udp"), 0] : [port] },
			...(announced ? { announced } : {}),
			knows: (address, transport) => this.#isKnown(address, transport),
			message: (message, from) => this.#transactions.take(message, from),
			stranger: (address) => this.#news.stranger(address),
			crowded: (address) => this.#news.crowded(address),
			inUse: (address) => this.#calls.isWith(address) || this.#kept.isWith(address),
		});
	}

	#newTransactions(parts: { lines: Lines; calls: CallBook; kept: KeptCalls }): Transactions {
		const stray = new StrayAnswers({ ...parts, transactions: { say: (...said) => this.#transactions.say(...said) } });
		return new Transactions({
			send: (message, to) => this.#sockets.send(message, to),
			ownAddress: (peer) => this.#ownAddress(peer),
			request: (request, from) => void this.#requests.take(request, from),
			strayAnswer: (response, from) => stray.take(response, from),
			timing: this.#sipTiming,
		});
	}

	get #sipTiming(): SipTiming {
		return this.#options.timing?.sip ?? sipTiming;
	}

	/** Whatever is to be said waits until it can be. @throws Error where that is not to come */
	async #ownAddress(peer: SipPeer): Promise<{ host: string; port: number }> {
		await this.#doors.whenOpen();
		return this.#sockets.ownAddress(peer);
	}

	#onOpened(): void {
		for (const line of this.#lines.all) line.start();
		this.#claim = setTimeout(() => this.#endUnclaimed(), this.#claimMs);
	}

	/** The port is another program's, or was a moment ago. */
	#onTaken(error: unknown): void {
		const { kernel, port = usualPort("udp") } = this.#options;
		kernel.log.error({ err: error, port }, "trunks cannot be reached: no SIP port");
		for (const line of this.#lines.all) line.cannotStart();
	}

	get #claimMs(): number {
		return this.#options.timing?.claimMs ?? claimMs;
	}

	#lineOf(trunk: KeptTrunk): Line {
		const { kernel, timing } = this.#options;
		return new Line(trunk, {
			transactions: this.#transactions,
			places: (of) => placesOf(of, kernel.outgoing),
			ownAddress: (peer) => this.#ownAddress(peer),
			keepOpen: (peer) => this.#doors.isOpen && this.#sockets.keepOpen(peer),
			changed: () => this.#news.state(trunk, this.#lines.of(trunk.id)?.state),
			now: () => kernel.clock.now(),
			timing: timing?.line ?? lineTiming,
		});
	}

	/** A stranger to all trunks learns of nothing here. */
	#isKnown(address: string, transport: SipPeer["transport"]): boolean {
		return (
			this.#lines.at({ address, transport }) !== undefined || this.#calls.isWith(address) || this.#kept.isWith(address)
		);
	}

	#fitting(number: string): readonly Line[] {
		const plain = number.replace(/^tel:/, "");
		return plain.startsWith("+") && this.#doors.isOpen ? this.#lines.for(plain) : [];
	}

	/** A trunk that has all the calls that it may have gets no other: that is told, and operators hear of it. */
	#hasRoom({ trunk }: Line): boolean {
		const hasRoom = this.#calls.countOf(trunk.id) < (trunk.maxCalls ?? mostTrunkCalls);
		if (!hasRoom) this.#news.full(trunk);
		return hasRoom;
	}

	#dial(call: TrunkCall): void {
		const fitting = this.#fitting(call.number);
		const line = fitting.find((one) => this.#calls.countOf(one.trunk.id) < (one.trunk.maxCalls ?? mostTrunkCalls));
		if (line) this.#calls.add(new OutgoingCall(this.#partsOf(line), partyOf(call), dialledBy(line, call, this.#lines)));
		else if (fitting[0]) {
			this.#hasRoom(fitting[0]);
			this.#tellLater({ type: "far-end", legId: call.legId, step: "hungup", cause: "unreachable" });
		} else throw new Error("no trunk takes this number");
	}

	#answer(call: TrunkCall): void {
		const arrival = this.#calls.takeArrival(call.arrival);
		// It came to the last run, whose process ended before it could answer.
		if (!arrival) {
			this.#tellLater({ type: "far-end", legId: call.legId, step: "hungup" });
			return;
		}
		const line = this.#lines.of(arrival.parts.trunkId);
		const contact = line ? line.contact(arrival.from) : Promise.resolve(`<${arrival.invite.uri}>`);
		void contact
			.then((own) => arrival.answer(partyOf(call), own))
			.catch(() => arrival.refuse(500, "Server Internal Error"));
	}

	#takeUp(call: TrunkCall, running: SipCall | undefined): void {
		if (running) {
			// Until the port is open it waits already.
			if (this.#doors.isOpen) void running.takeUp(call.legId);
			else running.party = partyOf(call);
			return;
		}
		const kept = this.#kept.take(call.participantId);
		const line = kept && this.#lines.of(kept.trunkId);
		if (!line) {
			// Nobody knows any more who we were to it.
			if (kept) this.#endKept(kept);
			this.#tellLater({ type: "far-end", legId: call.legId, step: "hungup" });
			return;
		}
		const again = new SipCall(this.#partsOf(line), partyOf(call));
		this.#calls.add(again);
		again.resume({ ...kept, dialog: resumed(kept.dialog) });
		void this.#agreeAnew(again, line).catch(() => again.fail());
	}

	/** We may be at another port or address by now, as the other side sees it; the port itself may be taken for a moment. */
	async #agreeAnew(again: SipCall, line: Line): Promise<void> {
		const late = setTimeout(() => !this.#doors.isOpen && again.hangUpLate(), this.#claimMs);
		await this.#doors.whenOpen().finally(() => clearTimeout(late));
		await line.known;
		if (!again.dialog || again.isOver) return;
		again.dialog.contact = await line.contact(again.dialog.peer);
		await again.takeUp(again.party.legId);
	}

	#partsOf(line: Line): SipCallParts {
		return {
			engine: this.#options.engine,
			trunkId: line.trunk.id,
			secure: line.trunk.encrypted,
			knows: (address) => this.#lines.has(this.#lines.of(line.trunk.id) ?? line, address),
			ask: (...asked) => line.ask(...asked),
			say: (request, to) => this.#transactions.say(request, to),
			respond: (...answered) => this.#transactions.respond(...answered),
			acknowledged: (invite) => this.#transactions.acknowledged(invite),
			patienceMs: patience * this.#sipTiming.t1,
			tell: (news) => this.#tell(news),
			keep: (kept) => this.#write(() => this.#options.store.keepDialog(kept)),
			over: (call) => this.#forget(call),
		};
	}

	#forget(call: SipCall): void {
		this.#calls.delete(call);
		const { participantId } = call.party;
		if (participantId === "") return;
		const forget = () => this.#write(() => this.#options.store.forgetDialog(participantId));
		// Its end can be said only then: whoever stops before leaves it to the next life of the server.
		if (this.#doors.isOpen) forget();
		else this.#doors.whenOpen().then(forget, () => {});
	}

	/** One after the other, so that the last word on a call is what is kept. */
	#write(what: () => Promise<void>): void {
		this.#writing = this.#writing
			.then(() => untilSaved(what, () => !this.#isStopped))
			.catch((error: unknown) => {
				if (!isPassing(error)) this.#options.kernel.log.error({ err: error }, "a trunk's call could not be kept");
			});
	}

	/** The leg has gone by itself: its peer sends nothing, or its answer could not be used. */
	#onMedia(event: MediaEvent): void {
		if (event.type === "leg-lost") this.#calls.byLeg(event.legId)?.hangUp();
	}

	/** Their conversations ended while nobody was here. */
	#endUnclaimed(): void {
		for (const kept of this.#kept.takeAll()) this.#endKept(kept);
	}

	/** Whoever stops before the port is open leaves it to the next life of the server. */
	#endKept({ participantId, dialog, trunkId }: KeptDialog): void {
		const end = () => {
			void (this.#lines.of(trunkId) ?? this.#transactions).ask(requestWithin(resumed(dialog), "BYE"), dialog.peer);
			this.#write(() => this.#options.store.forgetDialog(participantId));
		};
		this.#doors.whenOpen().then(end, () => {});
	}

	#tell(news: SipNews): void {
		for (const listener of this.#listeners) listener(news);
	}

	/** Not at once: whoever places the call knows its leg a moment later. */
	#tellLater(news: SipNews): void {
		setImmediate(() => this.#tell(news));
	}
}

function partyOf({ legId, participantId, conversationId }: TrunkCall) {
	return { legId, participantId, conversationId };
}
