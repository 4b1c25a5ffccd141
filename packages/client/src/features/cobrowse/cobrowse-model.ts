import { type CobrowseView, cobrowseTopic } from "@inlay/contract/cobrowse/session";
import { effect, signal } from "@preact/signals";
import { ApiError } from "../../session/api.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** The co-browsing session of one interaction, as the server has it. */
export class CobrowseModel {
	readonly session = signal<CobrowseView | undefined>(undefined);
	readonly isLoaded = signal(false);
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	/** Why what the agent pressed was not done. */
	readonly failed = signal("");
	readonly #workspace: Workspace;
	readonly #id: string;
	readonly #stop: () => void;
	#isClosed = false;

	constructor(workspace: Workspace, { id }: LiveInteraction) {
		this.#workspace = workspace;
		this.#id = id;
		this.#stop = effect(() => {
			const news = workspace.session.otherNews.value;
			if (news?.topicName !== cobrowseTopic(workspace.session.me.id)) return;
			const told = news.eventBody as CobrowseView;
			if (told.conversationId === id) this.#take(told);
		});
		void this.load();
	}

	/** What happened while nobody listened is read. */
	async load(): Promise<void> {
		try {
			const { session } = await this.#workspace.session.api.get<{ session: CobrowseView | null }>(this.#path);
			if (!this.#isClosed && session) this.#take(session);
			this.why.value = undefined;
		} catch (error) {
			this.why.value = error;
		}
		this.isLoaded.value = true;
	}

	async offer(): Promise<void> {
		this.failed.value = "";
		try {
			await this.#workspace.session.api.post(`/conversations/${this.#id}/cobrowse`);
			await this.load();
		} catch (error) {
			this.#fail(error);
		}
	}

	async end(): Promise<void> {
		try {
			await this.#workspace.session.api.request("DELETE", this.#path);
			await this.load();
		} catch (error) {
			this.#fail(error);
		}
	}

	dispose(): void {
		this.#isClosed = true;
		this.#stop();
	}

	get #path(): string {
		return pathOf(this.#id);
	}

	/** A session that was taken the place of has nothing to say any more. */
	#take(told: CobrowseView): void {
		const known = this.session.peek();
		if (known && known.id !== told.id && told.state === "ended") return;
		this.session.value = told;
	}

	#fail(error: unknown): void {
		this.failed.value = sentenceOf(error);
	}
}

export function sentenceOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** What a viewer needs to open its socket; undefined where the session is over. Rejects while the server does not answer. */
export async function viewerSession(
	{ session: { api } }: Workspace,
	conversationId: string,
): Promise<ViewerSession | undefined> {
	try {
		return await api.post<ViewerSession>(`${pathOf(conversationId)}/viewer`);
	} catch (error) {
		if (error instanceof ApiError && (error.status === 404 || error.code === "cobrowse.over")) return undefined;
		throw error;
	}
}

export interface ViewerSession {
	websocketUrl: string;
	key: string;
}

const pathOf = (conversationId: string) => `/api/inlay/v1/cobrowse/conversations/${conversationId}`;
