import type { ApiClient } from "./api.ts";
import type { LiveInteraction } from "./interaction.ts";
import type { WireWrapupCode } from "./wire.ts";

/** What an outbound call is placed with; exactly one of the first three. */
export interface NewCall {
	phoneNumber?: string;
	callUserId?: string;
	callQueueId?: string;
	callFromQueueId?: string;
	attributes?: Record<string, string>;
}

/** Whom a blind transfer goes to; exactly one field. */
export type TransferTo = { address: string } | { queueId: string } | { userId: string };

/** What an agent does to an interaction, as REST calls (platform-api 5.3 to 5.7). All reject with ApiError. */
export class CallActions {
	readonly #wrapupNames = new Map<string, string>();
	readonly #api: ApiClient;

	constructor(api: ApiClient) {
		this.#api = api;
	}

	#change(interaction: LiveInteraction, change: object): Promise<void> {
		const media = `${interaction.media}s`;
		return this.#api.patch(
			`/conversations/${media}/${interaction.id}/participants/${interaction.participantId}`,
			change,
		);
	}

	/** Answers through the API: for stations that are not in this panel. */
	answer(interaction: LiveInteraction): Promise<void> {
		return this.#change(interaction, { state: "connected" });
	}

	hangUp(interaction: LiveInteraction): Promise<void> {
		return this.#change(interaction, { state: "disconnected" });
	}

	setHeld(interaction: LiveInteraction, held: boolean): Promise<void> {
		return this.#change(interaction, { held });
	}

	setMuted(interaction: LiveInteraction, muted: boolean): Promise<void> {
		return this.#change(interaction, { muted });
	}

	setRecording(interaction: LiveInteraction, recording: boolean): Promise<void> {
		return this.#change(interaction, { recording });
	}

	/** Keeps the recording away from what is said now, e.g. a card number. */
	setSecurePause(interaction: LiveInteraction, paused: boolean): Promise<void> {
		return this.#api.put(`/conversations/calls/${interaction.id}/recordingstate`, {
			recordingState: paused ? "PAUSED" : "ACTIVE",
		});
	}

	sendDigits(interaction: LiveInteraction, digits: string): Promise<void> {
		return this.#api.post(`/conversations/${interaction.id}/participants/${interaction.participantId}/digits`, {
			digits,
		});
	}

	setFlag(interaction: LiveInteraction, flagged: boolean): Promise<void> {
		const path = `/conversations/${interaction.id}/participants/${interaction.participantId}/flaggedreason`;
		return this.#api.request(flagged ? "PUT" : "DELETE", path, flagged ? { flaggedReason: "general" } : undefined);
	}

	/** Each kind of target has an operation and a permission of its own (platform-api 5.4). */
	transfer(interaction: LiveInteraction, target: TransferTo): Promise<void> {
		const kind = "userId" in target ? "agent" : "queueId" in target ? "queue" : "external";
		return this.#api.post(
			`/conversations/${interaction.id}/participants/${interaction.participantId}/replace/${kind}`,
			target,
		);
	}

	setAttributes(interaction: LiveInteraction, attributes: Record<string, string>): Promise<void> {
		return this.#api.patch(`/conversations/${interaction.id}/participants/${interaction.participantId}/attributes`, {
			attributes,
		});
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

	/** Finishes after-call work. */
	wrapUp(interaction: LiveInteraction, wrapup: { code: string; name?: string; notes: string }): Promise<void> {
		return this.#change(interaction, { wrapup });
	}

	skipWrapUp(interaction: LiveInteraction): Promise<void> {
		return this.#change(interaction, { wrapupSkipped: true });
	}

	/** Gives the id of the new conversation. */
	async place(call: NewCall): Promise<string> {
		const answer = await this.#api.post<{ id: string }>("/conversations/calls", {
			phoneNumber: call.phoneNumber,
			callUserId: call.callUserId,
			callQueueId: call.callQueueId,
			...(call.callFromQueueId ? { callFromQueueId: call.callFromQueueId } : {}),
			...(call.attributes && Object.keys(call.attributes).length > 0 ? { attributes: call.attributes } : {}),
		});
		return answer.id;
	}
}
