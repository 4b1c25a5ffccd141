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
	/** Name of the microphone, as the browser tells it. */
	microphone?: string;
}

/** What was wrong with the sound of a part, and in which direction; `received` is what the agent heard. */
export const soundFaults = [
	"received.loss",
	"received.jitter",
	"received.faint",
	"received.silent",
	"sent.loss",
	"sent.jitter",
	"sent.faint",
	"sent.silent",
	"delay",
	"worst",
] as const;
export type SoundFault = (typeof soundFaults)[number];

/** From where on people complain: loss that concealment does not hide, a jitter buffer that runs dry, answers that collide. */
const limits = {
	seconds: 5,
	lostPercent: 3,
	jitterMs: 30,
	faintDb: -50,
	silentSeconds: 10,
	roundTripMs: 300,
	rating: 60,
};

/**
 * What was wrong with a part; empty for one that sounded well. A part of a few seconds tells nothing. Pauses in speech are
 * silent too, so a direction counts as silent only where there was next to nothing else.
 */
export function soundFaultsOf(figures: CallQualityFigures): SoundFault[] {
	if (figures.seconds < limits.seconds) return [];
	const { roundTripMs = 0, minRFactor = 100 } = figures;
	return [
		...faultsOf(figures.received, figures.seconds).map((fault) => `received.${fault}` as const),
		...faultsOf(figures.sent, figures.seconds).map((fault) => `sent.${fault}` as const),
		...(roundTripMs >= limits.roundTripMs ? (["delay"] as const) : []),
		...(minRFactor < limits.rating ? (["worst"] as const) : []),
	];
}

function faultsOf({ lostPercent, jitterMs, levelDb, silentSeconds }: SoundFigures, seconds: number) {
	const isSilent = silentSeconds >= limits.silentSeconds && (levelDb === undefined || silentSeconds >= 0.9 * seconds);
	return [
		...(lostPercent >= limits.lostPercent ? (["loss"] as const) : []),
		...(jitterMs >= limits.jitterMs ? (["jitter"] as const) : []),
		...(isSilent ? (["silent"] as const) : []),
		...(!isSilent && levelDb !== undefined && levelDb < limits.faintDb ? (["faint"] as const) : []),
	];
}

/** An entry of `GET /api/v2/inlay/conversations/{conversationId}/quality`. */
export interface CallQualityView extends CallQualityFigures {
	/** Names the connection; of the phone's choosing. */
	partId: string;
	userId: string;
	dateModified: string;
	/** Browser and system, e.g. "Firefox 140, Linux"; absent where they did not say. */
	browser?: string;
}

/** An entry of `GET /api/inlay/v1/conversations/quality`: one part, with what somebody needs to find the call. */
export interface MeasuredCall extends CallQualityView {
	conversationId: string;
	/** When the conversation began, ISO 8601. */
	startTime: string;
	/** The agent's name as it was in the call. */
	userName?: string;
	/** The other side. */
	remote?: { name?: string; address?: string };
	queueName?: string;
	faults: SoundFault[];
}
