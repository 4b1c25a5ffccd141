import { holdsPermission } from "@inlay/contract";
import { Attempts } from "@inlay/contract/attempts";
import { signal } from "@preact/signals";
import type { Clock } from "./clock.ts";
import type { WireUser } from "./wire.ts";

/** What the rights need of the session that they belong to. */
export interface OwnRightsParts {
	clock: Clock;
	/** Reads them anew. */
	read: () => void;
	/** They hear of something that they did not, or no more: the topics are to be asked for again. */
	topicsChanged: () => void;
}

/** What the agent may do, as far as the server has said. */
export class OwnRights {
	/** Grows when it has perhaps changed. */
	readonly changes = signal(0);
	readonly #permissions = signal<ReadonlySet<string>>(new Set());
	readonly #parts: OwnRightsParts;
	/** Of several on their way the newest counts. */
	readonly #readings = new Attempts();
	#stopWaiting: (() => void) | undefined;

	constructor(parts: OwnRightsParts) {
		this.#parts = parts;
	}

	/** Whoever reads it where it shows follows its changes. */
	get permissions(): ReadonlySet<string> {
		return this.#permissions.value;
	}

	/** The guide's permission: without it nobody is told of messages. */
	get receivesVoicemail(): boolean {
		return holdsPermission(this.#permissions.peek(), "voicemail:voicemail:receive");
	}

	/** The guide's permission: without it interactions show no script. */
	get seesScripts(): boolean {
		return holdsPermission(this.#permissions.peek(), "scripter:publishedScript:view");
	}

	/** They are read. @returns takes what was read */
	beginReading(): (me: WireUser) => void {
		const isNewest = this.#readings.begin();
		return (me) => {
			if (isNewest()) this.take(me);
		};
	}

	take({ authorization }: WireUser): void {
		const now = authorization?.permissions ?? [];
		const before = this.#permissions.peek();
		if (now.length === before.size && now.every((each) => before.has(each))) return;
		const heard = this.#heard;
		this.#permissions.value = new Set(now);
		const isFirst = before.size === 0;
		if (!isFirst && heard !== this.#heard) this.#parts.topicsChanged();
	}

	get #heard(): string {
		return `${this.receivesVoicemail} ${this.seesScripts}`;
	}

	/** Of many queues that were switched at once one reading tells. */
	changed(): void {
		this.changes.value++;
		this.#stopWaiting ??= this.#parts.clock.after(Math.random() * rightsWithinMs, () => {
			this.#stopWaiting = undefined;
			this.#parts.read();
		});
	}

	dispose(): void {
		this.#stopWaiting?.();
	}
}

/** Not all panels at once, as a role may be everybody's; within five seconds all of them (agent-features 0.1-3), ms. */
const rightsWithinMs = 2_000;
