import { Banner, Button, Checkbox, TextArea } from "@inlay/ui";
import { useId, useRef, useState } from "preact/hooks";
import { keepAsFile } from "../../shell/csv.ts";
import { refusedFor } from "../../shell/failure.ts";
import { tell } from "../../shell/notice.ts";
import { Section } from "../../shell/parts.tsx";
import type { DeploymentFacts, DeploymentModel } from "./deployment-model.ts";
import { fieldsOf } from "./draft.ts";
import { refusedLine, scriptHints } from "./script-hints.ts";
import { t } from "./strings.ts";
import { useFindings } from "./use-findings.ts";

/** framework.js: from a file, from the template, or typed. The server checks it when it is saved. */
export function ScriptSection({ model, facts }: { model: DeploymentModel; facts: DeploymentFacts }) {
	const editor = useRef<HTMLTextAreaElement>(null);
	const source = model.draft.value?.frameworkJs ?? "";
	return (
		<Section title={t("script")} hint={t("scriptHint")}>
			<div class="row-end">
				<Upload model={model} />
				{source === "" && (
					<Button icon="edit" onClick={() => model.startScript()}>
						{t("starter")}
					</Button>
				)}
				<Button onClick={() => keepAsFile("framework.js", model.template() ?? "", "text/javascript")}>
					{t("downloadTemplate")}
				</Button>
			</div>
			<textarea
				ref={editor}
				class="ui-input code"
				aria-label={t("editor")}
				rows={source === "" ? 6 : 16}
				value={source}
				spellcheck={false}
				autocapitalize="none"
				autocomplete="off"
				wrap="off"
				onInput={(event) => model.change({ frameworkJs: event.currentTarget.value })}
			/>
			<Refusal model={model} editor={editor} />
			<Findings model={model} facts={facts} editor={editor} />
			<Hints source={source} />
			<ScriptSources model={model} />
		</Section>
	);
}

/** What else the script may load and call, and whether it may come from the developer's own machine. */
function ScriptSources({ model }: { model: DeploymentModel }) {
	const draft = model.draft.value;
	if (!draft) return null;
	return (
		<>
			<TextArea
				label={t("scriptOrigins")}
				hint={t("scriptOriginsHint")}
				value={draft.scriptOrigins}
				placeholder="https://cdn.example.com"
				rows={2}
				error={refusedFor(model.saving.error.value, ...fieldsOf("scriptOrigins"))}
				onInput={(scriptOrigins) => model.change({ scriptOrigins })}
			/>
			<TextArea
				label={t("connectOrigins")}
				hint={t("connectOriginsHint")}
				value={draft.connectOrigins}
				placeholder="https://api.example.com"
				rows={2}
				onInput={(connectOrigins) => model.change({ connectOrigins })}
			/>
			<Checkbox
				label={t("development")}
				checked={draft.development}
				onChange={(development) => model.change({ development })}
			/>
		</>
	);
}

function Upload({ model }: { model: DeploymentModel }) {
	const input = useRef<HTMLInputElement>(null);
	const [problem, setProblem] = useState<string | undefined>(undefined);
	const id = useId();
	const read = async (file: File | undefined) => {
		if (!file) return;
		const text = await readText(file);
		if (input.current) input.current.value = "";
		setProblem(text === undefined ? t("uploadBinary", { file: file.name }) : undefined);
		if (text === undefined) return;
		model.change({ frameworkJs: text });
		tell(t("uploadDone", { file: file.name }), "info");
	};
	return (
		<>
			<input
				id={id}
				ref={input}
				type="file"
				class="ui-hidden"
				accept=".js,text/javascript,application/javascript"
				tabIndex={-1}
				aria-label={t("upload")}
				onChange={(event) => void read(event.currentTarget.files?.[0])}
			/>
			<Button icon="open" onClick={() => input.current?.click()}>
				{t("upload")}
			</Button>
			{problem && (
				<Banner tone="bad" urgent>
					{problem}
				</Banner>
			)}
		</>
	);
}

/** The text of a file; undefined when it is none in UTF-8. */
async function readText(file: File): Promise<string | undefined> {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
	} catch {
		return undefined;
	}
}

/** Where the server found that the script is no JavaScript, and the way there. */
function Refusal({ model, editor }: { model: DeploymentModel; editor: { current: HTMLTextAreaElement | null } }) {
	const error = model.saving.error.value;
	if (!error?.fields.includes("properties.frameworkJs")) return null;
	const line = refusedLine(error.message);
	return (
		<Banner
			tone="bad"
			action={
				line !== undefined && (
					<Button size="small" onClick={() => selectLine(editor.current, line)}>
						{t("refusedLine", { line })}
					</Button>
				)
			}
		>
			{error.message}
		</Banner>
	);
}

function selectLine(editor: HTMLTextAreaElement | null, line: number): void {
	if (!editor) return;
	const all = editor.value.split("\n");
	const start = all.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
	editor.focus();
	editor.setSelectionRange(start, start + (all[line - 1]?.length ?? 0));
	editor.scrollTop = (editor.scrollHeight / all.length) * Math.max(0, line - 4);
}

/** More than anybody reads at once. */
const mostFindings = 20;

/** What the linter says, each with the way to its line (docs/framework-lint.md). */
function Findings({
	model,
	facts,
	editor,
}: {
	model: DeploymentModel;
	facts: DeploymentFacts;
	editor: { current: HTMLTextAreaElement | null };
}) {
	const { frameworkJs = "", preserveAttributeCase = false } = model.draft.value ?? {};
	const ids = facts.clients.map((client) => client.id);
	const findings = useFindings(frameworkJs, ids, preserveAttributeCase) ?? [];
	if (findings.length === 0) return null;
	const isBad = findings.some(({ severity }) => severity === "error");
	return (
		<Banner tone={isBad ? "bad" : "warn"}>
			<strong>{t("findings", { count: findings.length })}</strong>
			<ul class="plain-list">
				{findings.slice(0, mostFindings).map(({ code, message, line, column }) => (
					<li key={`${code} ${line} ${column}`}>
						<span lang="en">{message}</span> <code>{code}</code>{" "}
						<Button size="small" onClick={() => selectLine(editor.current, line)}>
							{t("refusedLine", { line })}
						</Button>
					</li>
				))}
			</ul>
			{findings.length > mostFindings && <p>{t("moreFindings", { count: findings.length - mostFindings })}</p>}
		</Banner>
	);
}

function Hints({ source }: { source: string }) {
	const hints = scriptHints(source);
	if (hints.length === 0) return null;
	return (
		<Banner tone="warn">
			<strong>{t("hints")}</strong>
			<ul class="plain-list">
				{hints.map((hint) => (
					<li key={hint}>{t(hint)}</li>
				))}
			</ul>
		</Banner>
	);
}
