import type { ScriptDocument, ScriptStep, ScriptValue } from "@inlay/contract/scripter/agent-script";
import { evaluate, isTrue, type Lookup } from "@inlay/contract/scripter/evaluate";
import { parseExpression } from "@inlay/contract/scripter/parse";
import { runChange, runSteps, type StepPort, StepRefused } from "@inlay/contract/scripter/run-steps";
import { firstValues } from "@inlay/contract/scripter/variables";
import { signal } from "@preact/signals";
import { t } from "./strings.ts";

/** A script without faults, as an agent goes through it; what would reach beyond the script is only said. */
export class Preview {
	readonly document: ScriptDocument;
	readonly pageId = signal("");
	readonly values = signal<Readonly<Record<string, ScriptValue>>>({});
	/** What would have been done, or why something could not be. */
	readonly said = signal<readonly string[]>([]);

	constructor(document: ScriptDocument) {
		this.document = document;
		this.restart();
	}

	restart(): void {
		this.pageId.value = this.document.startPageId;
		this.values.value = firstValues(this.document, {});
		this.said.value = [];
	}

	/** Of the script's own variables; what an interaction would fill in is empty. */
	lookup: Lookup = (name) => this.values.value[name] ?? null;

	isShown(visibleIf: string | undefined): boolean {
		return visibleIf === undefined || isTrue(evaluate(parseExpression(visibleIf), this.lookup));
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
				this.said.value = [...this.said.peek(), t("would", { step: t(`s_${kind}`) })];
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
