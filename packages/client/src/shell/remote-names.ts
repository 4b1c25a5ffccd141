import { computed, effect, signal } from "@preact/signals";
import { isOver, type LiveInteraction } from "../session/interaction.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Names of numbers that have none of their own: what the agent chose in the search, else what the script's
 * `contactSearch` knows of the number (framework-contract 5.1). For this session; the CRM is asked once for each.
 */
export class RemoteNames {
	readonly #names = signal<ReadonlyMap<string, string>>(new Map());
	/** How many names are known. */
	readonly known = computed(() => this.#names.value.size);
	readonly #asked = new Set<string>();
	readonly #workspace: Workspace;
	readonly #stop: () => void;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		this.#stop = effect(() => this.#follow(workspace.session.conversations.listed.value));
	}

	/** The name of a number; undefined while none is known. */
	of(address: string): string | undefined {
		return this.#names.value.get(this.#keyOf(address));
	}

	remember(address: string, name: string): void {
		if (!name.trim()) return;
		this.#names.value = new Map(this.#names.peek()).set(this.#keyOf(address), name);
	}

	dispose(): void {
		this.#stop();
	}

	#follow(listed: readonly LiveInteraction[]): void {
		for (const { remoteName, remoteAddress, ...call } of listed) {
			const isNameless = remoteAddress !== "" && remoteName === remoteAddress;
			if (isNameless && !isOver({ ...call, remoteName, remoteAddress })) void this.#ask(remoteAddress);
		}
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
		return read?.kind === "number" ? read.dial : address;
	}
}
