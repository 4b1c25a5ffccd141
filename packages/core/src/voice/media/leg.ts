import type { LegStats } from "../media-engine.ts";
import type { MixerLeg } from "./mixer.ts";

/** A leg as the engine keeps it: the mixer's view and its life. */
export interface EngineLeg extends MixerLeg {
	/** Sends keys towards the party (0–9 * # A–D). */
	sendDtmf(digits: string): void;
	stats(): LegStats;
	close(): void;
}
