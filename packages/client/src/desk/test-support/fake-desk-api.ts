import type { DeskEntryView, DeskLeaderView } from "@inlay/contract";
import { ApiError } from "../../session/api.ts";
import type { DeskApi, DeskWriteBody } from "../desk-api.ts";

/** A server's desk in memory, for several panels of one agent; what it tells goes out when a test says so. */
export class FakeDeskApi implements DeskApi {
	readonly entries = new Map<string, DeskEntryView>();
	readonly written: DeskWriteBody[] = [];
	leader: DeskLeaderView | undefined;
	/** Status that every request is answered with; 0 for no answer. */
	fails: number | undefined;
	/** The writing is done and its answer is lost. */
	losesAnswer = false;

	async read() {
		this.#mayFail();
		return { entries: [...this.entries.values()], ...(this.leader ? { leader: this.leader } : {}) };
	}

	async entry(conversationId: string, section: string): Promise<DeskEntryView> {
		this.#mayFail();
		const found = this.entries.get(`${conversationId} ${section}`);
		if (!found) throw new ApiError(404, { code: "not.found" });
		return found;
	}

	async write(conversationId: string, section: string, body: DeskWriteBody): Promise<DeskEntryView> {
		this.#mayFail();
		const key = `${conversationId} ${section}`;
		const version = this.entries.get(key)?.version ?? 0;
		if (version !== body.version) throw new ApiError(409, { code: "version.conflict" });
		const dateModified = new Date().toISOString();
		const entry: DeskEntryView = {
			...structuredClone(body),
			conversationId,
			section,
			version: version + 1,
			dateModified,
		};
		this.entries.set(key, entry);
		this.written.push(body);
		if (this.losesAnswer) throw new ApiError(0, {});
		return entry;
	}

	async claim(conversationId: string, section: string, by: { panelId: string; occasion: string }): Promise<boolean> {
		this.#mayFail();
		const held = this.entries.get(`${conversationId} ${section}`);
		const { panelId, occasion } = by;
		const isKnown = held?.value === occasion;
		if (!isKnown) await this.write(conversationId, section, { panelId, version: held?.version ?? 0, value: occasion });
		return !isKnown || held.panelId === panelId;
	}

	async seeCalls(): Promise<void> {}

	async lead({ panelId, takeOver }: { panelId: string; takeOver: boolean }): Promise<DeskLeaderView> {
		this.#mayFail();
		if (!this.leader || takeOver) this.leader = { panelId, since: new Date().toISOString() };
		return this.leader;
	}

	async leave(panelId: string, page?: "mayReturn" | "closed"): Promise<void> {
		if (this.leader?.panelId === panelId && page !== "mayReturn") this.leader = undefined;
	}

	#mayFail(): void {
		if (this.fails !== undefined) throw new ApiError(this.fails, {});
	}
}
