import { Checkbox, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { Section } from "../../shell/parts.tsx";
import { SettingsScreen } from "../../shell/settings-screen.tsx";
import type { CallingRulesModel, RulesForm } from "./rules-model.ts";
import { t } from "./strings.ts";

/** When customers are called back, and how far the call history goes. */
export function CallingRulesScreen({ model }: { model: CallingRulesModel }) {
	return (
		<SettingsScreen
			model={model}
			need={needs.editSignInRules}
			title={t("title")}
			lead={t("lead")}
			saved={t("saved")}
			nameOf={(field) => t(field)}
		>
			{(form) => <Rules model={model} form={form} />}
		</SettingsScreen>
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
