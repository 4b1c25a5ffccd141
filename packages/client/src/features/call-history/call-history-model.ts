import { locale } from "@inlay/ui";
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { isMissed, type RecentCall } from "../../session/recent-calls.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** The calls of one day, newest first. */
export interface Day {
	label: string;
	calls: readonly RecentCall[];
}

/** What of the agent's past calls shows. Lives while the view is shown; the calls themselves outlive it. */
export class CallHistoryModel {
	readonly onlyMissed = signal(false);
	readonly text = signal("");
	readonly failed = signal(false);
	readonly loading = signal(false);
	readonly days: ReadonlySignal<readonly Day[]>;
	readonly #workspace: Workspace;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		this.days = computed(() => byDay(workspace.session.recent.all.value.filter((call) => this.#fits(call))));
		void this.load(false);
	}

	async load(next: boolean): Promise<void> {
		this.loading.value = true;
		try {
			await this.#workspace.session.recent.load(next);
			this.failed.value = false;
		} catch {
			this.failed.value = true;
		} finally {
			this.loading.value = false;
		}
	}

	dispose(): void {}

	#fits(call: RecentCall): boolean {
		if (this.onlyMissed.value && !(call.direction === "inbound" && isMissed(call))) return false;
		const wanted = this.text.value.trim().toLowerCase();
		if (!wanted) return true;
		const digits = wanted.replace(/\D/g, "");
		const name = this.#workspace.whoOf(call).toLowerCase();
		return name.includes(wanted) || (digits !== "" && call.address.replace(/\D/g, "").includes(digits));
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
