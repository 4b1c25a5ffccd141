import { randomUUID } from "node:crypto";
import { proposeStanza, type RtcMessage, rtcStanza, sessionNotice } from "./streaming/stanzas.ts";
import type { XmppStream } from "./streaming/stream.ts";

/** What signals need to know of a session. */
export interface SignalledSession {
	id: string;
	conversationId: string;
	userId: string;
	autoAnswer: boolean;
}

/** Writes the signals of call sessions to phones (platform-api 6.2, 6.3). */
export class SoftphoneSignals {
	readonly #domain: string;

	constructor(domain: string) {
		this.#domain = domain;
	}

	propose(session: SignalledSession, phone: XmppStream): void {
		phone.send(
			proposeStanza({
				sessionId: session.id,
				conversationId: session.conversationId,
				from: this.#jidOf(session),
				to: phone.jid,
				userId: session.userId,
				autoAnswer: session.autoAnswer,
			}),
		);
	}

	/** `accept`: another phone has it; `retract`: nobody needs to answer any more. */
	notice(kind: "accept" | "retract", session: Pick<SignalledSession, "id">, phone: XmppStream): void {
		phone.send(sessionNotice(kind, session.id, phone.jid, this.#jidOf(session)));
	}

	/** @param persistent whether the connection stays open when the call ends; phones that do not know the word pass it over */
	offer(session: SignalledSession, phone: XmppStream, sdp: string, persistent: boolean): void {
		const { conversationId } = session;
		const kept = persistent ? { persistent } : {};
		this.#rtc(session, phone, "offer", { conversationId, sdp, reinvite: false, ...kept });
	}

	/** @param sdp of `candidateSdp` */
	candidate(session: SignalledSession, phone: XmppStream, sdp: string): void {
		this.#rtc(session, phone, "iceCandidate", { sdp });
	}

	terminate(session: Pick<SignalledSession, "id">, phone: XmppStream, reason: string): void {
		this.#rtc(session, phone, "terminate", { reason });
	}

	#rtc(
		session: Pick<SignalledSession, "id">,
		phone: XmppStream,
		method: string,
		params: Record<string, unknown>,
	): void {
		const message: RtcMessage = {
			jsonrpc: "2.0",
			id: randomUUID(),
			method,
			params: { sessionId: session.id, ...params },
		};
		phone.send(rtcStanza(message, phone.jid, this.#jidOf(session)));
	}

	/** `gjoll` in the sender's JID makes it a softphone call for the SDK (platform-api 6.2). */
	#jidOf(session: Pick<SignalledSession, "id">): string {
		return `${session.id}@gjoll.${this.#domain}/${session.id}`;
	}
}

/** An m-line placeholder with the real mid and one candidate line (platform-api 6.2, step 13). */
export function candidateSdp(candidate: string, mid: string): string {
	return `m=${mid} 9 RTP/AVP 0\r\na=${candidate.replace(/^a=/, "")}`;
}
