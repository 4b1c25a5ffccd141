import { ownValue } from "@inlay/contract/own-value";
import type { ScriptDocument, ScriptStep, ScriptValue } from "@inlay/contract/scripter/agent-script";
import type { Lookup } from "@inlay/contract/scripter/evaluate";
import { outsideNames } from "@inlay/contract/scripter/outside-names";
import { runChange, runSteps, type StepPort, StepRefused } from "@inlay/contract/scripter/run-steps";
import { type ShownPart, shownPage } from "@inlay/contract/scripter/shown-page";
import { firstValues } from "@inlay/contract/scripter/variables";
import { type Signal, signal } from "@preact/signals";
import { t } from "./strings.ts";

const participant = "Participant.";
const outbound = "Outbound.";

/** A script without faults, as an agent goes through it; what would reach beyond the script is only said. */
export class Preview {
	readonly document: ScriptDocument;
	readonly #hosts: readonly string[] | undefined;
	readonly pageId = signal("");
	readonly values = signal<Readonly<Record<string, ScriptValue>>>({});
	/** Columns of the contact that were changed here, and those that are only typed yet. */
	readonly columns = signal<Readonly<Record<string, string>>>({});
	readonly typed = signal<Readonly<Record<string, string>>>({});
	/** What would have been done, or why something could not be. */
	readonly said = signal<readonly string[]>([]);

	/** What an interaction would fill in: names that the script reads, and what is tried for them. */
	readonly sample: Signal<Readonly<Record<string, string>>>;

	/** @param sample stays when the script is changed */
	constructor(
		document: ScriptDocument,
		sample: Signal<Readonly<Record<string, string>>> = signal({}),
		hosts?: readonly string[],
	) {
		this.#hosts = hosts;
		this.document = document;
		this.sample = sample;
		this.restart();
	}

	restart(): void {
		this.pageId.value = this.document.startPageId;
		this.values.value = firstValues(this.document, this.#of(participant));
		this.columns.value = {};
		this.typed.value = {};
		this.said.value = [];
	}

	/** Of the script's own variables, and of the sample. */
	lookup: Lookup = (name) => {
		const column = name.startsWith(outbound) ? ownValue(this.columns.value, name.slice(outbound.length)) : undefined;
		return ownValue(this.values.value, name) ?? column ?? ownValue(this.sample.value, name) ?? null;
	};

	/** The page that is open, as the panel shows it too. */
	get page(): ShownPart | undefined {
		return shownPage(this.document, this.pageId.value, {
			lookup: this.lookup,
			attributes: this.#of(participant),
			contact: this.#contact,
			hosts: this.#hosts,
		});
	}

	/** There is one as soon as something is tried for it. */
	get #contact() {
		const columns = { ...this.#of(outbound), ...this.columns.value };
		const names = this.asked.filter((name) => name.startsWith(outbound)).map((name) => name.slice(outbound.length));
		const all = Object.fromEntries(names.map((name) => [name, ownValue(columns, name) ?? ""]));
		return names.length > 0 ? { columns: all, mayEdit: true } : undefined;
	}

	/** Names that the script reads of an interaction. */
	get asked(): string[] {
		return outsideNames(this.document);
	}

	#of(family: string): Record<string, string> {
		const found = Object.entries(this.sample.value).filter(([name]) => name.startsWith(family));
		return Object.fromEntries(found.map(([name, value]) => [name.slice(family.length), value]));
	}

	/** What a link or a step of the page would do. */
	would(what: string): void {
		this.said.value = [...this.said.peek(), t("would", { step: what })];
	}

	saveContact(names: readonly string[]): void {
		const saved = Object.entries(this.typed.peek()).filter(([name]) => names.includes(name));
		this.columns.value = { ...this.columns.peek(), ...Object.fromEntries(saved) };
		this.typed.value = {};
		this.would(t("s_updateContact"));
	}

	change(variable: string, value: ScriptValue): Promise<void> {
		return this.#doing((port) => runChange(variable, value, port));
	}

	press(steps: readonly ScriptStep[]): Promise<void> {
		return this.#doing((port) => runSteps(steps, port));
	}

	async #doing(work: (port: StepPort) => Promise<void>): Promise<void> {
		this.said.value = [];
		const port: StepPort = {
			document: this.document,
			lookup: this.lookup,
			openPage: (pageId) => {
				this.pageId.value = pageId;
			},
			setVariable: (name, value) => {
				this.values.value = { ...this.values.peek(), [name]: value };
			},
			perform: async ({ kind }) => {
				this.would(t(`s_${kind}`));
			},
			callService: async () => {
				this.would(t("s_callService"));
				return {};
			},
			refusal: (code, subject) =>
				code === "endless" ? t("c_action.endless") : t("c_expression.unreadable", { subject }),
			isOpen: () => true,
		};
		await work(port).catch((error: unknown) => {
			if (!(error instanceof StepRefused)) throw error;
			this.said.value = [...this.said.peek(), error.message];
		});
	}
}
