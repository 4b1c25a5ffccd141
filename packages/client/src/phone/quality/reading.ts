/** Counters of a call's sound at one moment, as `getStats` gives them; all grow from the connection's start. */
export interface Reading {
	/** ms, of whatever clock: only differences count. */
	at: number;
	/** `energy` where the browser tells it: Firefox does not of what is sent. */
	received: { packets: number; lost: number; jitterMs: number; energy?: number };
	sent: {
		packets: number;
		energy?: number;
		/** From the other end's reports; undefined until there has been one. */
		report?: {
			lost: number;
			/** Of what was sent since the report before, 0 to 1. */
			lostShare: number;
			jitterMs: number;
			roundTripMs?: number;
			/** When it came, ms of whatever clock; undefined where the browser does not say. */
			at?: number;
		};
	};
	codec?: string;
}

type Stat = Record<string, unknown> & { type: string };

/** Reads what a peer connection reports; undefined before anything could flow. */
export function readStats(report: Iterable<[string, unknown]>, at: number): Reading | undefined {
	const stats = new Map([...report].map(([id, stat]) => [id, stat as Stat]));
	const find = (type: string) =>
		[...stats.values()].find((one) => one.type === type && (one.kind ?? "audio") === "audio");
	const inbound = find("inbound-rtp");
	const outbound = find("outbound-rtp");
	if (!inbound && !outbound) return undefined;
	const source = find("media-source");
	const heard = find("remote-inbound-rtp");
	const mime = stats.get(String(inbound?.codecId ?? outbound?.codecId))?.mimeType;
	return {
		at,
		received: {
			packets: number(inbound?.packetsReceived),
			lost: Math.max(0, number(inbound?.packetsLost)),
			jitterMs: number(inbound?.jitter) * 1000,
			...energyOf(inbound),
		},
		sent: {
			packets: number(outbound?.packetsSent),
			...energyOf(source),
			...(heard ? { report: reportOf(heard) } : {}),
		},
		...(typeof mime === "string" ? { codec: mime.replace(/^audio\//, "") } : {}),
	};
}

function reportOf(heard: Stat): NonNullable<Reading["sent"]["report"]> {
	const { roundTripTime, timestamp } = heard;
	return {
		lost: Math.max(0, number(heard.packetsLost)),
		lostShare: number(heard.fractionLost),
		jitterMs: number(heard.jitter) * 1000,
		...(typeof roundTripTime === "number" ? { roundTripMs: roundTripTime * 1000 } : {}),
		...(typeof timestamp === "number" ? { at: timestamp } : {}),
	};
}

/** Silence is what was measured; nothing where nothing was. */
function energyOf(stat: Stat | undefined): { energy?: number } {
	const energy = stat?.totalAudioEnergy;
	return typeof energy === "number" && Number.isFinite(energy) ? { energy } : {};
}

function number(value: unknown): number {
	return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
