import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { callOf } from "../conversations/call/model.ts";
import type { VoicemailPart } from "../conversations/call/voicemail/model.ts";
import { type Conversation, isStaff, type Participant } from "../conversations/model.ts";
import type { GreetingFiles } from "../voicemail/greeting-files.ts";
import type { CallState, PartyMedia } from "./calls.ts";
import type { LegMode, MediaEngine } from "./media-engine.ts";
import type { PartyPlan } from "./media-plan.ts";
import { arrivalKey } from "./sip/calls/arrivals.ts";
import type { Softphones } from "./softphone.ts";
import type { Trunk } from "./trunk.ts";
import { scriptOf, stepsOf } from "./voicemail-leg.ts";
import type { WebLines } from "./web-line.ts";

export interface PartyMediaOptions {
	engine: MediaEngine;
	softphones: Softphones;
	webLines: WebLines;
	/** By the provider's name. The first one also serves calls to the outside from conversations that came in elsewhere. */
	trunks: ReadonlyMap<string, Trunk>;
	/** Provider whose callers sit at a page. */
	webProvider: string;
	/** Greetings of mailboxes' own, on this machine. Without: all have the standard one. */
	greetings?: Pick<GreetingFiles, "path">;
	/** Something that a party of the conversation waited for is there. */
	ready(conversationId: string): void;
}

/** `waiting`: not now, but what is needed may still come. `impossible`: never. */
export type Made = PartyMedia | "waiting" | "impossible";

/** Makes and ends parties' legs, each by its own kind of line. */
export class PartyLines {
	readonly #options: PartyMediaOptions;

	constructor(options: PartyMediaOptions) {
		this.#options = options;
	}

	make(conversation: Conversation, participant: Participant, planned: PartyPlan): Made {
		if (participant.internal.voicemail) return this.#voicemail(conversation.id, participant.internal.voicemail);
		if (isStaff(participant)) return this.#softphone(conversation, participant, planned);
		const { provider, direction } = callOf(participant);
		// Somebody outside who is called from a web call is not at the caller's page.
		if (provider === this.#options.webProvider && direction === "inbound") return this.#web(conversation);
		return this.#trunk(conversation, participant);
	}

	end(party: PartyMedia, reason: string): void {
		if (party.session && reason === "success") this.#options.softphones.release(party.session, reason);
		else if (party.session) this.#options.softphones.end(party.session, reason);
		else if (party.kind === "web") this.#options.webLines.closeLeg(party.legId);
		else if (party.trunk) party.trunk.end(party.legId, reason === "success" ? "over" : "sound");
		else this.#options.engine.closeLeg(party.legId);
	}

	/** Puts the leg into the bridge, or tells how it takes part now, where that is not known yet. */
	setMode(call: CallState, party: PartyMedia, mode: LegMode): void {
		if (isDeepStrictEqual(party.mode, mode)) return;
		party.mode = mode;
		call.bridged = true;
		this.#options.engine.setLeg(call.id, party.legId, mode);
	}

	#softphone(conversation: Conversation, participant: Participant, planned: PartyPlan): Made {
		const { userId } = participant;
		if (!userId) return "impossible";
		const { softphones } = this.#options;
		const call = { conversationId: conversation.id, participantId: participant.id, userId };
		if (planned.wish === "ring" && softphones.expects(call)) return "waiting";
		const kept = planned.wish === "media" ? softphones.connect(call) : undefined;
		if (kept) return { kind: "softphone", legId: kept.id, session: kept, connected: true };
		const session = softphones.propose({ ...call, autoAnswer: planned.wish === "media" });
		return { kind: "softphone", legId: session.id, session, connected: false };
	}

	/** A mailbox speaks and listens by itself; its greeting has to be on this machine first. */
	#voicemail(conversationId: string, part: VoicemailPart): Made {
		const { greeting } = part.mailbox;
		const { greetings, engine, ready } = this.#options;
		const path = greeting ? (greetings?.path(greeting, () => ready(conversationId)) ?? "none") : "none";
		if (path === "loading") return "waiting";
		const legId = randomUUID();
		engine.createScriptedLeg(legId, stepsOf(part, path === "none" ? undefined : path));
		return { kind: "voicemail", legId, script: scriptOf(part), connected: false };
	}

	#web(conversation: Conversation): Made {
		const legId = this.#options.webLines.offer(conversation.id);
		return legId ? { kind: "web", legId, connected: false } : "waiting";
	}

	#trunk({ id, internal }: Conversation, participant: Participant): Made {
		const { provider, state, direction } = callOf(participant);
		const trunk = this.#options.trunks.get(provider) ?? [...this.#options.trunks.values()][0];
		if (!trunk) return "impossible";
		const legId = randomUUID();
		const isCaller = direction === "inbound";
		const arrival = internal.providerData?.[arrivalKey];
		const { ani, aniName } = participant;
		try {
			trunk.place({
				...{ legId, conversationId: id, participantId: participant.id, number: participant.address ?? "", isCaller },
				resumed: state === "connected",
				...(isCaller && arrival ? { arrival } : {}),
				...(!isCaller && ani ? { callerNumber: ani, ...(aniName ? { callerName: aniName } : {}) } : {}),
			});
		} catch {
			return "impossible";
		}
		return { kind: "trunk", legId, trunk, connected: false };
	}
}
