import { Button, Checkbox, Select, TextArea, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import type { FactorDemand, PasswordRequirements } from "../../session/wire.ts";
import { Affected } from "../../shell/affected.tsx";
import { ConflictDialog } from "../../shell/conflict-dialog.tsx";
import { failureBeside, refusedFor } from "../../shell/failure.ts";
import { LossDialog, useLossQuestion } from "../../shell/loss-question.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { Allowed, useLack } from "../../shell/rights.tsx";
import { t as shared } from "../../shell/strings.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { flat, type RangedField, ranges, type SignInForm } from "./sign-in-form.ts";
import type { SignInLoss } from "./sign-in-losses.ts";
import type { SignInRulesModel } from "./sign-in-rules-model.ts";
import { t } from "./strings.ts";

/** How everybody signs in, and how long that lasts. */
export function SignInRulesScreen({ model }: { model: SignInRulesModel }) {
	useUnsaved(() => model.edited);
	const lack = useLack(needs.editSignInRules);
	const error = model.saving.error.value;
	const send = async () => {
		const saved = await model.save();
		if (saved) tell(t("saved"));
		else document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
	};
	const question = useLossQuestion(() => model.losses(), send);
	const [first, ...others] = question.asked ?? [];
	const factorTitle = first && others.length === 0 ? factorTitles[first.code] : undefined;
	return (
		<Screen title={t("title")} lead={t("lead")}>
			<Load from={model.facts}>
				{() =>
					model.form.value && (
						<Allowed lack={lack}>
							<Form onSend={() => void question.send()}>
								<Factor model={model} form={model.form.value} />
								<Passwords model={model} form={model.form.value} />
								<Sessions model={model} form={model.form.value} />
								<Networks model={model} form={model.form.value} />
								<Failure error={failureBeside(error, ...fieldsOfApi)} />
								<div class="form-actions">
									<Button kind="primary" type="submit" busy={model.saving.busy.value}>
										{shared("save")}
									</Button>
								</div>
							</Form>
						</Allowed>
					)
				}
			</Load>
			<LossDialog
				question={question}
				say={said}
				task={model.saving}
				{...(factorTitle ? { title: t(factorTitle) } : {})}
			>
				{question.asked?.some(({ code }) => code in factorTitles) && <Met model={model} />}
			</LossDialog>
			<Conflict model={model} />
		</Screen>
	);
}

/** Whom it is asked of, and who of them has none yet. */
function Met({ model }: { model: SignInRulesModel }) {
	return (
		<Load from={model.concerned}>
			{({ total, without, entities }) => (
				<>
					<p>{t("met", { count: total })}</p>
					{without > 0 && (
						<Affected
							title={t("metWithout", { count: without })}
							names={entities.map(({ name }) => name)}
							total={without}
						/>
					)}
				</>
			)}
		</Load>
	);
}

/** Two saved the rules: shows what the colleague set. */
function Conflict({ model }: { model: SignInRulesModel }) {
	const [conflict, form] = [model.conflict.value, model.form.value];
	if (!conflict || !form) return null;
	const [mine, theirs] = [flat(form), flat(conflict.theirs)];
	return (
		<ConflictDialog
			fields={conflict.fields.map((field) => ({
				name: t(field === "networks" ? "allowlist" : field),
				values: { mine: shown(field, mine[field]), theirs: shown(field, theirs[field]) },
			}))}
			busy={model.saving.busy.value}
			error={model.saving.error.value}
			onResolve={async (whose) => {
				if (await model.resolve(whose)) tell(t("saved"));
			}}
			onClose={() => {
				model.conflict.value = undefined;
			}}
		/>
	);
}

function shown(field: string, value: string | boolean): string {
	if (field === "demandedOf") return t(value as FactorDemand["demandedOf"]);
	return typeof value === "boolean" ? shared(value ? "yes" : "no") : value;
}

/** What is wrong with a number: found here, or by the server. */
function wrong(model: SignInRulesModel, field: RangedField, ofApi: string): string | undefined {
	const [least, most] = ranges[field];
	if (!model.tried.value || !model.problems.value.has(field)) return refusedFor(model.saving.error.value, ofApi);
	return least < 1 && least > 0 ? t("atLeastHour", { most }) : t("range", { least, most });
}

interface Props {
	model: SignInRulesModel;
	form: SignInForm;
}

const demands = ["nobody", "administrators", "everybody"] as const satisfies Array<FactorDemand["demandedOf"]>;

/** What is asked where a second factor is all that people lose by. */
const factorTitles: Partial<Record<SignInLoss, "demandTitle" | "demandAdministratorsTitle">> = {
	losesFactor: "demandTitle",
	losesAdministratorsFactor: "demandAdministratorsTitle",
};

function said(code: SignInLoss): string {
	if (code === "losesFactor") return t("demandText");
	return t(code === "losesAdministratorsFactor" ? "demandAdministratorsText" : code);
}

function Factor({ model, form }: Props) {
	return (
		<Section title={t("factor")} hint={t("factorHint")}>
			<Select
				label={t("demandedOf")}
				hint={t("administratorsHint")}
				value={form.demandedOf}
				options={demands.map((value) => ({ value, text: t(value) }))}
				onChange={(demandedOf) => model.change({ demandedOf: demandedOf as FactorDemand["demandedOf"] })}
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

/** Rules whose name does not say it all. */
const hinted: ReadonlySet<string> = new Set(["minimumAgeSeconds", "expirationDays"]);

/** Fields of the API whose refusal stands beside the form's own. */
const fieldsOfApi = [
	...requirementNames.map((name) => `passwordRequirements.${name}`),
	"idleTokenTimeoutSeconds",
	"sessionLimitSeconds",
	"offlineAfterSeconds",
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
						hint={hinted.has(name) ? t(`${name as "expirationDays"}Hint`) : undefined}
						error={wrong(model, name, `passwordRequirements.${name}`)}
						onInput={(value) => model.change({ requirements: { ...requirements, [name]: value } })}
					/>
				))}
			</div>
		</Section>
	);
}

function Sessions({ model, form }: Props) {
	return (
		<Section title={t("sessions")}>
			<Checkbox label={t("idles")} checked={form.idles} onChange={(idles) => model.change({ idles })} />
			{form.idles && (
				<TextField
					label={t("idleMinutes")}
					type="number"
					value={form.idleMinutes}
					hint={t("idleHint")}
					error={wrong(model, "idleMinutes", "idleTokenTimeoutSeconds")}
					onInput={(idleMinutes) => model.change({ idleMinutes })}
				/>
			)}
			<TextField
				label={t("sessionDays")}
				type="number"
				value={form.sessionDays}
				hint={t("sessionHint")}
				error={wrong(model, "sessionDays", "sessionLimitSeconds")}
				onInput={(sessionDays) => model.change({ sessionDays })}
			/>
			<TextField
				label={t("offlineMinutes")}
				type="number"
				value={form.offlineMinutes}
				hint={t("offlineHint")}
				error={wrong(model, "offlineMinutes", "offlineAfterSeconds")}
				onInput={(offlineMinutes) => model.change({ offlineMinutes })}
			/>
			<Checkbox
				label={t("everywhere")}
				checked={form.everywhere}
				onChange={(everywhere) => model.change({ everywhere })}
			/>
			<p class="ui-hint">{t("everywhereHint")}</p>
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
