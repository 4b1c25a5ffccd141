/** What the inspector shows: the entries that came, those that are looked for, and the one that is looked at. */
import { safeGet } from "@inlay/contract";
import { computed, signal } from "@preact/signals";
import { noWindow } from "../page-names.ts";
import type { Entry, EntryKind, FromInspector, ScriptState, ToInspector } from "../protocol.ts";

/** As many as the server keeps. */
const mostShown = 2_000;

export const kinds = ["callback", "action", "event", "message", "error"] as const satisfies readonly EntryKind[];

export class Inspector {
	readonly script = signal<ScriptState | undefined>(undefined);
	readonly panels = signal(0);
	readonly isConnected = signal(true);
	readonly search = signal("");
	/** Kinds that are left out. */
	readonly hidden = signal<ReadonlySet<EntryKind>>(new Set());
	/** What was there when somebody paused. */
	readonly #frozen = signal<readonly Entry[] | undefined>(undefined);
	readonly #entries = signal<readonly Entry[]>([]);
	readonly chosenId = signal<string | undefined>(undefined);
	readonly #send: (told: FromInspector) => void;

	constructor(send: (told: FromInspector) => void) {
		this.#send = send;
	}

	readonly isPaused = computed(() => this.#frozen.value !== undefined);
	readonly sincePause = computed(
		() => this.#entries.value.length - (this.#frozen.value?.length ?? this.#entries.value.length),
	);
	readonly hasAny = computed(() => this.#entries.value.length > 0);
	readonly chosen = computed(() => this.find(this.chosenId.value));
	readonly shown = computed(() => {
		const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
		return (this.#frozen.value ?? this.#entries.value).filter((entry) => {
			if (this.hidden.value.has(failureOf(entry) === undefined ? entry.kind : "error")) return false;
			return words.length === 0 || matches(entry, words);
		});
	});

	find(id: string | undefined): Entry | undefined {
		return id === undefined ? undefined : this.#entries.value.find((entry) => entry.id === id);
	}

	/** What came in the course of an entry. */
	effectsOf(id: string): readonly Entry[] {
		return this.#entries.value.filter(({ cause }) => cause === id);
	}

	hear(news: ToInspector): void {
		if (news.type === "state") {
			this.script.value = news.script;
			this.panels.value = news.panels;
		} else if (news.type === "entries") this.#take(news.entries);
		else {
			this.#entries.value = [];
			this.#frozen.value = undefined;
			this.chosenId.value = undefined;
		}
	}

	toggle(kind: EntryKind): void {
		const hidden = new Set(this.hidden.value);
		if (!hidden.delete(kind)) hidden.add(kind);
		this.hidden.value = hidden;
	}

	pause(): void {
		this.#frozen.value = this.isPaused.value ? undefined : this.#entries.value;
	}

	clear(): void {
		this.#send({ type: "clear" });
	}

	reload(): void {
		this.#send({ type: "reload" });
	}

	replay(entry: Entry): void {
		this.#send({ type: "replay", entry });
	}

	/** An entry that is known already is told again when more is known of it. */
	#take(told: readonly Entry[]): void {
		const entries = new Map(this.#entries.value.map((entry) => [entry.id, entry]));
		for (const entry of told) entries.set(entry.id, entry);
		this.#entries.value = [...entries.values()].slice(-mostShown);
	}
}

/** Why it came to nothing: what the script threw, or answered by `onFailure`, or that the browser opened no window. */
export function failureOf({ answer, error }: Entry): string | undefined {
	if (error) return error.message;
	if (!answer || !failures.includes(answer.name)) return undefined;
	const { payload } = answer;
	const text = typeof payload === "string" ? payload : safeGet(payload, "message");
	return typeof text === "string" && text !== "" ? `${answer.name}: ${text}` : answer.name;
}

/** Names of answers that say so. */
const failures = ["onFailure", noWindow];

/** The panel waits for it, and holds a log for not saved meanwhile: framework-contract 5. */
export function isUnanswered({ kind, name, answer, error }: Entry): boolean {
	return kind === "callback" && ["processCallLog", "contactSearch"].includes(name) && !answer && !error;
}

/** Whether it can be told to the script once more. */
export function canReplay({ kind, direction }: Entry): boolean {
	return kind === "event" || kind === "callback" || (kind === "message" && direction === "in");
}

function matches(entry: Entry, words: readonly string[]): boolean {
	const text = JSON.stringify([entry.name, entry.payload, entry.answer?.payload, entry.error?.message]).toLowerCase();
	return words.every((word) => text.includes(word));
}
