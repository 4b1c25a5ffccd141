import type { CallbackView } from "@inlay/contract";
import { Attempts } from "@inlay/contract/attempts";
import { effect, signal, untracked } from "@preact/signals";
import type { Workspace } from "../../shell/workspace.ts";

interface Page {
	entities: CallbackView[];
	total: number;
}

const pageSize = 25;
const over: ReadonlySet<string> = new Set(["done", "cancelled", "ownerExpired", "failed"]);

/** The agent's callbacks, as far as they are shown; what happens to one of them is taken over as it is told. */
export class CallbacksModel {
	readonly which = signal<"upcoming" | "done">("upcoming");
	readonly list = signal<readonly CallbackView[]>([]);
	readonly more = signal(false);
	readonly state = signal<"loading" | "ready" | "failed">("loading");
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	readonly #workspace: Workspace;
	readonly #stop: () => void;
	readonly #readings = new Attempts();
	/** What was told while the list was on its way is newer than what it says. */
	#told: CallbackView[] = [];

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		const { session } = workspace;
		this.#stop = effect(() => {
			const news = session.callbackNews.value;
			if (!news) return;
			this.#told.push(news);
			untracked(() => this.#take(news));
		});
		void this.load();
	}

	dispose(): void {
		this.#stop();
	}

	choose(which: "upcoming" | "done"): void {
		this.which.value = which;
		this.list.value = [];
		void this.load();
	}

	async load(next = false): Promise<void> {
		const which = this.which.peek();
		const before = next ? this.list.peek() : [];
		this.state.value = "loading";
		this.why.value = undefined;
		const isNewest = this.#readings.begin();
		this.#told = [];
		try {
			const pageNumber = 1 + Math.floor(before.length / pageSize);
			const query = `state=${which}&pageSize=${pageSize}&pageNumber=${pageNumber}`;
			const page = await this.#workspace.session.api.get<Page>(`/inlay/callbacks?${query}`);
			if (!isNewest()) return;
			const read = new Set(page.entities.map(({ id }) => id));
			this.list.value = [...before.filter(({ id }) => !read.has(id)), ...page.entities];
			for (const news of this.#told) this.#take(news);
			this.more.value = this.list.peek().length < page.total;
			this.state.value = "ready";
		} catch (error) {
			if (!isNewest()) return;
			this.state.value = "failed";
			this.why.value = error;
		}
	}

	async cancel({ id }: CallbackView): Promise<void> {
		await this.#workspace.session.api.patch(`/conversations/callbacks/${id}`, { state: "disconnected" });
	}

	#take(news: CallbackView): void {
		const others = this.list.peek().filter(({ id }) => id !== news.id);
		if (over.has(news.state) !== (this.which.peek() === "done")) this.list.value = others;
		else if (this.which.peek() === "done") this.list.value = [news, ...others];
		else this.list.value = [...others, news].toSorted((a, b) => a.scheduledAt.localeCompare(b.scheduledAt));
	}
}
