import type { FarEndStep, LegStats } from "../media-engine.ts";
import { FarEnd, type FarEndReport, type KeyReport } from "./far-end.ts";
import type { EngineLeg } from "./leg.ts";

/** A leg whose far end is simulated. It says what its script says, and hears no more than whether there is sound. */
export class ScriptedLeg implements EngineLeg {
	readonly id: string;
	readonly #farEnd: FarEnd;
	#framesPlayed = 0;
	#framesHeard = 0;

	constructor(id: string, steps: FarEndStep[], report: FarEndReport, pressed: KeyReport) {
		this.id = id;
		this.#farEnd = new FarEnd(steps, report, pressed);
	}

	get present(): boolean {
		return this.#farEnd.present;
	}

	pull(out: Int16Array): boolean {
		this.#farEnd.read(out);
		this.#framesPlayed++;
		return this.#farEnd.present;
	}

	push(frame: Int16Array): void {
		this.#framesHeard++;
		this.#farEnd.hear(frame);
	}

	sendDtmf(): void {
		// A simulated party has no ear for keys.
	}

	close(): void {
		// Nothing is held beyond memory.
	}

	stats(): LegStats {
		return {
			legId: this.id,
			packetsReceived: this.#framesPlayed,
			packetsSent: this.#framesHeard,
			framesConcealed: 0,
			framesPlayed: this.#framesPlayed,
		};
	}
}
