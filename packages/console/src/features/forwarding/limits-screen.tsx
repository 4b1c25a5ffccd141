import { Checkbox, TextArea, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { ConflictDialog } from "../../shell/conflict-dialog.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { Allowed, useLack } from "../../shell/rights.tsx";
import { SaveButton } from "../../shell/save-button.tsx";
import { t as shared } from "../../shell/strings.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { type LimitsForm, type LimitsModel, limitProblems } from "./limits-model.ts";
import { t } from "./strings.ts";

/** What holds for everybody's call forwarding. */
export function LimitsScreen({ model }: { model: LimitsModel }) {
	useUnsaved(() => model.form.changed.peek().length > 0);
	return (
		<Screen title={t("title")} lead={t("lead")}>
			<Load from={model.limits}>{() => <Limits model={model} />}</Load>
		</Screen>
	);
}

function Limits({ model }: { model: LimitsModel }) {
	const lack = useLack(needs.editForwarding);
	const { form: details } = model;
	const form = details.form.value;
	if (!form) return null;
	const wrong = (field: keyof LimitsForm, text: string) =>
		model.tried.value && limitProblems(form).has(field) ? text : undefined;
	const send = async () => {
		if (await model.save()) tell(t("saved"));
		else document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
	};
	return (
		<Allowed lack={lack}>
			<Form onSend={() => void send()}>
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
				<Failure error={details.saving.error.value} />
				<SaveButton details={details} />
			</Form>
			<Conflict model={model} form={form} />
		</Allowed>
	);
}

function Conflict({ model: { form: details }, form }: { model: LimitsModel; form: LimitsForm }) {
	const conflict = details.conflict.value;
	if (!conflict) return null;
	const say = (value: string | boolean) => (typeof value === "boolean" ? shared(value ? "yes" : "no") : value);
	return (
		<ConflictDialog
			fields={conflict.fields.map((field) => ({
				name: t(field),
				values: { mine: say(form[field]), theirs: say(conflict.theirs[field]) },
			}))}
			busy={details.saving.busy.value}
			error={details.saving.error.value}
			onResolve={async (whose) => {
				if (await details.resolve(whose)) tell(t("saved"));
			}}
			onClose={() => {
				details.conflict.value = undefined;
			}}
		/>
	);
}
