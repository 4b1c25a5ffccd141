import { Button, Select, TextField } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { refusedFor } from "../../shell/failure.ts";
import { losesSecret } from "../../shell/kept-secret.ts";
import { Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { t as shared } from "../../shell/strings.ts";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { DkimSection } from "./dkim-section.tsx";
import {
	type DomainForm,
	domainFormOf,
	type EmailDomain,
	type Security,
	securities,
	serverFields,
} from "./email-forms.ts";
import type { DomainModel, DomainRecord } from "./email-models.ts";
import { c, d, t } from "./strings.ts";

/** One domain, new or existing. */
export function DomainScreen({ model }: { model: DomainModel }) {
	return (
		<ThingScreen
			model={model}
			text={d}
			nameOf={(one) => one.id}
			list={{ screen: "emails" }}
			page={(id) => ({ screen: "email-domain", id })}
			beside={["id"]}
			conflictOf={(field, mine, theirs) => ({
				name: t(`field_${field}`),
				values: { mine: shown(field, mine), theirs: shown(field, theirs) },
			})}
			below={!model.isNew && <Below model={model} />}
		>
			{(form) => <Fields model={model} form={form} />}
		</ThingScreen>
	);
}

function Fields({ model, form }: { model: DomainModel; form: DomainForm }) {
	const { details } = model;
	const has = form.host.trim() !== "";
	return (
		<>
			{model.isNew && (
				<Section title={t("field_id")}>
					<TextField
						label={t("field_id")}
						labelHidden
						value={form.id}
						error={model.isWrong("id") ? t("domainProblem") : refusedFor(details.saving.error.value, "id")}
						onInput={(id) => details.change({ id })}
					/>
				</Section>
			)}
			<Section title={t("server")} hint={t("serverHint")}>
				<TextField
					label={t("field_host")}
					value={form.host}
					error={refusedFor(details.saving.error.value, "smtp.host")}
					onInput={(host) => details.change({ host })}
				/>
				{has && (
					<>
						<TextField
							label={t("field_port")}
							type="number"
							value={form.port}
							error={model.isWrong("port") ? t("portProblem") : undefined}
							onInput={(port) => details.change({ port })}
						/>
						<Select
							label={t("field_security")}
							value={form.security}
							options={securities.map((value) => ({ value, text: t(value) }))}
							error={model.isWrong("security") ? t("securityProblem") : undefined}
							onChange={(value) => details.change({ security: value as Security })}
						/>
						<TextField
							label={t("field_user")}
							autoComplete="off"
							value={form.user}
							onInput={(user) => details.change({ user })}
						/>
						{form.user.trim() !== "" && (
							<TextField
								label={t("field_password")}
								type="password"
								autoComplete="off"
								hint={passwordHint(details.base.value, form)}
								value={form.password}
								error={refusedFor(details.saving.error.value, "smtp.password")}
								onInput={(password) => details.change({ password })}
							/>
						)}
						<TextField
							label={t("field_dkimSelector")}
							autoComplete="off"
							hint={t("dkimHint")}
							value={form.dkimSelector}
							error={refusedFor(details.saving.error.value, "smtp.dkimSelector")}
							onInput={(dkimSelector) => details.change({ dkimSelector })}
						/>
					</>
				)}
			</Section>
		</>
	);
}

function passwordHint(kept: EmailDomain | undefined, form: DomainForm): string | undefined {
	if (!kept?.smtp?.hasPassword) return undefined;
	return losesSecret(form, domainFormOf(kept), serverFields) ? shared("secretAgain") : t("passwordKept");
}

/** What is done with a domain that is there. */
function Below({ model }: { model: DomainModel }) {
	const lack = useLack(needs.manageEmail);
	return (
		<>
			{model.dkim && <DkimSection model={model.dkim} mayChange={!lack} />}
			<Check model={model} />
		</>
	);
}

/** Asks the server that is saved. */
function Check({ model }: { model: DomainModel }) {
	const checked = model.checked.value;
	const lack = useLack(needs.manageEmail);
	if (!model.details.base.value?.smtp || lack) return null;
	return (
		<Section title={t("check")}>
			<Button busy={model.checking.busy.value} onClick={() => void model.check()}>
				{t("checkNow")}
			</Button>
			<p role="status" class={checked?.ok === false ? "ui-error" : undefined}>
				{checked && (checked.ok ? t("checkGood") : t("checkBad", { reason: checked.error ?? "" }))}
			</p>
			{checked?.records && (
				<ul class="ui-stack wraps">
					{checked.records.map((one) => (
						<li key={`${one.record} ${one.selector}`} data-record={one.record} data-state={one.state}>
							{recordText(one, model.details.base.value?.id ?? "")}
						</li>
					))}
				</ul>
			)}
		</Section>
	);
}

/** What it is, or what is wrong and what mends it. */
function recordText({ record, state, selector, isOwn, text = "" }: DomainRecord, domain: string): string {
	const name = selector === undefined ? record.toUpperCase() : `${record.toUpperCase()} (${selector})`;
	if (state === "found") return c("found", { name, text });
	if (state === "unknown") return c("unknown", { name, reason: text });
	if (state === "unnamed") return c("unnamed_dkim");
	if (state === "other") return c("other_dkim", { name, text });
	if (state === "many") return c("many", { name });
	return isOwn ? c("missing_own", { name }) : c(`missing_${record}`, { domain });
}

function shown(field: keyof DomainForm, form: DomainForm): string {
	if (field === "security") return t(form.security);
	return field === "password" ? form.password.replace(/./g, "•") : form[field];
}
