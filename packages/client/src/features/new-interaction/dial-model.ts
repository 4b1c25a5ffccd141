import { effect, signal } from "@preact/signals";
import type { NewCall } from "../../session/call-actions.ts";
import { cleanNumber, isDialable } from "../../shell/phone-number.ts";
import { type Target, TargetSearch } from "../../shell/target-search.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** What the agent is about to dial. */
export class DialModel {
	readonly text = signal("");
	readonly queueId = signal("");
	readonly attributes = signal<Record<string, string>>({});
	readonly invalid = signal(false);
	readonly search: TargetSearch;
	readonly #workspace: Workspace;
	readonly #stopFilling: () => void;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		this.search = new TargetSearch(workspace);
		this.#stopFilling = effect(() => {
			const draft = workspace.draft.value;
			if (!draft) return;
			this.text.value = draft.address;
			this.queueId.value = draft.queueId ?? "";
			this.attributes.value = draft.attributes;
		});
	}

	input(text: string): void {
		this.text.value = text;
		this.attributes.value = {};
		this.invalid.value = false;
		this.search.input(text, isDialable(text));
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
		this.text.value = target.number;
		this.attributes.value = target.attributes;
		await this.call();
	}

	/** Calls the number as it stands. */
	async call(): Promise<void> {
		if (isDialable(this.text.value)) await this.#place({ phoneNumber: cleanNumber(this.text.value) });
		else this.invalid.value = true;
	}

	async #place(to: Pick<NewCall, "phoneNumber" | "callUserId" | "callQueueId">): Promise<void> {
		const call: NewCall = { ...to, attributes: this.attributes.value };
		// Colleagues and queues are called in one's own name.
		if (to.phoneNumber && this.queueId.value) call.callFromQueueId = this.queueId.value;
		if (await this.#workspace.attempt("dial", () => this.#workspace.place(call))) this.#clear();
	}

	dispose(): void {
		this.search.dispose();
		this.#stopFilling();
	}

	#clear(): void {
		this.#workspace.draft.value = undefined;
		this.input("");
	}
}
