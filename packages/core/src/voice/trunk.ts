import type { SipNews } from "./sip/calls/call.ts";

/** One outside party's leg through a trunk. */
export interface TrunkCall {
	/** Id of the media leg to make. */
	legId: string;
	conversationId: string;
	/** Who the leg is for: by this a call is known again in the server's next life. */
	participantId: string;
	/** As dialled, e.g. `tel:+13175550123`. */
	number: string;
	/** The party calls us: they are on the line, and wait to be answered. */
	isCaller: boolean;
	/** The party was connected already, before the server or the media was restarted. */
	resumed: boolean;
	/** Number and name that are shown to whom we call; the trunk's own unless told. */
	callerNumber?: string;
	callerName?: string;
	/** Of a party who calls us: what the trunk has called its call (`providerData`). */
	arrival?: string;
}

/** Why a leg is not needed any more: the party has left, or their sound is to be made anew. */
export type LegEnd = "over" | "sound";

/** The way to the outside world. */
export interface Trunk {
	/**
	 * Makes the leg. What becomes of it is told by `onNews`, or as the engine's `far-end` events where the engine plays the far end.
	 * @throws Error when the number cannot be called
	 */
	place(call: TrunkCall): void;
	end(legId: string, why: LegEnd): void;
	onNews(listener: (news: SipNews) => void): () => void;
}
