import "./script.css";
import { Button } from "@inlay/ui";
import type { LiveInteraction } from "../../session/interaction.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { Component } from "./components.tsx";
import { OpenScript } from "./open-script.ts";
import { t } from "./strings.ts";

/** The script of an interaction, in a section of its card that the agent may fold. */
export function ScriptCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const script = useModel(() => new OpenScript(workspace, call), call.id);
	const view = script.view.value;
	if (script.failed.value) {
		return (
			<div class="ui-row" role="alert">
				<span class="ui-error ui-grow">{t("failed")}</span>
				<Button size="small" onClick={() => void script.load()}>
					{t("retry")}
				</Button>
			</div>
		);
	}
	if (!view) return null;
	const { document, name } = view.script;
	const page = document.pages.find(({ id }) => id === script.pageId.value);
	return (
		<details class="script" open data-script={call.id} data-script-page={page?.id}>
			<summary>
				<bdi>{t("title", { name })}</bdi>
			</summary>
			<Said script={script} />
			{script.unsaved.value && (
				<p class="ui-hint" role="status">
					{t("notSaved")}
				</p>
			)}
			{page && <Component key={page.id} script={script} workspace={workspace} call={call} component={page.root} />}
		</details>
	);
}

function Said({ script }: { script: OpenScript }) {
	const text = script.said.value;
	if (!text) return null;
	return (
		<div class="script-said" role="alert">
			<p>
				<bdi>{text}</bdi>
			</p>
			<Button
				size="small"
				onClick={() => {
					script.said.value = undefined;
				}}
			>
				{t("close")}
			</Button>
		</div>
	);
}
