import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { isOver, type LiveInteraction } from "../session/interaction.ts";
import { looksLikeNumber } from "./numbers.ts";
import type { Workspace } from "./workspace.ts";

/** Numbers of past calls that the CRM is asked about in a session. */
const mostWanted = 50;

/**
 * Names of numbers that have none of their own: what the agent chose in the search, else what the script's
 * `contactSearch` knows of the number (framework-contract 5.1). For this session; the CRM is asked once for each.
 */
export class RemoteNames {
	readonly #names = signal<ReadonlyMap<string, string>>(new Map());
	/** From other calls with the same number, where nobody else knows it. */
	readonly #past: ReadonlySignal<ReadonlyMap<string, string>>;
	/** How many names are known. */
	readonly known = computed(() => this.#names.value.size);
	readonly #asked = new Set<string>();
	/** Numbers of past calls that were shown. */
	readonly #wanted = new Set<string>();
	#asking: Promise<unknown> = Promise.resolve();
	readonly #workspace: Workspace;
	readonly #stop: () => void;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		this.#past = computed(() => this.#namesOfPast());
		this.#stop = effect(() => this.#follow(workspace.session.conversations.listed.value));
	}

	/** The name of a number; undefined while none is known. Of one that is shown, such as a past call's, the CRM is asked. */
	of(address: string): string | undefined {
		const key = this.#keyOf(address);
		const known = this.#names.value.get(key) ?? this.#past.value.get(key);
		if (known === undefined && this.#isNumber(address)) this.#askLater(address);
		return known;
	}

	remember(address: string, name: string): void {
		if (!name.trim()) return;
		this.#names.value = new Map(this.#names.peek()).set(this.#keyOf(address), name);
	}

	dispose(): void {
		this.#stop();
	}

	/** The latest name of each number. */
	#namesOfPast(): ReadonlyMap<string, string> {
		const named = this.#workspace.session.recent.all.value.filter(
			({ name, address }) => name !== address && !looksLikeNumber(name) && this.#isNumber(address),
		);
		return new Map(named.toReversed().map(({ name, address }) => [this.#keyOf(address), name]));
	}

	#isNumber(address: string): boolean {
		return this.#workspace.numbers.read(address)?.kind === "number";
	}

	#follow(listed: readonly LiveInteraction[]): void {
		for (const { remoteName, remoteAddress, ...call } of listed) {
			const isNameless = remoteAddress !== "" && remoteName === remoteAddress;
			if (isNameless && !isOver(call)) void this.#ask(remoteAddress);
		}
	}

	/** One after the other, and not for all of a long history: the CRM has other things to do. */
	#askLater(address: string): void {
		if (this.#asked.has(address) || this.#wanted.has(address) || this.#wanted.size === mostWanted) return;
		this.#wanted.add(address);
		this.#asking = this.#asking.then(() => this.#ask(address)).catch(() => undefined);
	}

	async #ask(address: string): Promise<void> {
		const { runtime, config, numbers } = this.#workspace;
		if (!config.peek().settings.searchTargets.includes("frameworkContacts") || this.#asked.has(address)) return;
		this.#asked.add(address);
		await numbers.load().catch(() => undefined);
		if (this.#names.peek().has(this.#keyOf(address))) return;
		const { results } = await runtime.searchContacts(address);
		const wanted = this.#keyOf(address);
		const found = results.find(({ phone }) => phone.some(({ number }) => this.#keyOf(number) === wanted));
		if (found) this.remember(address, found.name);
	}

	/** One key for all spellings of a number. */
	#keyOf(address: string): string {
		const read = this.#workspace.numbers.read(address);
		if (read?.kind !== "number") return address;
		// Behind one number with extensions sit several people.
		return read.after ? `${read.dial};ext=${read.after}` : read.dial;
	}
}
