import { Checkbox, TextArea, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { Section } from "../../shell/parts.tsx";
import { SettingsScreen } from "../../shell/settings-screen.tsx";
import type { LimitsForm, LimitsModel } from "./limits-model.ts";
import { t } from "./strings.ts";

/** What holds for everybody's call forwarding. */
export function LimitsScreen({ model }: { model: LimitsModel }) {
	return (
		<SettingsScreen
			model={model}
			need={needs.editForwarding}
			title={t("title")}
			lead={t("lead")}
			saved={t("saved")}
			nameOf={(field) => t(field)}
		>
			{(form) => <Limits model={model} form={form} />}
		</SettingsScreen>
	);
}

function Limits({ model, form }: { model: LimitsModel; form: LimitsForm }) {
	const { details } = model;
	const wrong = (field: keyof LimitsForm, text: string) => (model.isWrong(field) ? text : undefined);
	return (
		<Section title={t("limits")}>
			<Checkbox
				label={t("externalAllowed")}
				checked={form.externalAllowed}
				onChange={(externalAllowed) => details.change({ externalAllowed })}
			/>
			<Checkbox label={t("confirm")} checked={form.confirm} onChange={(confirm) => details.change({ confirm })} />
			<TextField
				label={t("ringSeconds")}
				type="number"
				value={form.ringSeconds}
				error={wrong("ringSeconds", t("ringProblem"))}
				onInput={(ringSeconds) => details.change({ ringSeconds })}
			/>
			<TextArea
				label={t("blockedPrefixes")}
				hint={t("blockedHint")}
				rows={6}
				value={form.blockedPrefixes}
				error={wrong("blockedPrefixes", t("blockedProblem"))}
				onInput={(blockedPrefixes) => details.change({ blockedPrefixes })}
			/>
		</Section>
	);
}
