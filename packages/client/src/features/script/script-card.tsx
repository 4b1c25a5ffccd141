import "./script.css";
import { type ShownPart, shownPage } from "@inlay/contract/scripter/shown-page";
import { Button } from "@inlay/ui";
import { type ScriptDeeds, ScriptPage } from "@inlay/ui/script-page";
import type { LiveInteraction } from "../../session/interaction.ts";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { NotLoaded } from "../../shell/not-loaded.tsx";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { attributesOf } from "./lookup.ts";
import { OpenScript } from "./open-script.ts";
import { t } from "./strings.ts";

/** The script of an interaction, in a section of its card that the agent may fold. */
export function ScriptCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const script = useModel(() => new OpenScript(workspace, call), call.id);
	const view = script.view.value;
	useAgainWhenBack(workspace, script.why, () => script.loadAgain());
	if (script.failed.value) {
		return <NotLoaded text={t("failed")} load={() => script.load()} />;
	}
	if (!view) return null;
	const { document, name } = view.script;
	const pageId = script.pageId.value;
	const facts = {
		lookup: script.lookup(call),
		attributes: attributesOf(call),
		contact: script.contact.shown,
		hosts: view.hosts,
	};
	const page = shownPage(document, pageId, facts);
	return (
		<details class="script" open data-script={call.id} data-script-page={page && pageId}>
			<summary>
				<bdi>{t("title", { name })}</bdi>
			</summary>
			<Said script={script} />
			{script.unsaved.value && (
				<p class="ui-hint" role="status">
					{t("notSaved")}
				</p>
			)}
			{page && <ScriptPage key={pageId} part={page} deeds={deedsOf(script, workspace, call)} />}
		</details>
	);
}

type Steps = Extract<ShownPart, { kind: "button" }>["steps"];

function deedsOf(script: OpenScript, workspace: Workspace, call: LiveInteraction): ScriptDeeds<Steps> {
	const begin = (address: string) => ({ address, attributes: {}, ...(call.queueId ? { queueId: call.queueId } : {}) });
	return {
		busy: script.busy.value,
		contact: {
			typed: script.contact.typed.value,
			type: (name, value) => script.contact.type(name, value),
			save: (names) => void script.saveContact(names),
		},
		change: (variable, value) => void script.change(variable, value),
		press: (label, steps) => void script.press(label, steps),
		call: (address) => void workspace.attempt("dial", () => workspace.calls.dial({ type: "call", ...begin(address) })),
		// On behalf of the queue, where the agent may write; by whatever their browser writes with elsewhere.
		...(workspace.can("conversation:email:create")
			? {
					mail: (address: string) => {
						workspace.draft.value = { type: "email", ...begin(address) };
						workspace.view.value = "new-interaction";
					},
				}
			: {}),
		say: t,
	};
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
