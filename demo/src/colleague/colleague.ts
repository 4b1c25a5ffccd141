/** Somebody who sits at a phone while nobody else does: the rules, without doors. */

/** Where the colleague is. */
export type Whereabouts = "off" | "coming" | "there" | "aside" | "failed";

/** A colleague's time at the phone. */
export interface Shift {
	/** Settled when they can be called; `false` where they have gone before. */
	readonly ready: Promise<boolean>;
	readonly ended: Promise<void>;
	/** Calls somebody as the colleague. */
	call(userId: string): Promise<void>;
	/** @param alone whether nobody else works as them now, who would not want to be signed out */
	leave(alone: boolean): Promise<void>;
}

export interface ColleagueDeps {
	/** Whether a person works as the colleague. */
	isSomebodyElse(): boolean;
	begin(): Promise<Shift>;
	log: { warn(facts: object, text: string): void };
	/** How long a person may take to come back, and how long after a failure it is tried again, in ms. */
	pauseMs?: number;
}

const defaultPauseMs = 10_000;

/**
 * Plays a colleague as long as it is wanted and no person works as them: a person who comes finds the place free, and has it
 * until some seconds after they have left.
 */
export class Colleague {
	readonly #deps: ColleagueDeps;
	#isWanted = false;
	#shift: Promise<Shift> | undefined;
	#isThere = false;
	#hasFailed = false;
	#later: NodeJS.Timeout | undefined;

	constructor(deps: ColleagueDeps) {
		this.#deps = deps;
	}

	get whereabouts(): Whereabouts {
		if (!this.#isWanted) return "off";
		if (this.#deps.isSomebodyElse()) return "aside";
		if (this.#isThere) return "there";
		return this.#hasFailed ? "failed" : "coming";
	}

	get isWanted(): boolean {
		return this.#isWanted;
	}

	/** @returns once they are there, or gone, or will not come */
	async want(isWanted: boolean): Promise<Whereabouts> {
		this.#isWanted = isWanted;
		await this.adjust();
		return this.whereabouts;
	}

	/** A person has come: at once. One has left: after a while, as they may only be loading their page anew. */
	somebodyCame(): Promise<void> {
		return this.adjust();
	}

	somebodyLeft(): void {
		this.#adjustLater();
	}

	/** Calls somebody. @returns false where the colleague is not there to do it */
	async call(userId: string): Promise<boolean> {
		const shift = await this.#shift?.catch(() => undefined);
		if (!shift || !this.#isThere) return false;
		await shift.call(userId);
		return true;
	}

	async stop(): Promise<void> {
		this.#isWanted = false;
		clearTimeout(this.#later);
		await this.#leave();
	}

	async adjust(): Promise<void> {
		clearTimeout(this.#later);
		const isDue = this.#isWanted && !this.#deps.isSomebodyElse();
		if (isDue && !this.#shift) await this.#begin();
		if (!isDue && this.#shift) await this.#leave();
	}

	async #begin(): Promise<void> {
		const beginning = this.#deps.begin();
		this.#shift = beginning;
		try {
			const shift = await beginning;
			void shift.ended.then(() => this.#ended(beginning));
			const isReady = await shift.ready;
			// Sent away, and perhaps wanted again, meanwhile.
			if (this.#shift !== beginning) return;
			this.#isThere = isReady;
			this.#hasFailed = false;
		} catch (error) {
			this.#deps.log.warn({ err: error }, "the demo's colleague could not come");
			this.#hasFailed ||= this.#shift === beginning;
			this.#ended(beginning);
		}
	}

	async #leave(): Promise<void> {
		const leaving = this.#shift;
		this.#shift = undefined;
		this.#isThere = false;
		const shift = await leaving?.catch(() => undefined);
		await shift?.leave(!this.#deps.isSomebodyElse());
	}

	/** They were not sent: their connection broke, or never was. */
	#ended(which: Promise<Shift>): void {
		if (this.#shift !== which) return;
		this.#shift = undefined;
		this.#isThere = false;
		this.#adjustLater();
	}

	#adjustLater(): void {
		clearTimeout(this.#later);
		this.#later = setTimeout(() => void this.adjust(), this.#deps.pauseMs ?? defaultPauseMs);
		this.#later.unref();
	}
}
