import { isRecord } from "@inlay/contract";
import { StepRefused } from "@inlay/contract/scripter/run-steps";
import { signal } from "@preact/signals";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { contactsCorrected } from "../outbound/contact-news.ts";
import { t } from "./strings.ts";

type Columns = Readonly<Record<string, string>>;

/** Of the agent's desk. */
const section = "contact";

interface ContactView {
	columns: Array<{ name: string; value: string }>;
	mayEdit: boolean;
}

/** The contact of the campaign that an interaction is of, as its script reads and corrects it. */
export class CampaignContact {
	/** Of the list, empty ones too. */
	readonly columns = signal<Columns>({});
	/** What the agent has typed, and not saved yet; on their desk. */
	readonly typed = signal<Columns>({});
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	readonly #workspace: Workspace;
	readonly #path: string | undefined;
	readonly #id: string;
	#mayEdit = false;
	#isLoaded = false;

	constructor(workspace: Workspace, call: LiveInteraction) {
		this.#workspace = workspace;
		this.#id = call.id;
		this.#path = call.campaign ? `/inlay/outbound/interactions/${call.id}/contact` : undefined;
		if (this.#path) this.typed.value = columnsIn(workspace.session.desk.read(call.id, section));
	}

	/** There is one, whose columns are not known: yet, or to the agent. What is made of them would be empty. */
	get unknown(): "away" | "unseen" | undefined {
		if (!this.#path || this.#isLoaded) return undefined;
		return this.#mayView ? "away" : "unseen";
	}

	get #mayView(): boolean {
		return this.#workspace.can("outbound:contact:view");
	}

	/** What a page shows of it; nothing where there is none, or it may not be seen. */
	get shown(): { columns: Columns; mayEdit: boolean } | undefined {
		const columns = this.columns.value;
		return Object.keys(columns).length > 0 ? { columns, mayEdit: this.#mayEdit } : undefined;
	}

	/** Never rejects. */
	async load(): Promise<void> {
		if (!this.#path || !this.#mayView) return;
		this.why.value = undefined;
		try {
			this.#take(await this.#workspace.session.api.get<ContactView>(this.#path));
		} catch (error) {
			this.why.value = error;
		}
	}

	type(name: string, value: string): void {
		this.#setTyped({ ...this.typed.peek(), [name]: value });
	}

	/** @throws StepRefused, ApiError */
	async keep(columns: Columns): Promise<void> {
		if (!this.#path) throw new StepRefused(t("noCampaign"));
		this.#take(await this.#workspace.session.api.request<ContactView>("PATCH", this.#path, { columns }));
		contactsCorrected.value++;
	}

	/** What is typed on while it is being saved stays typed. */
	async keepTyped(names: readonly string[]): Promise<void> {
		const sent = Object.fromEntries(Object.entries(this.typed.peek()).filter(([name]) => names.includes(name)));
		await this.keep(sent);
		const left = Object.entries(this.typed.peek()).filter(([name, value]) => sent[name] !== value);
		this.#setTyped(Object.fromEntries(left));
	}

	/** What was taken back stands in the way of nothing that others write. */
	#setTyped(typed: Columns): void {
		const now = this.columns.peek();
		const left = Object.entries(typed).filter(([name, value]) => now[name] !== value);
		if (left.length === 0 && Object.keys(this.typed.peek()).length === 0) return;
		this.typed.value = Object.fromEntries(left);
		this.#workspace.session.desk.write(this.#id, section, left.length > 0 ? this.typed.peek() : null);
	}

	#take({ columns, mayEdit }: ContactView): void {
		this.#mayEdit = mayEdit;
		this.#isLoaded = true;
		this.columns.value = Object.fromEntries(columns.map(({ name, value }) => [name, value]));
		this.#setTyped(this.typed.peek());
	}
}

function columnsIn(kept: unknown): Columns {
	if (!isRecord(kept)) return {};
	return Object.fromEntries(
		Object.entries(kept).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
	);
}
