import { callOf } from "../conversations/call/model.ts";
import { type Conversation, isConnected, isOutside } from "../conversations/model.ts";
import type { CallState } from "./calls.ts";
import type { MediaEngine, MediaEvent } from "./media-engine.ts";

/** Whose words are wanted. */
export interface ListenedCall {
	conversationId: string;
	/** The outside party's. */
	communicationId: string;
	/** Which is spoken (BCP 47); empty where nobody said. */
	language: string;
	/** When it was connected, epoch ms. */
	connectedMs: number;
}

/** What makes text of what is said in calls. */
export interface Listeners {
	/** From now on the call is listened to, or again. */
	begin(call: ListenedCall): void;
	hear(conversationId: string, sound: Extract<MediaEvent, { type: "sound" }>): void;
	/** Not for a while. */
	rest(conversationId: string): void;
	/** The call is over. */
	end(conversationId: string): void;
}

/** Lets those calls be listened to whose documents say so; the sound of a call waits for none of it. */
export class CallWords {
	readonly #engine: Pick<MediaEngine, "listen">;
	readonly #listeners: Listeners;

	constructor(engine: Pick<MediaEngine, "listen">, listeners: Listeners) {
		this.#engine = engine;
		this.#listeners = listeners;
	}

	follow(conversation: Conversation, isWanted: boolean, call: CallState): void {
		if (call.listened === isWanted) return;
		call.listened = isWanted;
		// First told to the engine: what comes afterwards is nobody's any more.
		if (isWanted) this.#listeners.begin(listenedCall(conversation));
		this.#engine.listen(conversation.id, isWanted);
		if (isWanted) call.bridged = true;
		else this.#listeners.rest(conversation.id);
	}

	/** What still comes of a call that is listened to no longer was said before, and is not waited for. */
	hear(call: CallState | undefined, sound: Extract<MediaEvent, { type: "sound" }>): void {
		if (call?.listened) this.#listeners.hear(call.id, sound);
	}

	finish(call: CallState): void {
		this.#listeners.end(call.id);
	}
}

function listenedCall({ id, startTime, participants, internal }: Conversation): ListenedCall {
	const outside = participants.find((one) => isOutside(one) && isConnected(one));
	const communication = outside && callOf(outside);
	return {
		conversationId: id,
		communicationId: communication?.id ?? "",
		language: internal.transcription?.language ?? "",
		connectedMs: Date.parse(communication?.connectedTime ?? startTime),
	};
}
