import type { ApiClient } from "./api.ts";
import type { LiveInteraction } from "./interaction.ts";
import type { OwnMute } from "./own-mute.ts";
import { outliving } from "./page-goes.ts";
import type { WireWrapupCode } from "./wire.ts";
import { Wishes } from "./wishes.ts";

/** What an outbound call is placed with; exactly one of the first three. */
export interface NewCall {
	phoneNumber?: string;
	callUserId?: string;
	callQueueId?: string;
	callFromQueueId?: string;
	/** What the called person sees: E.164, and a name. */
	callerId?: string;
	callerIdName?: string;
	attributes?: Record<string, string>;
	externalContactId?: string;
}

/** Whom a blind transfer goes to; exactly one field. */
export type TransferTo = { address: string } | { queueId: string } | { userId: string };

/** Whom a consulting agent talks to: the one who is consulted, the customer, both (platform-api 5.4). */
export type SpeakTo = "DESTINATION" | "OBJECT" | "BOTH" | "CONFERENCE";

export type PartyChange = { held: boolean } | { muted: boolean } | { state: "disconnected" };

/** What can be switched over on a connected call. */
export type Toggle = "held" | "muted" | "recording" | "securePause" | "flagged";

/** A second click of a double click comes within this; milliseconds. */
const doubleClickMs = 1500;

/**
 * What an agent does to an interaction, as REST calls (platform-api 5.3 to 5.7). The same action while it is under way is
 * not sent again, whoever asks. All reject with ApiError.
 */
export class CallActions {
	readonly #wrapupNames = new Map<string, string>();
	readonly #api: ApiClient;
	readonly #now: () => number;
	readonly #wishes: Wishes;
	readonly #ownMute: OwnMute | undefined;
	readonly #find: (id: string) => LiveInteraction | undefined;
	/** The last call placed with the same request. */
	readonly #placed = new Map<string, { id: string; at: number }>();

	/**
	 * @param find the interaction as it is now
	 * @param now milliseconds
	 * @param ownMute the microphone of the panel's own phone
	 */
	constructor(
		api: ApiClient,
		find: (id: string) => LiveInteraction | undefined,
		now: () => number = Date.now,
		ownMute?: OwnMute,
	) {
		this.#ownMute = ownMute;
		this.#api = api;
		this.#find = find;
		this.#now = now;
		this.#wishes = new Wishes(now);
	}

	/** Turns something over: away from the last wish, not from the last event. */
	toggle(interaction: LiveInteraction, toggle: Toggle): Promise<void> {
		// Not their own hold: the customer is where the consult has left them.
		if (toggle === "held" && interaction.isLeftOnHold) return this.cancelConsult(interaction);
		if (toggle === "muted" && this.#ownMute?.isHere) return this.#muteHere(interaction, this.#ownMute);
		return this.#wishes.toggle(`${toggle}.${interaction.id}`, isOn(interaction, toggle), (value) =>
			this.#send(this.#find(interaction.id) ?? interaction, toggle, value),
		);
	}

	#muteHere(interaction: LiveInteraction, ownMute: OwnMute): Promise<void> {
		const { id } = interaction;
		const value = !(this.#find(id) ?? interaction).muted;
		return ownMute.set(id, value, () =>
			this.#wishes.set(`muted.${id}`, value, (muted) =>
				this.#change(this.#find(id) ?? interaction, { muted }, interaction.call ? "calls" : undefined),
			),
		);
	}

	/** Takes note of what events say: wishes that have come true are forgotten. */
	follow(interactions: readonly LiveInteraction[]): void {
		for (const interaction of interactions) {
			for (const toggle of toggles) this.#wishes.told(`${toggle}.${interaction.id}`, isOn(interaction, toggle));
		}
	}

	#send(interaction: LiveInteraction, toggle: Toggle, value: boolean): Promise<void> {
		if (toggle === "securePause") return this.#setSecurePause(interaction, value);
		if (toggle === "flagged") return this.#setFlag(interaction, value);
		return this.#change(interaction, { [toggle]: value }, interaction.call ? "calls" : undefined);
	}

	/** What is done to the call within a callback is done to that call. */
	#change(interaction: LiveInteraction, change: object, media?: string): Promise<void> {
		return this.#api.patch(pathOf(interaction, media), change);
	}

	/** Answers through the API: for stations that are not in this panel. */
	answer(interaction: LiveInteraction): Promise<void> {
		return this.#once("answer", interaction, () => this.#change(interaction, { state: "connected" }));
	}

	/** Rings this agent for a call that waits in a queue. Needs `conversation:call:pull`. */
	pull(interaction: LiveInteraction, userId: string): Promise<void> {
		return this.#once("pull", interaction, () =>
			this.#api.post(`/conversations/${interaction.id}/assign`, { id: userId }),
		);
	}

	hangUp(interaction: LiveInteraction): Promise<void> {
		const media = interaction.call ? "calls" : undefined;
		return this.#once("end", interaction, () => this.#change(interaction, { state: "disconnected" }, media));
	}

	/** Calls the customer of a callback that the agent has accepted: a call of the same conversation. */
	callBack(interaction: LiveInteraction, callNumber: string): Promise<void> {
		return this.#once("call-back", interaction, () =>
			this.#api.post(`/conversations/calls/${interaction.id}`, { callNumber }),
		);
	}

	/** Keeps the recording away from what is said now, e.g. a card number. */
	#setSecurePause(interaction: LiveInteraction, paused: boolean): Promise<void> {
		return this.#api.put(`/conversations/calls/${interaction.id}/recordingstate`, {
			recordingState: paused ? "PAUSED" : "ACTIVE",
		});
	}

	sendDigits(interaction: LiveInteraction, digits: string): Promise<void> {
		return this.#api.post(`/conversations/${interaction.id}/participants/${interaction.participantId}/digits`, {
			digits,
		});
	}

	#setFlag(interaction: LiveInteraction, flagged: boolean): Promise<void> {
		const path = `/conversations/${interaction.id}/participants/${interaction.participantId}/flaggedreason`;
		return this.#api.request(flagged ? "PUT" : "DELETE", path);
	}

	/** Each kind of target has an operation and a permission of its own (platform-api 5.4). */
	transfer(interaction: LiveInteraction, target: TransferTo): Promise<void> {
		const kind = "userId" in target ? "agent" : "queueId" in target ? "queue" : "external";
		const path = `/conversations/${interaction.id}/participants/${interaction.participantId}/replace/${kind}`;
		return this.#once("transfer", interaction, () => this.#api.post(path, target));
	}

	/** Asks somebody about the one the agent talks with, who hears music meanwhile (platform-api 5.4). */
	consult(interaction: LiveInteraction, target: TransferTo): Promise<void> {
		const kind = "userId" in target ? "agent" : "queueId" in target ? "queue" : "external";
		const path = `${consultPath(interaction)}/${kind}`;
		return this.#once("transfer", interaction, () => this.#api.post(path, { speakTo: "DESTINATION", ...target }));
	}

	/** Whom the consulting agent talks to from now on. */
	speakTo(interaction: LiveInteraction, speakTo: SpeakTo): Promise<void> {
		return this.#api.patch(consultPath(interaction), { speakTo });
	}

	/** Whoever is consulted is let go, and the agent is with the customer again. */
	cancelConsult(interaction: LiveInteraction): Promise<void> {
		return this.#once("consult", interaction, () => this.#api.request("DELETE", consultPath(interaction)));
	}

	/** Calls somebody into the running call. */
	addParty(interaction: LiveInteraction, party: { address: string } | { userId: string }): Promise<void> {
		const path = `/conversations/calls/${interaction.id}/participants`;
		return this.#once("transfer", interaction, () => this.#api.post(path, { participants: [party] }));
	}

	/** Holds, mutes or lets go another party of the call. */
	changeParty({ id }: LiveInteraction, partyId: string, change: PartyChange): Promise<void> {
		return this.#api.patch(`/conversations/calls/${id}/participants/${partyId}`, change);
	}

	/** Lets go everybody. */
	endForAll({ id }: LiveInteraction): Promise<void> {
		return this.#api.patch(`/conversations/calls/${id}`, { state: "disconnected" });
	}

	/** On the customer's part, which stays when the call is handed on; between colleagues on one's own. */
	setAttributes(interaction: LiveInteraction, attributes: Record<string, string>): Promise<void> {
		const { id, outsideId, participantId } = interaction;
		return this.#api.patch(`/conversations/${id}/participants/${outsideId ?? participantId}/attributes`, {
			attributes,
		});
	}

	/** Wants time after the call though the queue asks for no wrap-up (`requestAfterCallWork`). */
	askForAfterCallWork(interaction: LiveInteraction, wanted: boolean): Promise<void> {
		const { id, participantId, communicationId } = interaction;
		const path = `/conversations/aftercallwork/${id}/participants/${participantId}/communications/${communicationId}`;
		return this.#once("acw", interaction, () => this.#api.patch(path, { afterCallWorkRequired: wanted }));
	}

	/** Puts off the end of timed after-call work; refused where that was done as often as the organization allows. */
	extendAfterCallWork(interaction: LiveInteraction): Promise<void> {
		const { id, participantId } = interaction;
		const path = `/inlay/conversations/${id}/participants/${participantId}/aftercallwork/extension`;
		return this.#wrapsUp(interaction, "extend", () => this.#api.post(path));
	}

	/** Whether the organization lets the last agent leave those outside to each other. */
	async mayBridge(): Promise<boolean> {
		const path = "/conversations/calls/maximumconferenceparties";
		const { inlayBridgesAllowed = true } = await this.#api.get<{ inlayBridgesAllowed?: boolean }>(path);
		return inlayBridgesAllowed;
	}

	async wrapupCodes(interaction: LiveInteraction): Promise<WireWrapupCode[]> {
		const path = `/conversations/${interaction.id}/participants/${interaction.participantId}/wrapupcodes`;
		const codes = await this.#api.get<WireWrapupCode[]>(path);
		for (const { id, name } of codes) if (name) this.#wrapupNames.set(id, name);
		return codes;
	}

	/** Name of a code that was offered in this session; events carry only its id. */
	wrapupName(codeId: string): string | undefined {
		return this.#wrapupNames.get(codeId);
	}

	/** Finishes after-call work; a provisional one is only kept until then. */
	wrapUp(
		interaction: LiveInteraction,
		wrapup: { code?: string; name?: string; notes: string; provisional?: true },
	): Promise<void> {
		const send = () => this.#api.patch(pathOf(interaction), { wrapup }, outliving(wrapup));
		return this.#wrapsUp(interaction, JSON.stringify(wrapup), send);
	}

	skipWrapUp(interaction: LiveInteraction): Promise<void> {
		return this.#wrapsUp(interaction, "skip", () => this.#change(interaction, { wrapupSkipped: true }));
	}

	/** Gives the id of the new conversation; asked for the same twice in a moment, or while it still dials, of the first. */
	async place(call: NewCall): Promise<string> {
		const key = JSON.stringify(call, ["phoneNumber", "callUserId", "callQueueId", "callFromQueueId"]);
		return this.#wishes.once(`place.${key}`, async () => {
			const before = this.#placed.get(key);
			if (before && this.#isStillPlaced(before)) return before.id;
			const id = await this.#place(call);
			this.#placed.set(key, { id, at: this.#now() });
			return id;
		});
	}

	#isStillPlaced({ id, at }: { id: string; at: number }): boolean {
		const state = this.#find(id)?.state;
		if (state === undefined || state === "connected") return this.#now() - at < doubleClickMs;
		return ["alerting", "contacting", "dialing"].includes(state);
	}

	async #place(call: NewCall): Promise<string> {
		const answer = await this.#api.post<{ id: string }>("/conversations/calls", {
			phoneNumber: call.phoneNumber,
			callUserId: call.callUserId,
			callQueueId: call.callQueueId,
			callerId: call.callerId,
			callerIdName: call.callerIdName,
			...(call.callFromQueueId ? { callFromQueueId: call.callFromQueueId } : {}),
			...(call.attributes && Object.keys(call.attributes).length > 0 ? { attributes: call.attributes } : {}),
		});
		return answer.id;
	}

	/** One after the other, as the agent wanted them. */
	#wrapsUp({ id }: LiveInteraction, what: string, work: () => Promise<void>): Promise<void> {
		return this.#wishes.inTurn(`wrapup.${id}`, what, work);
	}

	#once(action: string, { id }: LiveInteraction, work: () => Promise<void>): Promise<void> {
		return this.#wishes.once(`${action}.${id}`, work);
	}
}

const toggles: readonly Toggle[] = ["held", "muted", "recording", "securePause", "flagged"];

function isOn(interaction: LiveInteraction, toggle: Toggle): boolean {
	return toggle === "recording" ? recordsThemselves(interaction) : interaction[toggle];
}

/** The agent has begun to record; what a policy records is not theirs to end. */
export function recordsThemselves({ ownRecording, recording }: LiveInteraction): boolean {
	return ownRecording ?? recording !== "none";
}

function pathOf({ id, participantId, media }: LiveInteraction, list = `${media}s`): string {
	return `/conversations/${list}/${id}/participants/${participantId}`;
}

/** Under the part of the one who is consulted about. */
function consultPath({ id, participantId, otherId = "", source }: LiveInteraction): string {
	const own = source.participants?.find((each) => each.id === participantId);
	return `/conversations/calls/${id}/participants/${own?.consultParticipantId ?? otherId}/consult`;
}
