import type { ScriptAction } from "@inlay/contract/scripter/agent-script";
import { Button, TextField } from "@inlay/ui";
import { Section } from "../../shell/parts.tsx";
import { anchorOf, type Desk } from "./desk.ts";
import { freshId, placesOf } from "./edit-document.ts";
import { OrderButtons } from "./order-buttons.tsx";
import { StepList } from "./step-list.tsx";
import { t } from "./strings.ts";

/** Lists of steps that several buttons run. */
export function ActionsSection({ desk }: { desk: Desk }) {
	const { actions } = desk.document;
	const add = () =>
		desk.change({ actions: [...actions, { id: freshId(desk.document, "action"), name: "", steps: [] }] });
	return (
		<Section title={t("actions")}>
			{actions.map((action, at) => (
				<Action key={action.id} desk={desk} action={action} at={at} />
			))}
			<div>
				<Button icon="plus" onClick={add}>
					{t("addAction")}
				</Button>
			</div>
		</Section>
	);
}

function Action({ desk, action, at }: { desk: Desk; action: ScriptAction; at: number }) {
	const { actions } = desk.document;
	const change = (part: Partial<ScriptAction>) => desk.change({ actions: actions.with(at, { ...action, ...part }) });
	const name = action.name || t("unnamed");
	return (
		<fieldset class="script-part ui-stack" aria-label={name} id={anchorOf(action.id)} tabIndex={-1}>
			<OrderButtons
				list={actions}
				at={at}
				name={name}
				usedBy={placesOf(desk.document, { actionId: action.id })}
				onChange={(list) => desk.change({ actions: list })}
			/>
			<TextField
				label={t("name")}
				value={action.name}
				error={desk.tried && action.name.trim() === "" ? t("nameProblem") : undefined}
				onInput={(text) => change({ name: text })}
			/>
			<StepList
				desk={desk}
				place={{ actionId: action.id }}
				label={name}
				steps={action.steps}
				onChange={(steps) => change({ steps })}
			/>
		</fieldset>
	);
}
