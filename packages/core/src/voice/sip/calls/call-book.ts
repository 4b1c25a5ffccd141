import { dialogKey } from "../dialogs/dialog.ts";
import { cseqOf, header, type SipRequest } from "../messages/message.ts";
import type { SipPeer } from "../transport/peer.ts";
import { branchOf } from "../transport/via.ts";
import type { SipCall } from "./call.ts";
import { IncomingCall } from "./incoming.ts";

/** All calls that run, and those of them that have come and have no place in a conversation yet. */
export class CallBook {
	readonly #calls = new Set<SipCall>();
	readonly #arrivals = new Map<string, IncomingCall>();

	get all(): readonly SipCall[] {
		return [...this.#calls];
	}

	add(call: SipCall): void {
		this.#calls.add(call);
	}

	delete(call: SipCall): void {
		this.#calls.delete(call);
	}

	/** How many run by a trunk. */
	countOf(trunkId: string): number {
		return this.all.filter(({ parts }) => parts.trunkId === trunkId).length;
	}

	byLeg(legId: string): SipCall | undefined {
		return this.all.find(({ party }) => party.legId === legId);
	}

	byParticipant(participantId: string): SipCall | undefined {
		return this.all.find(({ party }) => party.participantId === participantId);
	}

	/** The one that a request is within. */
	of(request: SipRequest): SipCall | undefined {
		const key = dialogKey(request);
		return this.all.find((call) => call.dialogKey === key);
	}

	/** Whose call runs is known as long as it does, whatever becomes of its trunk. */
	isWith(address: string): boolean {
		for (const { parts, dialog } of this.#calls)
			if (dialog?.peer.address === address || parts.knows(address)) return true;
		return false;
	}

	addArrival(id: string, call: IncomingCall): void {
		this.add(call);
		this.#arrivals.set(id, call);
	}

	/** Whoever takes it has it alone. */
	takeArrival(id: string | undefined): IncomingCall | undefined {
		const call = id === undefined ? undefined : this.#arrivals.get(id);
		if (id !== undefined) this.#arrivals.delete(id);
		return call;
	}

	/** The same by another way, as through a forking proxy (RFC 3261, section 8.2.2.2). */
	hasCome(invite: SipRequest): boolean {
		const whose = (one: SipRequest) => ["call-id", "from", "cseq"].map((name) => header(one, name)).join();
		return this.all.some((one) => one instanceof IncomingCall && whose(one.invite) === whose(invite));
	}

	/** What a CANCEL takes back: of the same transaction (section 9.2), and of the one who began it, whoever else knows its name. */
	cancelledBy(cancel: SipRequest, from: SipPeer): IncomingCall | undefined {
		const found = this.all.find(
			(one): one is IncomingCall =>
				one instanceof IncomingCall &&
				!one.isAnswered &&
				one.from.address === from.address &&
				branchOf(one.invite) === branchOf(cancel) &&
				header(one.invite, "call-id") === header(cancel, "call-id") &&
				cseqOf(one.invite).number === cseqOf(cancel).number,
		);
		for (const [id, one] of this.#arrivals) if (one === found) this.#arrivals.delete(id);
		return found;
	}
}
