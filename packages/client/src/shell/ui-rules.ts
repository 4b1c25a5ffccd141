import { arrange, type UiAddition, type UiPart, type UiRules, uiRulesFor } from "@inlay/contract";
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { presenceMeant } from "../session/presence-store.ts";
import type { WireGroup, WireQueue } from "../session/wire.ts";
import { t } from "./strings.ts";
import { takeStatus } from "./take-status.ts";
import type { Workspace } from "./workspace.ts";

/** What `settings.ui` says for this agent, by their groups, and what a click on an added entry does. */
export class UiRulesOfAgent {
	readonly now: ReadonlySignal<UiRules>;
	/** Added status that the agent took last: it is shown as long as its presence holds. */
	readonly status = signal<UiAddition | undefined>(undefined);
	/** Ids and names; undefined while they are not known. */
	readonly #groups = signal<readonly string[] | undefined>(undefined);
	readonly #workspace: Workspace;
	readonly #stop: () => void;
	#asking: Promise<void> | undefined;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		const policy = () => workspace.config.value.settings.ui;
		this.now = computed(() => uiRulesFor(policy(), policy().groups.length === 0 ? [] : this.#groups.value));
		// On a reload the workspace may be there before the script has said what it wants.
		this.#stop = effect(() => {
			if (policy().groups.length > 0) this.#asking ??= this.#askGroups();
		});
	}

	dispose(): void {
		this.#stop();
	}

	/** The agent's own queues as the policy has them. */
	queues<Queue extends WireQueue>(given: readonly Queue[]): Queue[] {
		const arranged = arrange(given, this.now.value.queues, ({ id, name }) => [id, name]);
		return arranged.map(({ item, text }) => (text === undefined ? item : { ...item, name: text }));
	}

	/** What a queue is called wherever an agent reads of it; empty without one. Scripts and logs get its own name. */
	queueName({ queueId, queueName }: { queueId?: string | undefined; queueName?: string | undefined }): string {
		const { rename } = this.now.value.queues;
		const shown = arrange([queueName ?? ""], { hide: [], show: [], rename, order: [], add: [] }, (name) => [
			queueId,
			name,
		]);
		return shown[0]?.text ?? queueName ?? "";
	}

	/** The agent has clicked on an entry of the script's. */
	clicked(part: UiPart, { id, url }: UiAddition, interactionId?: string): void {
		if (url) window.open(url, "_blank", "noopener");
		this.#workspace.runtime.news.uiAction({ part, id, ...(interactionId === undefined ? {} : { interactionId }) });
	}

	/** Takes an added status. */
	async take(added: UiAddition): Promise<void> {
		const choice = presenceMeant(this.#workspace.session.presence.choices.value, added.status);
		if (!choice) throw new Error(t("noSuchStatus", { status: added.status ?? "" }));
		await takeStatus(this.#workspace, choice);
		this.status.value = added;
		this.clicked("statuses", added);
	}

	/** Asked for only where a rule is for groups. Where they cannot be read, what any rule hides stays hidden. */
	async #askGroups(): Promise<void> {
		const { api } = this.#workspace.session;
		const me = await api.get<{ groups?: WireGroup[] }>("/users/me?expand=groups").catch(() => undefined);
		if (me) this.#groups.value = (me.groups ?? []).flatMap(({ id, name }) => (name ? [id, name] : [id]));
	}
}
