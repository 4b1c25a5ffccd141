import { byLibrary, type LibraryFindings, type LintFinding } from "@inlay/framework";
import { Banner, Button, Checkbox, TextArea } from "@inlay/ui";
import { useEffect, useRef, useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import { keepAsFile } from "../../shell/csv.ts";
import { refusedFor } from "../../shell/failure.ts";
import { tell } from "../../shell/notice.ts";
import { Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { place } from "../../shell/router.ts";
import type { DeploymentFacts, DeploymentModel } from "./deployment-model.ts";
import { fieldsOf } from "./draft.ts";
import { type GoesToLine, ScriptEditor, type StartLine } from "./script-editor.tsx";
import { scriptFileName } from "./script-file.ts";
import { refusedLine, scriptHints } from "./script-hints.ts";
import { ScriptDrop, ScriptUpload } from "./script-upload.tsx";
import { StageDialog } from "./stage-dialog.tsx";
import { t } from "./strings.ts";
import { useFindings } from "./use-findings.ts";

const noSwitches = { preserveAttributeCase: false, pageCompatibility: false, isolation: false };

/** framework.js: from a file, from the template, or typed. The server checks it when it is saved. */
export function ScriptSection({ model, facts }: { model: DeploymentModel; facts: DeploymentFacts }) {
	const editor = useRef<GoesToLine>(null);
	const draft = model.draft.value;
	const source = draft?.frameworkJs ?? "";
	const ids = facts.clients.map((client) => client.id);
	const findings = useFindings(source, ids, draft ?? noSwitches) ?? [];
	const at = useStartLine(model);
	return (
		<Section title={t("script")} hint={t("scriptHint")}>
			<ScriptDrop model={model}>
				<div class="row-end">
					<ScriptUpload model={model} />
					{source === "" && (
						<Button icon="edit" onClick={() => model.startScript()}>
							{t("starter")}
						</Button>
					)}
					<Button
						onClick={() =>
							keepAsFile(scriptFileName(facts.integration.name), model.template() ?? "", "text/javascript")
						}
					>
						{t("downloadTemplate")}
					</Button>
					<StageDraft model={model} facts={facts} />
				</div>
				<ScriptEditor
					source={source}
					latest={() => model.draft.peek()?.frameworkJs ?? ""}
					findings={findings}
					at={at}
					handle={editor}
					onInput={(frameworkJs) => model.change({ frameworkJs })}
				/>
			</ScriptDrop>
			<Refusal model={model} editor={editor} />
			<Findings findings={findings} editor={editor} />
			<Hints source={source} />
			<ScriptSources model={model} />
		</Section>
	);
}

/** What a link to this page leads to in the script (`health/places.ts`): an upload, and a line of it. */
function useStartLine(model: DeploymentModel): StartLine | undefined {
	const [at, setAt] = useState<StartLine | undefined>(undefined);
	const mayWrite = useLack(needs.editDeployment) === undefined;
	const { line, version } = place.value;
	useEffect(() => {
		if (!line && !version) return;
		let isWanted = true;
		void (async () => {
			if (version && !(await model.lookAt(Number(version), mayWrite))) return;
			if (version) tell(t("uploadViewed", { version: Number(version) }), "info");
			if (line && isWanted) setAt({ line: Number(line) });
		})();
		return () => {
			isWanted = false;
		};
	}, [line, version]);
	return at;
}

/** Gives what stands in the editor to some groups first, where everybody has another one. */
function StageDraft({ model, facts }: { model: DeploymentModel; facts: DeploymentFacts }) {
	const [asking, setAsking] = useState(false);
	const { version } = model.versions.value?.release ?? {};
	const source = model.draft.value?.frameworkJs ?? "";
	const isOther = source !== "" && model.changed.value.includes("frameworkJs");
	if (version === undefined || (!isOther && !asking)) return null;
	return (
		<>
			<Button onClick={() => setAsking(true)}>{t("stage")}</Button>
			{asking && (
				<StageDialog
					model={model}
					facts={facts}
					title={t("stageDraftTitle")}
					chosen={model.versions.value?.release.staged?.groups.map(({ id }) => id) ?? []}
					onSend={async (stage) => {
						const made = await model.stageDraft(stage);
						const said = { version: made ?? 0, everybodys: version };
						if (made !== undefined) tell(stage.forMe ? t("tried", said) : t("stagedDraft", said));
						return made !== undefined;
					}}
					onClose={() => setAsking(false)}
				/>
			)}
		</>
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
				error={refusedFor(model.saving.error.value, ...fieldsOf("connectOrigins"))}
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

/** Where the server found that the script is no JavaScript, and the way there. */
function Refusal({ model, editor }: { model: DeploymentModel; editor: { current: GoesToLine | null } }) {
	const error = model.saving.error.value ?? model.releases.changing.error.value;
	if (!error?.fields.includes("properties.frameworkJs")) return null;
	const line = refusedLine(error.message);
	return (
		<Banner
			tone="bad"
			action={
				line !== undefined && (
					<Button size="small" onClick={() => editor.current?.goTo(line)}>
						{t("refusedLine", { line })}
					</Button>
				)
			}
		>
			{error.message}
		</Banner>
	);
}

/** More than anybody reads at once. */
const mostFindings = 20;

/** What the linter says, each with the way to its line (docs/framework-lint.md). */
function Findings({ findings, editor }: { findings: readonly LintFinding[]; editor: { current: GoesToLine | null } }) {
	if (findings.length === 0) return null;
	const isBad = findings.some(({ severity }) => severity === "error");
	const { own, libraries } = byLibrary(findings);
	const told = [...own.slice(0, mostFindings), ...libraries.map(asFinding)];
	return (
		<Banner tone={isBad ? "bad" : "warn"}>
			<strong>{t("findings", { count: findings.length })}</strong>
			<ul class="plain-list">
				{told.map(({ code, message, line, column }) => (
					<li key={`${code} ${line} ${column}`}>
						<span lang="en">{message}</span> <code>{code}</code>{" "}
						<Button size="small" onClick={() => editor.current?.goTo(line)}>
							{t("refusedLine", { line })}
						</Button>
					</li>
				))}
			</ul>
			{own.length > mostFindings && <p>{t("moreFindings", { count: own.length - mostFindings })}</p>}
		</Banner>
	);
}

/** A library by its name, which says what nobody mends here. */
function asFinding({ library, codes, line, column }: LibraryFindings) {
	return { message: library, code: codes, line, column };
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
