import { StepRefused } from "@inlay/contract/scripter/run-steps";
import { signal } from "@preact/signals";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { contactsCorrected } from "../outbound/contact-news.ts";
import { t } from "./strings.ts";

type Columns = Readonly<Record<string, string>>;

interface ContactView {
	columns: Array<{ name: string; value: string }>;
	mayEdit: boolean;
}

/** The contact of the campaign that an interaction is of, as its script reads and corrects it. */
export class CampaignContact {
	/** Of the list, empty ones too. */
	readonly columns = signal<Columns>({});
	/** What the agent has typed, and not saved yet. */
	readonly typed = signal<Columns>({});
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	readonly #workspace: Workspace;
	readonly #path: string | undefined;
	#mayEdit = false;

	constructor(workspace: Workspace, call: LiveInteraction) {
		this.#workspace = workspace;
		this.#path = call.campaign ? `/inlay/outbound/interactions/${call.id}/contact` : undefined;
	}

	/** What a page shows of it; nothing where there is none, or it may not be seen. */
	get shown(): { columns: Columns; mayEdit: boolean } | undefined {
		const columns = this.columns.value;
		return Object.keys(columns).length > 0 ? { columns, mayEdit: this.#mayEdit } : undefined;
	}

	/** Never rejects. */
	async load(): Promise<void> {
		if (!this.#path || !this.#workspace.can("outbound:contact:view")) return;
		this.why.value = undefined;
		try {
			this.#take(await this.#workspace.session.api.get<ContactView>(this.#path));
		} catch (error) {
			this.why.value = error;
		}
	}

	type(name: string, value: string): void {
		this.typed.value = { ...this.typed.peek(), [name]: value };
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
		this.typed.value = Object.fromEntries(left);
	}

	#take({ columns, mayEdit }: ContactView): void {
		this.#mayEdit = mayEdit;
		this.columns.value = Object.fromEntries(columns.map(({ name, value }) => [name, value]));
	}
}
