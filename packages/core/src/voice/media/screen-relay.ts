/**
 * One shared screen: whatever comes from who shows it goes to everybody who sees it, unchanged but for its name (SSRC).
 * Nothing is decoded, kept or mixed; loss is mended end to end, by what the viewers ask for (agent-features 13).
 */

import { randomInt } from "node:crypto";
import { isRtcp, read32, write32 } from "./rtp.ts";
import { bitrateLimit, pictureLoss, readSourceReport, readViewerRtcp } from "./screen-rtcp.ts";

/** What a shared screen may take (agent-features 13). */
export const SCREEN_BITS_PER_SECOND = 2_000_000;
/**
 * Who shows a screen is told the limit and may yet send more. What goes far beyond is dropped here, so that no page can take
 * from the sound of calls: twice the limit in the long run, and whole pictures at once.
 */
const MOST_BYTES_PER_MS = (2 * SCREEN_BITS_PER_SECOND) / 8 / 1000;
const MOST_BYTES_AT_ONCE = 2_000_000;
/** Viewers ask for whole pictures again and again until one comes; each is large. */
const PICTURE_EVERY_MS = 300;

/** A leg as the relay sees it. */
export interface ScreenEnd {
	send(packet: Buffer): void;
}

export interface ScreenCounters {
	/** Packets of picture that came, and of them those that were too many. */
	packets: number;
	dropped: number;
	bytes: number;
	/** How often a whole picture was asked for. */
	pictures: number;
	viewers: number;
}

export class ScreenRelay {
	/** By which viewers know the stream. */
	readonly shownAs = randomInt(1, 0x7fffffff);
	readonly #own = randomInt(1, 0x7fffffff);
	readonly #now: () => number;
	#source: ScreenEnd | undefined;
	/** By which its source names the stream; 0 while nothing has come. */
	#named = 0;
	readonly #viewers = new Map<ScreenEnd, { bitrate: number }>();
	#budget = MOST_BYTES_AT_ONCE;
	#budgetAt = 0;
	#askedAt = Number.NEGATIVE_INFINITY;
	#isOwing = false;
	readonly #counters = { packets: 0, dropped: 0, bytes: 0, pictures: 0 };

	/** @param now ms of a steady clock */
	constructor(now: () => number = () => performance.now()) {
		this.#now = now;
		this.#budgetAt = now();
	}

	get counters(): ScreenCounters {
		return { ...this.#counters, viewers: this.#viewers.size };
	}

	get isEmpty(): boolean {
		return this.#source === undefined && this.#viewers.size === 0;
	}

	/** Who shows the screen: the latest one counts. */
	setSource(source: ScreenEnd): void {
		this.#source = source;
		this.#named = 0;
	}

	/** Somebody sees it from now on, as soon as a whole picture has come. */
	addViewer(viewer: ScreenEnd): void {
		this.#viewers.set(viewer, { bitrate: SCREEN_BITS_PER_SECOND });
		this.#ask();
	}

	remove(end: ScreenEnd): void {
		if (this.#source === end) this.#source = undefined;
		if (this.#viewers.delete(end)) this.#tellLimit();
	}

	/** A packet from who shows it. It is written into. */
	fromSource(packet: Buffer): void {
		if (isRtcp(packet)) {
			this.#passReport(packet);
			return;
		}
		if (packet.length < 12 || (packet[0] as number) >> 6 !== 2) return;
		const name = read32(packet, 8);
		if (name !== this.#named) {
			this.#named = name;
			this.#tellLimit();
			this.#ask();
		}
		this.#counters.packets++;
		this.#counters.bytes += packet.length;
		if (!this.#affords(packet.length)) return;
		if (this.#isOwing) this.#ask();
		write32(packet, 8, this.shownAs);
		for (const viewer of this.#viewers.keys()) viewer.send(packet);
	}

	/** A packet from somebody who sees it. It is written into. */
	fromViewer(viewer: ScreenEnd, packet: Buffer): void {
		const known = this.#viewers.get(viewer);
		if (!known || !isRtcp(packet) || this.#named === 0) return;
		const { passed, wantsPicture, bitrate } = readViewerRtcp(packet, this.#named);
		for (const one of passed) this.#source?.send(one);
		if (wantsPicture) this.#ask();
		if (bitrate === undefined) return;
		known.bitrate = bitrate;
		this.#tellLimit();
	}

	#passReport(packet: Buffer): void {
		const report = readSourceReport(packet, this.shownAs);
		if (report) for (const viewer of this.#viewers.keys()) viewer.send(report);
	}

	#affords(bytes: number): boolean {
		const now = this.#now();
		this.#budget = Math.min(MOST_BYTES_AT_ONCE, this.#budget + (now - this.#budgetAt) * MOST_BYTES_PER_MS);
		this.#budgetAt = now;
		if (this.#budget >= bytes) {
			this.#budget -= bytes;
			return true;
		}
		this.#counters.dropped++;
		this.#isOwing = true;
		return false;
	}

	/** As much as the weakest of them can take. */
	#tellLimit(): void {
		if (this.#named === 0) return;
		const all = [...this.#viewers.values()].map(({ bitrate }) => bitrate);
		this.#source?.send(bitrateLimit(this.#own, this.#named, Math.min(SCREEN_BITS_PER_SECOND, ...all)));
	}

	#ask(): void {
		const now = this.#now();
		if (this.#named === 0 || now - this.#askedAt < PICTURE_EVERY_MS) return;
		this.#askedAt = now;
		this.#isOwing = false;
		this.#counters.pictures++;
		this.#source?.send(pictureLoss(this.#own, this.#named));
	}
}
