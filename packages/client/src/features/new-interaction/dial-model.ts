import type { ReadNumber, Unreadable } from "@inlay/contract/phone";
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { NewCall } from "../../session/call-actions.ts";
import { dialString, looksLikeNumber } from "../../shell/numbers.ts";
import { type Target, TargetSearch } from "../../shell/target-search.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** What the agent is about to dial. */
export class DialModel {
	readonly text = signal("");
	readonly queueId = signal("");
	readonly attributes = signal<Record<string, string>>({});
	/** Who was chosen, as long as their number stands there. */
	#contactId: string | undefined;
	/** Why the number cannot be called; set when somebody has tried. */
	readonly problem = signal<Unreadable["reason"] | "several" | undefined>(undefined);
	/** Several numbers stand in the text: the agent chooses. */
	readonly choices: ReadonlySignal<readonly ReadNumber[]>;
	/** What would be dialled, as the agent reads numbers; empty where that is what stands there. */
	readonly preview: ReadonlySignal<string>;
	readonly search: TargetSearch;
	readonly #workspace: Workspace;
	readonly #stopFilling: () => void;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		this.search = new TargetSearch(workspace);
		void workspace.numbers.load().catch(() => undefined);
		this.choices = computed(() => {
			const read = workspace.numbers.read(this.text.value);
			return read?.kind === "choice" ? read.numbers : [];
		});
		this.preview = computed(() => this.#preview());
		this.#stopFilling = effect(() => {
			const draft = workspace.draft.value;
			if (draft?.type !== "call") return;
			this.text.value = draft.address;
			this.queueId.value = draft.queueId ?? "";
			this.attributes.value = draft.attributes;
			this.problem.value = undefined;
		});
	}

	input(text: string): void {
		this.text.value = text;
		this.attributes.value = {};
		this.#contactId = undefined;
		this.problem.value = undefined;
		this.search.input(text, looksLikeNumber(text));
	}

	press(key: string): void {
		this.input(this.text.value + key);
	}

	erase(): void {
		this.input(this.text.value.slice(0, -1));
	}

	/** Calls what the search has found. */
	async choose(target: Target): Promise<void> {
		if (target.kind === "person") return this.#place({ callUserId: target.id });
		if (target.kind === "queue") return this.#place({ callQueueId: target.id });
		this.#workspace.names.remember(target.number, target.name);
		this.text.value = target.number;
		this.attributes.value = target.attributes;
		this.#contactId = target.externalContactId;
		await this.call();
	}

	/** Calls the number that the text says. */
	async call(): Promise<void> {
		const read = await this.#workspace.numbers.whenRead(this.text.value).catch(() => undefined);
		// Without what is known of countries the server reads the number alone.
		if (!read) await this.#place({ phoneNumber: this.text.value });
		else if (read.kind === "number") await this.callNumber(read);
		else if (read.kind === "sip") await this.#place({ phoneNumber: read.dial });
		else this.problem.value = read.kind === "choice" ? "several" : read.reason;
	}

	/** Calls one of the numbers that the text offers. */
	async callNumber(number: ReadNumber): Promise<void> {
		await this.#place({ phoneNumber: dialString(number) });
	}

	async #place(to: Pick<NewCall, "phoneNumber" | "callUserId" | "callQueueId">): Promise<void> {
		const call: NewCall = { ...to, attributes: this.attributes.value };
		if (to.phoneNumber && this.#contactId) call.externalContactId = this.#contactId;
		// Colleagues and queues are called in one's own name.
		if (to.phoneNumber && this.queueId.value) call.callFromQueueId = this.queueId.value;
		if (await this.#workspace.attempt("dial", () => this.#workspace.calls.place(call))) this.#clear();
	}

	dispose(): void {
		this.search.dispose();
		this.#stopFilling();
	}

	#preview(): string {
		const text = this.text.value;
		const { numbers } = this.#workspace;
		const read = numbers.read(text);
		if (read?.kind !== "number") return "";
		const shown = numbers.show(dialString(read));
		return shown === text.trim() ? "" : shown;
	}

	#clear(): void {
		this.#workspace.draft.value = undefined;
		this.input("");
	}
}
