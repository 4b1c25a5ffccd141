/** The public doors by which customers come, and what stands at them. */

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
	/** Waits; ends at once when the simulation does. */
	pause(ms: number): Promise<void>;
	/** Ends the simulation: whoever is on the line hangs up. */
	ended: AbortSignal;
}

/** What became of one customer. */
export interface Outcome {
	kind: "call" | "callback" | "message" | "email";
	result: "answered" | "abandoned" | "callback" | "sent" | "refused" | "failed";
	/** Milliseconds from the call to its answer, or to where it was given up. */
	waitedMs?: number;
	/** What the server, or the network, said. */
	text?: string;
	/** It went as the scenario says. */
	isExpected: boolean;
}
