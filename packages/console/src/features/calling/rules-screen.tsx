import { Checkbox, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { EditedForm, plainConflict } from "../../shell/edited-form.tsx";
import { tell } from "../../shell/notice.ts";
import { Load, Screen, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { useUnsaved } from "../../shell/unsaved.ts";
import type { CallingRulesModel, RulesForm } from "./rules-model.ts";
import { t } from "./strings.ts";

/** When customers are called back, and how far the call history goes. */
export function CallingRulesScreen({ model }: { model: CallingRulesModel }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const lack = useLack(needs.editSignInRules);
	return (
		<Screen title={t("title")} lead={t("lead")}>
			<Load from={model.loaded}>
				{() => (
					<EditedForm
						model={model}
						lack={lack}
						conflictOf={(field, mine, theirs) => plainConflict(t(field), mine[field], theirs[field])}
						onSaved={() => tell(t("saved"))}
					>
						{(form) => <Rules model={model} form={form} />}
					</EditedForm>
				)}
			</Load>
		</Screen>
	);
}

function Rules({ model, form }: { model: CallingRulesModel; form: RulesForm }) {
	const { details } = model;
	const wrong = (field: keyof RulesForm, text: string) => (model.isWrong(field) ? text : undefined);
	return (
		<>
			<Section title={t("window")} hint={t("windowHint")}>
				<TextField
					label={t("windowStart")}
					type="time"
					value={form.windowStart}
					error={wrong("windowStart", t("startProblem"))}
					onInput={(windowStart) => details.change({ windowStart })}
				/>
				<TextField
					label={t("windowEnd")}
					type="time"
					value={form.windowEnd}
					error={wrong("windowEnd", t("endProblem"))}
					onInput={(windowEnd) => details.change({ windowEnd })}
				/>
				<Checkbox
					label={t("windowEnforced")}
					checked={form.windowEnforced}
					onChange={(windowEnforced) => details.change({ windowEnforced })}
				/>
			</Section>
			<Section title={t("history")}>
				<TextField
					label={t("historyDays")}
					type="number"
					value={form.historyDays}
					error={wrong("historyDays", t("daysProblem"))}
					onInput={(historyDays) => details.change({ historyDays })}
				/>
			</Section>
		</>
	);
}
