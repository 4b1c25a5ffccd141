import type { SearchTarget } from "@inlay/contract";
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { TransferTo } from "../../session/call-actions.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import { dialString, looksLikeNumber } from "../../shell/numbers.ts";
import { type Target, TargetSearch } from "../../shell/target-search.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

const blind = "conversation:communication:blindTransfer";

/** A blind transfer as the agent puts it together: to whom, and with which workspace. */
export class TransferModel {
	readonly text = signal("");
	readonly chosen = signal<Target | undefined>(undefined);
	/** Name of a transfer context that the script has offered; empty for none. */
	readonly context = signal("");
	readonly search: TargetSearch;
	/** Where the call would go now; undefined while that is not clear. */
	readonly to: ReadonlySignal<TransferTo | undefined>;
	/** Why it cannot go there, beside the field. */
	readonly problem: ReadonlySignal<string | undefined>;
	/** Why the server did not hand it over. */
	readonly refused = signal<string | undefined>(undefined);
	readonly #workspace: Workspace;
	readonly #call: LiveInteraction;

	constructor(workspace: Workspace, call: LiveInteraction) {
		this.#workspace = workspace;
		this.#call = call;
		this.search = new TargetSearch(
			workspace,
			(source) => this.may(source),
			(target) => this.#isReachable(target),
		);
		this.to = computed(() => this.#target());
		this.problem = computed(() => this.#problem());
		void workspace.numbers.load().catch(() => undefined);
	}

	/** Whether the agent may transfer to what this source finds. */
	may(source: SearchTarget): boolean {
		const kind = source === "people" ? "Agent" : source === "queues" ? "Queue" : "External";
		return this.#workspace.can(blind) || this.#workspace.can(`${blind}${kind}`);
	}

	/** The agent's own queues, to be chosen without a search. */
	get queues(): readonly Target[] {
		if (!this.may("queues")) return [];
		const { ui, session } = this.#workspace;
		const mine = ui.queues(session.queues.mine.value).filter(({ id }) => id !== this.#call.queueId);
		return mine.map(({ id, name }) => ({ kind: "queue", id, name: name ?? id }));
	}

	/** Contexts of `addTransferContext`, where the settings want them (framework-contract 6). */
	get contexts() {
		return this.#workspace.config.value.settings.enableTransferContext ? this.#workspace.transferContexts.value : [];
	}

	input(text: string): void {
		this.refused.value = undefined;
		this.text.value = text;
		this.search.input(text, looksLikeNumber(text));
	}

	choose(target: Target | undefined): void {
		this.chosen.value = target;
		this.input("");
	}

	/** Hands the call over; resolves with the target's name when it has gone. */
	async transfer(): Promise<string | undefined> {
		const to = this.to.value;
		if (!to) return undefined;
		const name = this.chosen.value?.name ?? this.#workspace.numbers.show(this.text.value.trim());
		const attributes = this.#attributes();
		const { session, runtime } = this.#workspace;
		this.refused.value = undefined;
		const done = await this.#workspace.attempt(`transfer.${this.#call.id}`, async () => {
			try {
				if (Object.keys(attributes).length > 0) await session.actions.setAttributes(this.#call, attributes);
				await session.actions.transfer(this.#call, to);
			} catch (error) {
				// Said in the dialog: a notice would lie under it.
				this.refused.value = this.#workspace.describe(error);
				return;
			}
			runtime.transferred("blindTransfer", this.#call.id);
		});
		return done && !this.refused.value ? name : undefined;
	}

	dispose(): void {
		this.search.dispose();
	}

	/** Nobody who is away, and never the one who is to be handed over. */
	#isReachable(target: Target): boolean {
		if (target.kind === "person") return target.presence !== "OFFLINE" && !this.#isOtherUser(target.id);
		// Its own queue too: a colleague there may know more.
		if (target.kind === "queue") return true;
		return !this.#isCaller(target.number);
	}

	#isOtherUser(userId: string): boolean {
		const own = this.#call.participantId;
		return (this.#call.source.participants ?? []).some(
			(each) => each.id !== own && !each.endTime && (each.userId ?? each.user?.id) === userId,
		);
	}

	#isCaller(number: string): boolean {
		const { numbers } = this.#workspace;
		const [one, other] = [numbers.read(number), numbers.read(this.#call.remoteAddress)];
		return one?.kind === "number" && other?.kind === "number" && one.dial === other.dial;
	}

	#problem(): string | undefined {
		const text = this.chosen.value?.kind === "contact" ? this.chosen.value.number : this.text.value;
		if (!text.trim() || (this.chosen.value && this.chosen.value.kind !== "contact")) return undefined;
		if (this.#isCaller(text)) return t("transferToCaller");
		if (!looksLikeNumber(text)) return undefined;
		if (!this.may("externalContacts")) return t("transferNoNumbers");
		const read = this.#workspace.numbers.read(text);
		if (read?.kind === "choice") return t("transferSeveral");
		// While digits are being typed there are too few of them.
		return read?.kind === "unreadable" && read.reason !== "tooShort" ? t("transferNoSuchNumber") : undefined;
	}

	#target(): TransferTo | undefined {
		const chosen = this.chosen.value;
		if (chosen?.kind === "person") return { userId: chosen.id };
		if (chosen?.kind === "queue") return { queueId: chosen.id };
		const read = this.#workspace.numbers.read(chosen?.number ?? this.text.value);
		if (!this.may("externalContacts") || (read?.kind !== "number" && read?.kind !== "sip")) return undefined;
		if (this.#isCaller(read.dial)) return undefined;
		return { address: read.kind === "sip" ? read.dial : dialString(read) };
	}

	/** What travels with the call: the contact's own, and those of the workspace. */
	#attributes(): Record<string, string> {
		const chosen = this.chosen.value;
		const workspace = this.contexts.find(({ name }) => name === this.context.value);
		return { ...(chosen?.kind === "contact" ? chosen.attributes : {}), ...workspace?.attributes };
	}
}
