import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { LiveInteraction } from "../session/interaction.ts";
import { whenIdle } from "../session/when-idle.ts";
import type { Workspace } from "../shell/workspace.ts";
import type { LentWindows } from "./lent-windows.ts";
import type { WindowPage, WindowPlace } from "./window-place.ts";

/** What is to come forward in the window. */
export interface ComingForward {
	callId: string;
	/** Ids of features, or the contract's names of panels; none: the whole. */
	panels: readonly string[];
}

/**
 * One place with room for an interaction's work (framework-contract 1): thread, script and viewers, in a popup or in the second
 * frame of the host's page. Both only lend themselves: this panel draws in them with its own stores and its own token, so what
 * is open there is open nowhere else.
 */
export class InteractionWindow {
	/** Where the work is shown; undefined while it is in the panel. */
	readonly place: ReadonlySignal<WindowPlace | undefined>;
	/** The interaction that is shown there. */
	readonly call: ReadonlySignal<LiveInteraction | undefined>;
	/** The interaction that the window stays with, whatever is selected. */
	readonly pinnedId = signal<string | undefined>(undefined);
	/** What was asked for last; whoever has brought it forward empties it. */
	readonly forward = signal<ComingForward | undefined>(undefined);
	readonly #lent = signal<LentWindows | undefined>(undefined);
	readonly #workspace: Workspace;
	#loading: Promise<LentWindows> | undefined;
	#isOver = false;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		this.place = computed(() => this.#lent.value?.place.value);
		this.call = computed(() => {
			const { listed } = workspace.session.conversations;
			return listed.value.find(({ id }) => id === this.pinnedId.value) ?? workspace.selected.value;
		});
		// Not needed to answer a call, and it asks again: after the panel stands.
		whenIdle(() => void this.#load().catch(() => undefined));
	}

	/** This interaction's work is in the window, and not in the panel. */
	holds(call: Pick<LiveInteraction, "id">): boolean {
		return this.place.value !== undefined && this.call.value?.id === call.id;
	}

	/**
	 * Shows an interaction's work in the window, opening one where there is none, and brings one feature's part forward. Call it
	 * from a click, or browsers block it: the agent is told so.
	 */
	open(callId: string, featureId?: string): void {
		void this.#workspace.tell(async () => (await this.#load()).open(callId, featureId));
	}

	/** The work comes back into the panel; a popup closes. */
	bringBack(): void {
		this.#lent.peek()?.bringBack();
	}

	/** The page in which the agent has just clicked: what browsers allow after a click, they allow there only. */
	get clickedPage(): WindowPage {
		const { page } = this.place.peek() ?? {};
		return page?.navigator.userActivation?.isActive ? page : (window as WindowPage);
	}

	/** The agent has left: nothing of theirs stays on any screen. */
	dispose(): void {
		this.#isOver = true;
		this.#lent.peek()?.dispose();
	}

	/** A failed load is tried again with the next wish. */
	#load(): Promise<LentWindows> {
		this.#loading ??= this.#fetch().catch((error: unknown) => {
			this.#loading = undefined;
			throw error;
		});
		return this.#loading;
	}

	async #fetch(): Promise<LentWindows> {
		const { LentWindows } = await import("./lent-windows.ts");
		const lent = new LentWindows(this.#workspace, this);
		if (this.#isOver) lent.dispose();
		else this.#lent.value = lent;
		return lent;
	}
}
