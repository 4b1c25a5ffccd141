/**
 * How the sound of an agent's call was, as their phone measured it second by second. Ours, beside the platform's contract,
 * which keeps such figures in its analytics (`mediaEndpointStats`); names of factors are as there.
 */

/** One direction of the sound, over the whole part. */
export interface SoundFigures {
	packets: number;
	/** Share of packets that did not arrive, percent. */
	lostPercent: number;
	/** Mean over the seconds, ms. */
	jitterMs: number;
	/** Mean loudness of the seconds with sound, dB below full scale, e.g. -32; absent where there was none. */
	levelDb?: number;
	/** Seconds in which there was nothing at all where sound was due. */
	silentSeconds: number;
}

/** One connection of a phone within a call: a reload or another panel begins the next. */
export interface CallQualityFigures {
	/** Seconds that were measured. */
	seconds: number;
	/** What the agent heard. */
	received: SoundFigures;
	/** What the agent sent, as the server's reports tell it. */
	sent: SoundFigures;
	/** Mean, ms. */
	roundTripMs?: number;
	/** E-model transmission rating (ITU-T G.107) of the worst ten seconds, 0 to 93. */
	minRFactor?: number;
	/** The same as a mean opinion score, 1 to 4.5. */
	minMos?: number;
	codec?: string;
}

/** An entry of `GET /api/v2/inlay/conversations/{conversationId}/quality`. */
export interface CallQualityView extends CallQualityFigures {
	/** Names the connection; of the phone's choosing. */
	partId: string;
	userId: string;
	dateModified: string;
}
