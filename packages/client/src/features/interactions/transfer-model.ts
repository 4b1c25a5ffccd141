import type { SearchTarget } from "@inlay/contract";
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { TransferTo } from "../../session/call-actions.ts";
import { isWritten, type LiveInteraction } from "../../session/interaction.ts";
import { dialString, looksLikeNumber } from "../../shell/numbers.ts";
import { othersIn } from "../../shell/staying.ts";
import { type Target, TargetSearch } from "../../shell/target-search.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t as ofMessages } from "./message-strings.ts";
import { type Among, amongs, type Recent, RecentTargets } from "./recent-targets.ts";
import { t } from "./strings.ts";

/** What the sheet can do with whom the agent chooses: hand the call over, ask them first, or bring them in. */
export type Handing = "blind" | "consult" | "add";

const handings: readonly Handing[] = ["blind", "consult", "add"];

/** A transfer, consult or addition as the agent puts it together: to whom, and with which workspace. */
export class TransferModel {
	readonly text = signal("");
	readonly chosen = signal<Target | undefined>(undefined);
	/** Name of a transfer context that the script has offered; empty for none. */
	readonly context = signal("");
	readonly search: TargetSearch;
	/** What is looked among; remembered. */
	readonly among = signal<Among>("all");
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
			(source) => this.may(source) && this.#isAmong(source),
			(target) => this.#isReachable(target),
		);
		if (this.amongs.length > 0) this.among.value = this.#recent.among;
		this.to = computed(() => this.#target());
		this.problem = computed(() => this.#problem());
		void workspace.numbers.load().catch(() => undefined);
	}

	/** Whether the agent may do anything with what this source finds. */
	may(source: SearchTarget): boolean {
		return this.offered.some((handing) => this.#mayHand(handing, source));
	}

	/** What the agent may do, to one kind of target at least. */
	get offered(): readonly Handing[] {
		const sources = ["people", "queues", "externalContacts"] as const;
		return handings.filter((handing) => sources.some((source) => this.#mayHand(handing, source)));
	}

	/** What the agent may do with the one who is chosen now. */
	mayDo(handing: Handing): boolean {
		const to = this.to.value;
		if (!to) return false;
		return this.#mayHand(handing, "userId" in to ? "people" : "queueId" in to ? "queues" : "externalContacts");
	}

	#mayHand(handing: Handing, source: SearchTarget): boolean {
		const { can } = this.#workspace;
		const holds = can.bind(this.#workspace);
		// Voice alone is asked about and joined (agent-features 2); nobody can talk to a queue as such.
		if (handing !== "blind" && this.#call.media !== "call") return false;
		// Nobody outside takes part in messages but the customer, and what the CRM finds are numbers.
		if (isWritten(this.#call) && source !== "people" && source !== "queues") return false;
		// Nobody waits in a queue together with somebody else.
		if (source === "queues" && othersIn(this.#call)) return false;
		if (handing === "add") return source !== "queues" && holds("conversation:conference:add");
		const permission = `conversation:communication:${handing}Transfer`;
		const kind = source === "people" ? "Agent" : source === "queues" ? "Queue" : "External";
		return holds(permission) || holds(`${permission}${kind}`);
	}

	/** What can be looked among; nothing to choose where the agent may reach one kind only. */
	get amongs(): readonly Among[] {
		return this.may("people") && this.may("queues") ? amongs : [];
	}

	lookAmong(among: Among): void {
		this.among.value = among;
		this.#recent.among = among;
		this.input(this.text.value);
	}

	/** To whom the agent has handed calls last, as far as this one may go there. */
	get recent(): readonly Recent[] {
		const source = { person: "people", queue: "queues" } as const;
		return this.#recent.list.filter(
			(one) => this.may(source[one.kind]) && this.#isAmong(source[one.kind]) && this.#isReachable(one),
		);
	}

	get #recent(): RecentTargets {
		return new RecentTargets(this.#workspace.storage, this.#workspace.session.me.id);
	}

	#isAmong(source: SearchTarget): boolean {
		return this.among.value === "all" || this.among.value === source;
	}

	/** The agent's own queues, to be chosen without a search. */
	get queues(): readonly Target[] {
		if (!this.may("queues") || !this.#isAmong("queues")) return [];
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

	/** Does what was chosen; resolves with the target's name when the server has taken it. */
	async transfer(handing: Handing = "blind"): Promise<string | undefined> {
		const to = this.to.value;
		if (!to) return undefined;
		const name = this.chosen.value?.name ?? this.#workspace.numbers.show(this.text.value.trim());
		const attributes = this.#attributes();
		const { session } = this.#workspace;
		this.refused.value = undefined;
		const done = await this.#workspace.attempt(`transfer.${this.#call.id}`, async () => {
			try {
				if (Object.keys(attributes).length > 0) await session.actions.setAttributes(this.#call, attributes);
				await this.#hand(handing, to);
			} catch (error) {
				// Said in the dialog: a notice would lie under it.
				this.refused.value = await this.#workspace.describe(error);
			}
		});
		if (!done || this.refused.value) return undefined;
		if (this.chosen.value) this.#recent.note(this.chosen.value);
		return name;
	}

	#hand(handing: Handing, to: TransferTo): Promise<void> {
		const { actions } = this.#workspace.session;
		if (handing === "consult") return actions.consult(this.#call, to);
		if (handing === "blind" || "queueId" in to) return actions.transfer(this.#call, to);
		return actions.addParty(this.#call, to);
	}

	dispose(): void {
		this.search.dispose();
	}

	/** Nobody who is away, and never the one who is to be handed over. */
	#isReachable(target: Target): boolean {
		if (target.kind === "person") return target.presence !== "OFFLINE" && !this.#isOtherUser(target.id);
		// Its own queue too: a colleague there may know more.
		if (target.kind === "queue") return true;
		return !this.#isCaller(target.number) && !this.#isOwn(target.number);
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

	/** A number of the agent's own; with an extension behind it, it is several people's. */
	#isOwn(number: string): boolean {
		const { numbers, session } = this.#workspace;
		const one = numbers.read(number);
		if (one?.kind !== "number" || one.after) return false;
		return (session.me.addresses ?? []).some(({ mediaType, address = "", extension }) => {
			const own = mediaType === "PHONE" && !extension ? numbers.read(address) : undefined;
			return own?.kind === "number" && !own.after && own.dial === one.dial;
		});
	}

	#problem(): string | undefined {
		const text = this.chosen.value?.kind === "contact" ? this.chosen.value.number : this.text.value;
		if (!text.trim() || (this.chosen.value && this.chosen.value.kind !== "contact")) return undefined;
		if (this.#isCaller(text)) return t("transferToCaller");
		if (this.#isOwn(text)) return t("transferToSelf");
		if (!looksLikeNumber(text)) return undefined;
		if (isWritten(this.#call)) return ofMessages("transferNoNumber");
		if (!this.may("externalContacts")) return t("transferNoNumbers");
		if (this.#workspace.numbers.isEmergency(text)) return t("transferEmergency");
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
		if (this.#isCaller(read.dial) || this.#workspace.numbers.isEmergency(read.dial)) return undefined;
		if (read.kind === "number" && this.#isOwn(dialString(read))) return undefined;
		return { address: read.kind === "sip" ? read.dial : dialString(read) };
	}

	/** What travels with the call: the contact's own, and those of the workspace. */
	#attributes(): Record<string, string> {
		const chosen = this.chosen.value;
		const workspace = this.contexts.find(({ name }) => name === this.context.value);
		return { ...(chosen?.kind === "contact" ? chosen.attributes : {}), ...workspace?.attributes };
	}
}
