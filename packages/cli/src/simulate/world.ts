/** The public doors by which customers come, and what stands at them. */
import type { StepKind } from "./scenario.ts";

export interface World {
	/** Base URL of the API. */
	api: string;
	/** Origin of a page that may place calls. */
	origin: string;
	/** Number that is called unless a step names another one. */
	service: string;
	/** Name and number of who calls unless a step says so. */
	caller: { name: string; phone: string };
	now(): number;
	/** The page's messenger; undefined where it has none. */
	messenger?: string;
	/** Waits; ends at once when the simulation does. */
	pause(ms: number): Promise<void>;
	/** Ends the simulation: whoever is on the line hangs up. */
	ended: AbortSignal;
}

/** What befalls one customer, as it happens: for whoever watches. */
export type Say = (what: string) => void;

/** What became of one customer. */
export interface Outcome {
	kind: StepKind;
	result: "answered" | "abandoned" | "callback" | "sent" | "refused" | "failed";
	/** Milliseconds from the call to its answer, or to where it was given up. */
	waitedMs?: number;
	/** Of an answered call: for how many milliseconds the customer heard somebody speak. */
	heardMs?: number;
	/** What the server, or the network, said. */
	text?: string;
	/** It went as the scenario says. */
	isExpected: boolean;
}

/** Hears how customers fare. @param at which of them, from 0 */
export interface Watcher {
	/** What befalls one, and after how many milliseconds of their own time. */
	happened(at: number, what: string, ms: number): void;
	over(at: number, outcome: Outcome): void;
}
