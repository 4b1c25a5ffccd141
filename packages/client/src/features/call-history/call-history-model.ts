import { isFoundBy } from "@inlay/contract/words";
import { locale } from "@inlay/ui";
import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { isMissed, type RecentCall } from "../../session/recent-calls.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { missedOf } from "./missed.ts";

/** The calls of one day, newest first. */
export interface Day {
	label: string;
	calls: readonly RecentCall[];
}

const searchPauseMs = 250;

/** What of the agent's past calls shows. Lives while the view is shown; the calls themselves outlive it. */
export class CallHistoryModel {
	readonly onlyMissed = signal(false);
	readonly text = signal("");
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	readonly failed = computed(() => this.why.value !== undefined);
	readonly loading = signal(false);
	/** What the server has found beyond the calls that are at hand. */
	readonly #found = signal<readonly RecentCall[]>([]);
	readonly #stop: Array<() => void> = [];
	#cancelSearch = () => {};
	readonly days: ReadonlySignal<readonly Day[]>;
	readonly #workspace: Workspace;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		this.days = computed(() => byDay(this.#shown().filter((call) => this.#fits(call))));
		this.#stop.push(
			effect(() => this.#search(this.text.value.trim())),
			// Whatever is missed while one looks at it has been seen.
			effect(() => {
				if (missedOf(workspace) > 0) untracked(() => void workspace.session.desk.seeCalls());
			}),
		);
		void this.load(false);
	}

	async load(next: boolean): Promise<void> {
		this.loading.value = true;
		try {
			await this.#workspace.session.recent.load(next);
			this.why.value = undefined;
		} catch (error) {
			this.why.value = error;
		} finally {
			this.loading.value = false;
		}
	}

	dispose(): void {
		this.#cancelSearch();
		for (const stop of this.#stop) stop();
	}

	#shown(): readonly RecentCall[] {
		const { all } = this.#workspace.session.recent;
		const known = new Set(all.value.map(({ key }) => key));
		const more = this.#found.value.filter(({ key }) => !known.has(key));
		return [...all.value, ...more].toSorted((a, b) => b.startTime.localeCompare(a.startTime));
	}

	/** Older calls are the server's to look through, once the agent has stopped typing. */
	#search(text: string): void {
		this.#cancelSearch();
		if (text === "") {
			this.#found.value = [];
			return;
		}
		const { clock, recent } = this.#workspace.session;
		let isWanted = true;
		const cancel = clock.after(searchPauseMs, () => {
			recent.find(text).then(
				(found) => {
					if (isWanted) this.#found.value = found;
				},
				() => undefined,
			);
		});
		this.#cancelSearch = () => {
			isWanted = false;
			cancel();
		};
	}

	#fits(call: RecentCall): boolean {
		if (this.onlyMissed.value && !(call.direction === "inbound" && isMissed(call))) return false;
		const wanted = this.text.value.trim();
		if (!wanted) return true;
		const digits = wanted.replace(/\D/g, "");
		return (
			isFoundBy(this.#workspace.whoOf(call), wanted) ||
			(digits !== "" && call.address.replace(/\D/g, "").includes(digits))
		);
	}
}

function byDay(calls: readonly RecentCall[]): Day[] {
	const format = new Intl.DateTimeFormat(locale.value, { weekday: "long", day: "numeric", month: "long" });
	const days = new Map<string, RecentCall[]>();
	for (const call of calls) {
		const label = format.format(new Date(call.startTime));
		days.set(label, [...(days.get(label) ?? []), call]);
	}
	return [...days].map(([label, ofDay]) => ({ label, calls: ofDay }));
}
