import { Button, Checkbox, TextArea, TextField } from "@inlay/ui";
import type { PasswordRequirements } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { t as shared } from "../../shell/strings.ts";
import type { SignInForm } from "./sign-in-form.ts";
import { refusedFor, type SignInRulesModel } from "./sign-in-rules-model.ts";
import { t } from "./strings.ts";

/** How everybody signs in, and how long that lasts. */
export function SignInRulesScreen({ model }: { model: SignInRulesModel }) {
	const error = model.saving.error.value;
	const send = async () => {
		if (await model.save()) tell(t("saved"));
		else document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
	};
	return (
		<Screen title={t("title")} lead={t("lead")}>
			<Load from={model.facts}>
				{() =>
					model.form.value && (
						<Form onSend={() => void send()}>
							<Factor model={model} form={model.form.value} />
							<Passwords model={model} form={model.form.value} />
							<Sessions model={model} form={model.form.value} />
							<Networks model={model} form={model.form.value} />
							<Failure error={refusedFor(error, ...fieldsOfApi) ? undefined : error} />
							<div class="form-actions">
								<Button kind="primary" type="submit" busy={model.saving.busy.value}>
									{shared("save")}
								</Button>
							</div>
						</Form>
					)
				}
			</Load>
		</Screen>
	);
}

interface Props {
	model: SignInRulesModel;
	form: SignInForm;
}

function Factor({ model, form }: Props) {
	return (
		<Section title={t("factor")} hint={t("factorHint")}>
			<Checkbox
				label={t("secondFactor")}
				checked={form.secondFactor}
				onChange={(secondFactor) => model.change({ secondFactor })}
			/>
		</Section>
	);
}

const requirementNames = [
	"minimumLength",
	"minimumDigits",
	"minimumLetters",
	"minimumUpper",
	"minimumLower",
	"minimumSpecials",
	"minimumAgeSeconds",
	"expirationDays",
] as const satisfies Array<keyof PasswordRequirements>;

/** Fields of the API whose refusal stands beside the form's own. */
const fieldsOfApi = [
	...requirementNames.map((name) => `passwordRequirements.${name}`),
	"idleTokenTimeoutSeconds",
	"sessionLimitSeconds",
	"ipAddressAllowlist",
];

function Passwords({ model, form }: Props) {
	const { requirements } = form;
	return (
		<Section title={t("passwords")} hint={t("passwordsHint")}>
			<div class="fields-columns">
				{requirementNames.map((name) => (
					<TextField
						key={name}
						label={t(name)}
						type="number"
						value={requirements[name]}
						error={refusedFor(model.saving.error.value, `passwordRequirements.${name}`)}
						onInput={(value) => model.change({ requirements: { ...requirements, [name]: value } })}
					/>
				))}
			</div>
		</Section>
	);
}

function Sessions({ model, form }: Props) {
	const error = model.saving.error.value;
	return (
		<Section title={t("sessions")}>
			<Checkbox label={t("idles")} checked={form.idles} onChange={(idles) => model.change({ idles })} />
			{form.idles && (
				<TextField
					label={t("idleMinutes")}
					type="number"
					value={form.idleMinutes}
					error={refusedFor(error, "idleTokenTimeoutSeconds")}
					onInput={(idleMinutes) => model.change({ idleMinutes })}
				/>
			)}
			<TextField
				label={t("sessionDays")}
				type="number"
				value={form.sessionDays}
				error={refusedFor(error, "sessionLimitSeconds")}
				onInput={(sessionDays) => model.change({ sessionDays })}
			/>
			<Checkbox
				label={t("everywhere")}
				checked={form.everywhere}
				onChange={(everywhere) => model.change({ everywhere })}
			/>
		</Section>
	);
}

function Networks({ model, form }: Props) {
	return (
		<Section title={t("networks")}>
			<TextArea
				label={t("allowlist")}
				hint={t("allowlistHint")}
				rows={3}
				value={form.networks}
				error={refusedFor(model.saving.error.value, "ipAddressAllowlist")}
				onInput={(networks) => model.change({ networks })}
			/>
		</Section>
	);
}
