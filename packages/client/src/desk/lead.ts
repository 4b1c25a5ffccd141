import type { DeskLeaderView } from "@inlay/contract";
import { Attempts } from "@inlay/contract/attempts";
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "../session/api.ts";
import type { Clock } from "../session/clock.ts";
import type { DeskApi } from "./desk-api.ts";

/** Where the agent's calls ring: `unknown` until the server has said. */
export type LeadState = "unknown" | "here" | "elsewhere";

const retryMs = 1_000;

/** Whether this panel is the one of the agent's that rings, pops, logs and has the phone. The server decides. */
export class Lead {
	readonly state: ReadonlySignal<LeadState>;
	/** The server has said so to this page, not only to the one before. */
	firm = false;
	readonly #state = signal<LeadState>("unknown");
	readonly here = computed(() => this.#state.value === "here");
	/** This panel has the phone, or is about to: so that it is connected when the server says that it leads. */
	readonly phoneHere = computed(() => this.here.value || this.#taking.value);
	readonly #taking = signal(false);
	readonly #api: DeskApi;
	readonly #panelId: string;
	readonly #clock: Clock;
	#channelId: string | undefined;
	/** When the one that leads began to, as far as this panel knows. */
	#since = "";
	#stopped = false;
	readonly #asking = new Attempts();
	#cancelRetry = () => {};

	constructor(api: DeskApi, panelId: string, clock: Clock) {
		this.#api = api;
		this.#panelId = panelId;
		this.#clock = clock;
		this.state = this.#state;
	}

	/** What was read at the start: where nobody leads, or this panel did before it was loaded anew, it goes ahead. */
	presume(leader: DeskLeaderView | undefined): void {
		if (this.#state.peek() !== "unknown") return;
		this.#state.value = !leader || leader.panelId === this.#panelId ? "here" : "elsewhere";
	}

	/** The server does not keep desks for this client: the panel stands alone. */
	standAlone(): void {
		this.firm = true;
		this.#state.value = "here";
	}

	/** The panel's channel stands (again): asks to lead, and is told who does. */
	async connected(channelId: string | undefined): Promise<void> {
		this.#channelId = channelId;
		await this.#ask();
	}

	/** The agent's click: calls ring here from now on. Rejects with ApiError. */
	async takeOver(): Promise<void> {
		if (!this.#channelId) return;
		this.#taking.value = true;
		try {
			this.#take(await this.#api.lead(this.#asked(this.#channelId, true)));
		} finally {
			this.#taking.value = false;
		}
	}

	/** The server has told who leads from now on. */
	told(leader: DeskLeaderView | null): void {
		if (!leader) void this.#ask();
		else this.#take(leader);
	}

	stop(): void {
		this.#stopped = true;
		this.#cancelRetry();
	}

	async #ask(): Promise<void> {
		if (!this.#channelId || this.#stopped) return;
		this.#cancelRetry();
		const isNewest = this.#asking.begin();
		try {
			this.#take(await this.#api.lead(this.#asked(this.#channelId, false)));
		} catch (error) {
			if (this.#stopped || !isNewest()) return;
			if (isRefusal(error)) this.standAlone();
			else this.#cancelRetry = this.#clock.after(retryMs, () => void this.#ask());
		}
	}

	#asked(channelId: string, takeOver: boolean) {
		return { panelId: this.#panelId, channelId, takeOver };
	}

	/** An answer may be slower than what was told of the time after it. */
	#take({ panelId, since }: DeskLeaderView): void {
		if (this.#stopped || since < this.#since) return;
		this.#since = since;
		this.firm = panelId === this.#panelId;
		this.#state.value = this.firm ? "here" : "elsewhere";
	}
}

/** No try will ever be answered otherwise: an older server, or a client without the scope. */
export function isRefusal(error: unknown): boolean {
	return error instanceof ApiError && [403, 404, 501].includes(error.status);
}
