/** Requests of the other sides: what becomes of a call that comes, and of what belongs to no call that runs. */

import { randomUUID } from "node:crypto";
import { isPassing } from "../../../kernel/database/database-errors.ts";
import type { Logger } from "../../../kernel/log.ts";
import { askedTimer, leastSeconds } from "../dialogs/session-timer.ts";
import type { Line } from "../lines/line.ts";
import type { Lines } from "../lines/lines.ts";
import { readAddress } from "../messages/address.ts";
import { header, type SipHeaders, type SipRequest } from "../messages/message.ts";
import { responseTo } from "../transport/answers.ts";
import type { SipPeer } from "../transport/peer.ts";
import type { Transactions } from "../transport/transactions.ts";
import { type ArrivalParts, arrive, isTurned } from "./arrivals.ts";
import type { KeptDialog, SipCallParts } from "./call.ts";
import type { CallBook } from "./call-book.ts";
import { IncomingCall } from "./incoming.ts";
import type { KeptCalls } from "./kept-calls.ts";
import { allowed, unknownRequirements, whyNot } from "./methods.ts";

export interface RequestsParts {
	lines: Lines;
	calls: CallBook;
	kept: KeptCalls;
	transactions: Transactions;
	arrival: ArrivalParts;
	partsOf(line: Line): SipCallParts;
	/** Whether one more call may run by it; otherwise that is told. */
	hasRoom(line: Line): boolean;
	/** The caller has given up, or was lost, before the media could say so. */
	left(conversationId: string): void;
	/** Its dialog is to be kept no longer. */
	forget(participantId: string): void;
	log: Pick<Logger, "error">;
}

export class Requests {
	readonly #parts: RequestsParts;

	constructor(parts: RequestsParts) {
		this.#parts = parts;
	}

	async take(request: SipRequest, from: SipPeer): Promise<void> {
		try {
			const call = this.#parts.calls.of(request);
			if (call) return await call.take(request, from);
			if (request.method === "ACK") return;
			if (request.method === "CANCEL") return this.#onCancel(request, from);
			if ("tag" in readAddress(header(request, "to") ?? "").params) return this.#onKept(request, from);
			if (request.method === "INVITE") return await this.#onInvite(request, from);
			if (request.method !== "OPTIONS") return this.#answer(request, from, ...whyNot(request));
			this.#answer(request, from, 200, "OK", [[...allowed], ["Accept", "application/sdp"]]);
		} catch (error) {
			this.#parts.log.error({ err: error, method: request.method }, "a trunk's request failed");
			this.#answer(request, from, 500, "Server Internal Error");
		}
	}

	async #onInvite(invite: SipRequest, from: SipPeer): Promise<void> {
		const { lines, calls } = this.#parts;
		const line = lines.at(from, invite);
		if (!line) return this.#answer(invite, from, 403, "Forbidden");
		if (calls.hasCome(invite)) return this.#answer(invite, from, 482, "Loop Detected");
		const unknown = unknownRequirements(invite);
		if (unknown) return this.#answer(invite, from, 420, "Bad Extension", [unknown]);
		const { seconds = leastSeconds } = askedTimer(invite) ?? {};
		if (seconds < leastSeconds)
			return this.#answer(invite, from, 422, "Session Interval Too Small", [["Min-SE", String(leastSeconds)]]);
		// Of a switch that has another way to us it is no end: it takes that.
		if (!this.#parts.hasRoom(line))
			return this.#answer(invite, from, 503, "Service Unavailable", [["Retry-After", "30"]]);
		await this.#receive(invite, from, line);
	}

	async #receive(invite: SipRequest, from: SipPeer, line: Line): Promise<void> {
		const { calls, arrival } = this.#parts;
		const id = randomUUID();
		const call = new IncomingCall(this.#parts.partsOf(line), invite, from);
		calls.addArrival(id, call);
		let isPlaced = false;
		try {
			const come = await arrive(invite, id, arrival);
			if (isTurned(come)) return call.refuse(come.status, come.reason);
			isPlaced = true;
			// Given up while it was being written down.
			if (call.isOver) this.#parts.left(come.id);
			else call.party = { ...call.party, conversationId: call.party.conversationId || come.id };
		} catch (error) {
			call.refuse(503, "Service Unavailable", [["Retry-After", "5"]]);
			if (!isPassing(error)) throw error;
		} finally {
			if (!isPlaced) calls.takeArrival(id);
		}
	}

	#onCancel(cancel: SipRequest, from: SipPeer): void {
		const call = this.#parts.calls.cancelledBy(cancel, from);
		this.#answer(cancel, from, call ? 200 : 481, call ? "OK" : "Call/Transaction Does Not Exist");
		if (!call) return;
		const { conversationId } = call.party;
		call.cancelled();
		if (conversationId !== "") this.#parts.left(conversationId);
	}

	/** Within a call of the last run that is not taken up yet: its end counts, all else has to wait a moment. */
	#onKept(request: SipRequest, from: SipPeer): void {
		const found = this.#keptOf(request, from);
		if (!found) this.#answer(request, from, 481, "Call/Transaction Does Not Exist");
		else if (request.method !== "BYE")
			this.#answer(request, from, 500, "Server Internal Error", [["Retry-After", "2"]]);
		else {
			this.#parts.kept.take(found.participantId);
			this.#parts.forget(found.participantId);
			this.#answer(request, from, 200, "OK");
		}
	}

	/** Of whoever the call is with alone, and in secret where it was so. */
	#keptOf(request: SipRequest, from: SipPeer): KeptDialog | undefined {
		const { kept, lines } = this.#parts;
		const found = kept.of(request);
		if (!found) return undefined;
		const { peer } = found.dialog;
		const line = lines.of(found.trunkId);
		const isTheirs = peer.address === from.address || (line !== undefined && lines.has(line, from.address));
		return isTheirs && (peer.transport !== "tls" || from.transport === "tls") ? found : undefined;
	}

	#answer(request: SipRequest, from: SipPeer, status: number, reason: string, headers: SipHeaders = []): void {
		if (request.method === "ACK") return;
		const response = responseTo(request, status, reason, { tag: randomUUID(), headers });
		this.#parts.transactions.respond(request, from, response);
	}
}
