import type { CallQualityFigures, SoundFigures } from "@inlay/contract";
import { type Grade, gradeOf, type Impairments, meanOpinion, rFactor } from "./rating.ts";
import type { Reading } from "./reading.ts";

/** What is wrong with the sound, worth a sentence. */
export type SoundTrouble =
	/** Nothing comes and nothing goes: the way to the server is broken. */
	| "nothing"
	/** The other side's sound does not arrive; the agent's goes out. */
	| "hearNothing"
	/** The agent's sound does not arrive at the server; the other side's is heard. */
	| "notHeard"
	/** The microphone is open and gives no sound at all, as by a switch on the headset. */
	| "microphoneSilent"
	/** Packets come, and there is no sound in them. */
	| "otherSilent";

/** What the agent should be hearing and sending now. */
export interface Expectation {
	/** Connected and not on hold. */
	hearing: boolean;
	/** The same, and it is a person who is heard: music and mailboxes are silent as they like. */
	voice: boolean;
	/** The same as hearing, and not muted. */
	sending: boolean;
}

/** The state of a call's sound, as of the last second. */
export interface SoundState {
	grade: Grade;
	lostPercent: number;
	jitterMs: number;
	roundTripMs?: number;
	trouble?: SoundTrouble;
	/** How long the trouble lasts, s. */
	troubleSeconds: number;
}

/** No packets for so many seconds is no pause in speech. */
const missingAfter = 5;
/** Digital silence: a room is never so quiet, but the filters of a browser are while the other side talks. */
const microphoneSilentAfter = 15;
/** Whoever listens is silent, too, and for longer. */
const otherSilentAfter = 30;
/** Mean square below which a microphone gives no sound at all (-90 dB). */
const nothing = 1e-9;
/** The same of what comes from the server, which fills pauses with noise of -68 dB. */
const lineNoise = 3e-7;
/** Over how many seconds the grade is taken. */
const gradedSeconds = 10;

interface GradedSecond {
	expected: number;
	lost: number;
	jitterMs: number;
}

interface Direction {
	packets: number;
	lost: number;
	jitterSum: number;
	energySum: number;
	soundSeconds: number;
	silentSeconds: number;
	/** Seconds in a row, up to now. */
	missing: number;
	silent: number;
}

/** The sound of one connection, judged second by second; knows neither browser nor clock. */
export class CallQuality {
	#last: Reading | undefined;
	#seconds = 0;
	readonly #in = direction();
	readonly #out = direction();
	/** Seconds in a row in which nothing sent has arrived. */
	#unheard = 0;
	/** Since the other end's last report came; what it said before tells nothing of now. */
	#sinceReport = 0;
	#roundTripSum = 0;
	#roundTrips = 0;
	#worst: number | undefined;
	#codec: string | undefined;
	readonly #recent: GradedSecond[] = [];

	/** Takes the next reading, about a second after the one before. Gives the state from the second reading on. */
	take(reading: Reading, expected: Expectation): SoundState | undefined {
		const before = this.#last;
		this.#last = reading;
		this.#codec = reading.codec ?? this.#codec;
		const seconds = before ? (reading.at - before.at) / 1000 : 0;
		if (!before || seconds <= 0) return undefined;
		// A connection that was made anew counts from zero.
		if (reading.received.packets < before.received.packets || reading.sent.packets < before.sent.packets)
			return undefined;
		this.#seconds += seconds;
		const came = reading.received.packets - before.received.packets;
		const lost = Math.max(0, reading.received.lost - before.received.lost);
		this.#count(this.#in, came, lost, reading.received.jitterMs, seconds);
		this.#miss(this.#in, expected.hearing, came, seconds);
		this.#listen(this.#in, expected.voice, meanSquare(before.received, reading.received, seconds), seconds);
		this.#countSent(before, reading, expected.sending, seconds);
		return this.#state(this.#grade(came, lost, reading), expected);
	}

	/** Of the whole connection; undefined while there is nothing to tell. */
	figures(): CallQualityFigures | undefined {
		if (this.#seconds < 1) return undefined;
		return {
			seconds: Math.round(this.#seconds),
			received: this.#figuresOf(this.#in),
			sent: this.#figuresOf(this.#out),
			...(this.#roundTrips > 0 ? { roundTripMs: tenth(this.#roundTripSum / this.#roundTrips) } : {}),
			...(this.#worst === undefined ? {} : { minRFactor: tenth(this.#worst), minMos: tenth(meanOpinion(this.#worst)) }),
			...(this.#codec ? { codec: this.#codec } : {}),
		};
	}

	#count(to: Direction, packets: number, lost: number, jitterMs: number, seconds: number): void {
		to.packets += packets;
		to.lost += lost;
		to.jitterSum += jitterMs * seconds;
	}

	#miss(to: Direction, isDue: boolean, packets: number, seconds: number): void {
		to.missing = isDue && packets === 0 ? to.missing + seconds : 0;
	}

	/** @param loudness undefined where the browser does not measure it: then nobody is told of silence */
	#listen(to: Direction, isDue: boolean, loudness: number | undefined, seconds: number): void {
		const isSilent = isDue && loudness !== undefined && loudness < (to === this.#in ? lineNoise : nothing);
		to.silent = isSilent ? to.silent + seconds : 0;
		if (isSilent) to.silentSeconds += seconds;
		if (!isDue || isSilent || loudness === undefined) return;
		to.energySum += loudness * seconds;
		to.soundSeconds += seconds;
	}

	#countSent(before: Reading, { sent }: Reading, isDue: boolean, seconds: number): void {
		const went = sent.packets - before.sent.packets;
		const lost = Math.max(0, (sent.report?.lost ?? 0) - (before.sent.report?.lost ?? 0));
		this.#count(this.#out, went, lost, sent.report?.jitterMs ?? 0, seconds);
		this.#miss(this.#out, isDue, went, seconds);
		this.#listen(this.#out, isDue, meanSquare(before.sent, sent, seconds), seconds);
		const isNews = sent.report?.at === undefined || sent.report.at !== before.sent.report?.at;
		this.#sinceReport = isNews ? 0 : this.#sinceReport + seconds;
		// Reports come every few seconds; one in which nearly all is lost stands until the next.
		const isUnheard = isDue && (went === 0 || (sent.report?.lostShare ?? 0) >= 0.9);
		this.#unheard = isUnheard ? this.#unheard + seconds : 0;
		if (sent.report?.roundTripMs === undefined) return;
		this.#roundTripSum += sent.report.roundTripMs;
		this.#roundTrips++;
	}

	#grade(came: number, lost: number, { received, sent }: Reading): Impairments {
		const roundTripMs = sent.report?.roundTripMs;
		this.#recent.push({ expected: came + lost, lost, jitterMs: received.jitterMs });
		if (this.#recent.length > gradedSeconds) this.#recent.shift();
		const sum = (read: (one: GradedSecond) => number) => this.#recent.reduce((total, one) => total + read(one), 0);
		const expected = sum((one) => one.expected);
		const graded: Impairments = {
			lostPercent: expected > 0 ? (100 * sum((one) => one.lost)) / expected : 0,
			jitterMs: sum((one) => one.jitterMs) / this.#recent.length,
			...(roundTripMs === undefined ? {} : { roundTripMs }),
		};
		if (this.#recent.length === gradedSeconds) this.#worst = Math.min(this.#worst ?? 100, rFactor(graded));
		return graded;
	}

	#state(graded: Impairments, expected: Expectation): SoundState {
		const found = this.#trouble(expected);
		return {
			grade: found ? "poor" : gradeOf(rFactor(graded)),
			lostPercent: tenth(graded.lostPercent),
			jitterMs: Math.round(graded.jitterMs),
			...(graded.roundTripMs === undefined ? {} : { roundTripMs: Math.round(graded.roundTripMs) }),
			...(found ? { trouble: found.trouble } : {}),
			troubleSeconds: Math.round(found?.seconds ?? 0),
		};
	}

	/** The most telling first; half a second of grace, as timers are never exact. */
	#trouble({ hearing, voice, sending }: Expectation): { trouble: SoundTrouble; seconds: number } | undefined {
		const isUnheard = sending && this.#unheard >= missingAfter - 0.5;
		if (hearing && this.#in.missing >= missingAfter - 0.5) {
			// Who has fallen silent altogether, as a server that was killed, does not say that it hears.
			const isCutOff = isUnheard || this.#sinceReport >= this.#in.missing;
			return { trouble: isCutOff ? "nothing" : "hearNothing", seconds: this.#in.missing };
		}
		if (isUnheard) return { trouble: "notHeard", seconds: this.#unheard };
		if (sending && this.#out.silent >= microphoneSilentAfter - 0.5) {
			return { trouble: "microphoneSilent", seconds: this.#out.silent };
		}
		if (voice && this.#in.silent >= otherSilentAfter - 0.5) return { trouble: "otherSilent", seconds: this.#in.silent };
		return undefined;
	}

	#figuresOf({ packets, lost, jitterSum, energySum, soundSeconds, silentSeconds }: Direction): SoundFigures {
		const level = soundSeconds > 0 ? 10 * Math.log10(energySum / soundSeconds) : undefined;
		return {
			packets,
			lostPercent: packets + lost > 0 ? tenth((100 * lost) / (packets + lost)) : 0,
			jitterMs: tenth(jitterSum / this.#seconds),
			...(level === undefined ? {} : { levelDb: Math.min(0, tenth(level)) }),
			silentSeconds: Math.round(silentSeconds),
		};
	}
}

/** Of the sound between two readings. */
function meanSquare(before: { energy?: number }, now: { energy?: number }, seconds: number): number | undefined {
	if (before.energy === undefined || now.energy === undefined) return undefined;
	return (now.energy - before.energy) / seconds;
}

function direction(): Direction {
	return {
		packets: 0,
		lost: 0,
		jitterSum: 0,
		energySum: 0,
		soundSeconds: 0,
		silentSeconds: 0,
		missing: 0,
		silent: 0,
	};
}

function tenth(value: number): number {
	return Math.round(value * 10) / 10;
}
