import type { ScriptStep, ScriptValue } from "@inlay/contract/scripter/agent-script";
import type { Lookup } from "@inlay/contract/scripter/evaluate";
import { type OpenScriptView, type ScriptNotice, scriptTopic } from "@inlay/contract/scripter/open-script";
import { runChange, runSteps, type StepPort, StepRefused } from "@inlay/contract/scripter/run-steps";
import { computed, effect, signal } from "@preact/signals";
import { ApiError, isPassing } from "../../session/api.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import { outliving, type PageLife, whenPageGoes } from "../../session/page-goes.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { CampaignContact } from "./campaign-contact.ts";
import { lookupOf } from "./lookup.ts";
import { callService, perform } from "./perform.ts";
import { t } from "./strings.ts";

/** How long after the last change it is saved, and how long after a failure it is tried again, ms. */
const saveAfterMs = 500;
const retryAfterMs = 2000;

/** The script of one interaction, as it is open in this panel: what is shown, what was entered, and what is yet to be saved. */
export class OpenScript {
	readonly view = signal<OpenScriptView | null | undefined>(undefined);
	readonly pageId = signal("");
	readonly values = signal<Readonly<Record<string, ScriptValue>>>({});
	readonly #failure = signal<unknown>(undefined);
	readonly failed = computed(() => this.#failure.value !== undefined);
	/** What was entered last could not be saved yet. */
	readonly unsaved = signal(false);
	/** What a step says, or why one was not done, until the agent has read it. */
	readonly said = signal<string | undefined>(undefined);
	readonly contact: CampaignContact;
	/** Steps are being done. */
	readonly busy = signal(false);
	readonly #workspace: Workspace;
	readonly #id: string;
	readonly #clean: (() => void)[] = [];
	readonly #panelId = crypto.randomUUID();
	#pending: { pageId?: string; values?: Record<string, ScriptValue> } = {};
	/** What is under way. */
	#sent: { pageId?: string; values?: Record<string, ScriptValue> } = {};
	#revision = 0;
	#cancelSave = () => {};
	#saving: Promise<void> | undefined;
	/** What it does when it opens is still to be done. */
	#toOpen: OpenScriptView | undefined;
	#wasOver: boolean;
	#isClosed = false;

	constructor(workspace: Workspace, call: LiveInteraction, page?: PageLife) {
		this.#workspace = workspace;
		this.#id = call.id;
		this.#wasOver = call.needsWrapup;
		this.contact = new CampaignContact(workspace, call);
		this.#clean.push(
			effect(() => {
				const news = workspace.session.otherNews.value;
				if (news?.topicName === scriptTopic(workspace.session.me.id)) this.#told(news.eventBody as ScriptNotice);
			}),
			effect(() => {
				if (this.#call?.needsWrapup && !this.#wasOver) this.#turnToWrapUp();
			}),
			whenPageGoes(() => this.#saveLast(), page),
		);
		void this.load();
	}

	get #call(): LiveInteraction | undefined {
		return this.#workspace.session.conversations.find(this.#id);
	}

	/** Reads the script; where there is none, nothing is shown. */
	async load(): Promise<void> {
		const { api } = this.#workspace.session;
		this.#failure.value = undefined;
		try {
			const { open } = await api.get<{ open: OpenScriptView | null }>(this.#path);
			if (this.#isClosed) return;
			this.view.value = open;
			if (!open) return;
			this.#take(open);
			if (this.#wasOver && this.#wrapUpPage) this.pageId.value = this.#wrapUpPage.id;
			if (open.isNew) this.#toOpen = open;
			await this.#meetContact();
		} catch (error) {
			if (this.#isClosed) return;
			// Whose right has just gone sees none.
			if (error instanceof ApiError && [403, 404].includes(error.status)) this.view.value = null;
			else this.#failure.value = error;
		}
	}

	/** Why the script did not load, or with what it is to be filled in. */
	get why(): unknown {
		return this.#failure.value ?? this.contact.why.value;
	}

	/** What did not load: the script, or with what it is to be filled in. What was entered since stands. */
	async loadAgain(): Promise<void> {
		await (this.view.peek() ? this.#meetContact() : this.load());
	}

	/** What the script does when it opens waits for the contact, as it may be of it. */
	async #meetContact(): Promise<void> {
		await this.contact.load();
		const open = this.#toOpen;
		if (this.#isClosed || !open || isPassing(this.contact.why.peek())) return;
		this.#toOpen = undefined;
		await this.#opened(open);
	}

	/** What the script reads, as of now. */
	lookup(call: LiveInteraction): Lookup {
		return lookupOf(this.#workspace, call, this.values.value, this.contact.columns.value);
	}

	/** The agent has given a value. */
	change(variable: string, value: ScriptValue): Promise<void> {
		return this.#doing(t("step"), (port) => runChange(variable, value, port));
	}

	/** The agent has pressed a button. */
	press(label: string, steps: readonly ScriptStep[]): Promise<void> {
		return this.#doing(label, (port) => runSteps(steps, port));
	}

	/** The agent has corrected columns of the campaign's contact. */
	saveContact(names: readonly string[]): Promise<void> {
		return this.#doing(t("saveContact"), async () => {
			await this.contact.keepTyped(names);
			if (!this.#isClosed) this.said.value = t("contactSaved");
		});
	}

	/** The last changes are sent at once, and nothing is heard any more. */
	dispose(): void {
		this.#cancelSave();
		void this.#save();
		this.#isClosed = true;
		for (const clean of this.#clean.splice(0)) clean();
	}

	get #path(): string {
		return `/inlay/scripts/interactions/${this.#id}`;
	}

	#take({ pageId, values, revision }: Pick<OpenScriptView, "pageId" | "values" | "revision">): void {
		this.#revision = revision;
		this.pageId.value = this.#pending.pageId ?? pageId;
		this.values.value = { ...values, ...this.#pending.values };
	}

	/** Another panel of the agent has changed it; what was entered here and is not saved yet stands. */
	#told(notice: ScriptNotice): void {
		if (notice.conversationId !== this.#id || notice.panelId === this.#panelId) return;
		if (notice.revision > this.#revision) this.#take(notice);
	}

	async #opened({ script: { document } }: OpenScriptView): Promise<void> {
		const page = document.pages.find(({ id }) => id === this.pageId.peek());
		await this.press(t("step"), [...(document.onLoad ?? []), ...(page?.onLoad ?? [])]);
	}

	get #wrapUpPage() {
		return this.view.peek()?.script.document.pages.find(({ forAfterCallWork }) => forAfterCallWork);
	}

	#turnToWrapUp(): void {
		this.#wasOver = true;
		const page = this.#wrapUpPage;
		if (page) void this.press(t("step"), [{ kind: "changePage", pageId: page.id }]);
	}

	async #doing(label: string, work: (port: StepPort) => Promise<void>): Promise<void> {
		const port = this.#port();
		if (!port) return;
		this.busy.value = true;
		try {
			await work(port);
		} catch (error) {
			const reason = error instanceof StepRefused ? error.message : await this.#workspace.describe(error);
			if (!this.#isClosed) this.said.value = t("refused", { name: label, reason });
		} finally {
			this.busy.value = false;
		}
	}

	/**
	 * What a page may show as empty, a step may not take for empty.
	 * @param writesContact also what the agent may not see of it would be written over
	 */
	#forSteps(call: LiveInteraction, writesContact = false): Lookup {
		const lookup = lookupOf(this.#workspace, call, this.values.peek(), this.contact.columns.peek());
		return (name) => {
			const { unknown } = this.contact;
			if (unknown && name.startsWith("Outbound.")) {
				if (unknown === "away") throw new StepRefused(t("contactAway"));
				if (writesContact) throw new StepRefused(t("mayNot", { permission: "outbound:contact:view" }));
			}
			return lookup(name);
		};
	}

	#port(): StepPort | undefined {
		const view = this.view.peek();
		if (!view) return undefined;
		const now = () => this.#call;
		return {
			document: view.script.document,
			lookup: (name) => {
				const call = now();
				return call ? this.#forSteps(call)(name) : null;
			},
			openPage: (pageId) => {
				this.pageId.value = pageId;
				// Whoever takes the interaction over goes on where it was, and not where its last agent wraps up.
				if (!this.#call?.needsWrapup || pageId !== this.#wrapUpPage?.id) this.#keep({ pageId });
			},
			setVariable: (name, value) => {
				this.values.value = { ...this.values.peek(), [name]: value };
				this.#keep({ values: { [name]: value } });
			},
			perform: async (step) => {
				const call = now();
				if (!call) throw new StepRefused(t("notNow"));
				const said = await perform(step, this.#workspace, call, {
					lookup: this.#forSteps(call, step.kind === "updateContact"),
					saveContact: (columns) => this.contact.keep(columns),
					pageName: view.script.document.pages.find(({ id }) => id === this.pageId.peek())?.name ?? "",
					hosts: view.hosts,
				});
				if (said && !this.#isClosed) this.said.value = said;
			},
			callService: async (step) => {
				const call = now();
				if (!call) throw new StepRefused(t("notNow"));
				return callService(step, this.#workspace, this.#path, this.#forSteps(call));
			},
			refusal: (code, name) => t(code === "endless" ? "endless" : "unfit", { name }),
			isOpen: () => !this.#isClosed && now() !== undefined,
		};
	}

	#keep({ pageId, values }: { pageId?: string; values?: Record<string, ScriptValue> }): void {
		this.#pending = {
			...this.#pending,
			...(pageId === undefined ? {} : { pageId }),
			...(values ? { values: { ...this.#pending.values, ...values } } : {}),
		};
		this.#saveAfter(saveAfterMs);
	}

	#saveAfter(ms: number): void {
		this.#cancelSave();
		if (!this.#isClosed) this.#cancelSave = this.#workspace.session.clock.after(ms, () => void this.#save());
	}

	/** One after the other, so that an older value never overwrites a newer one. */
	async #save(): Promise<void> {
		await this.#saving;
		const sent = this.#pending;
		if (Object.keys(sent).length === 0) return;
		this.#pending = {};
		this.#saving = this.#send(sent);
		await this.#saving;
	}

	/** Nobody is there for the answer, nor to wait until what is under way has been answered: it is sent once more with the rest. */
	#saveLast(): void {
		this.#cancelSave();
		const last = { ...this.#sent, ...this.#pending, values: { ...this.#sent.values, ...this.#pending.values } };
		if (Object.keys(this.#pending).length === 0) return;
		this.#pending = {};
		void this.#send(last);
	}

	async #send(sent: { pageId?: string; values?: Record<string, ScriptValue> }): Promise<void> {
		try {
			this.#sent = sent;
			const body = { ...sent, panelId: this.#panelId };
			const { api } = this.#workspace.session;
			const { revision } = await api.request<{ revision: number }>("PATCH", this.#path, body, outliving(body));
			this.#revision = Math.max(this.#revision, revision);
			this.unsaved.value = false;
		} catch (error) {
			// What the server will never take is not tried again, and is said.
			if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429) {
				this.said.value = await this.#workspace.describe(error);
				return;
			}
			this.#pending = { ...sent, ...this.#pending, values: { ...sent.values, ...this.#pending.values } };
			this.unsaved.value = true;
			this.#saveAfter(retryAfterMs);
		} finally {
			this.#sent = {};
		}
	}
}
