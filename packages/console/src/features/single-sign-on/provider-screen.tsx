import { Button, Checkbox, Select, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import { CopyField } from "../../shell/copy-field.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { Failure, Section } from "../../shell/parts.tsx";
import { t as shared } from "../../shell/strings.ts";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { Mapping } from "./mapping.tsx";
import type { Kind, Provider, ProviderForm } from "./provider-form.ts";
import { rowOf } from "./provider-form.ts";
import type { ProviderModel } from "./provider-model.ts";
import { p, t } from "./strings.ts";
import { TrustFields } from "./trust-fields.tsx";

export interface Parts {
	model: ProviderModel;
	form: ProviderForm;
}

/** One identity provider, new or existing. */
export function ProviderScreen({ model }: { model: ProviderModel }) {
	return (
		<ThingScreen
			model={model}
			text={p}
			nameOf={(one) => one.label}
			list={{ screen: "single-sign-on" }}
			page={(id) => ({ screen: "identity-provider", id })}
			beside={fieldsOfApi}
			conflictOf={(field, mine, theirs) => ({
				name: t(`field_${field}`),
				values: { mine: shown(field, mine), theirs: shown(field, theirs) },
			})}
			above={<Addresses provider={model.details.base.value} />}
			below={!model.isNew && <TryOut model={model} />}
		>
			{(form) => (
				<>
					<Names model={model} form={form} />
					<TrustFields model={model} form={form} />
					<Mapping model={model} form={form} />
				</>
			)}
		</ThingScreen>
	);
}

/** Fields of the API whose refusals the form says itself. */
const fieldsOfApi = [
	...["name", "label", "claims.groups", "gifts"],
	...["oidc.issuer", "oidc.clientId", "oidc.clientSecret", "oidc.scopes"],
	...["saml.issuer", "saml.signInUrl", "saml.certificates.0"],
];

function Names({ model, form }: Parts) {
	const { details } = model;
	const refused = (field: string) => refusedFor(details.saving.error.value, field);
	return (
		<Section title={t("about")}>
			{model.isNew && (
				<Select
					label={t("field_kind")}
					value={form.kind}
					options={[
						{ value: "oidc", text: t("oidc") },
						{ value: "saml", text: t("saml") },
					]}
					onChange={(kind) => details.change({ kind: kind as Kind })}
				/>
			)}
			<TextField
				label={t("field_label")}
				hint={t("labelHint")}
				value={form.label}
				error={model.isWrong("label") ? t("needed") : refused("label")}
				onInput={(label) => details.change({ label })}
			/>
			<TextField
				label={t("field_name")}
				hint={t("nameHint")}
				value={form.name}
				error={model.isWrong("name") ? t("nameProblem") : refused("name")}
				onInput={(name) => details.change({ name })}
			/>
			<Checkbox label={t("field_enabled")} checked={form.enabled} onChange={(enabled) => details.change({ enabled })} />
			<Checkbox label={t("field_shown")} checked={form.shown} onChange={(on) => details.change({ shown: on })} />
		</Section>
	);
}

/** What the provider asks for. The same server has the console, so a new one has its redirect URI already. */
function Addresses({ provider }: { provider: Provider | undefined }) {
	if (!provider) return null;
	const { acsUrl, metadataUrl, entityId } = provider;
	if (provider.kind === "saml" && acsUrl && metadataUrl && entityId)
		return (
			<Section title={t("forProvider")} hint={t("forProviderSaml")}>
				<CopyField label={t("metadataUrl")} value={metadataUrl} />
				<CopyField label={t("acsUrl")} value={acsUrl} />
				<CopyField label={t("entityId")} value={entityId} />
			</Section>
		);
	return (
		<Section title={t("forProvider")} hint={t("forProviderOidc")}>
			<CopyField label={t("redirectUri")} value={provider.redirectUri ?? `${location.origin}/oauth/sso/callback`} />
			<CopyField label={t("signedOutUri")} value={provider.signedOutUri ?? `${location.origin}/oauth/sso/signed-out`} />
			<CopyField
				label={t("backChannelLogoutUri")}
				value={provider.backChannelLogoutUri ?? `${location.origin}/oauth/sso/backchannel-logout`}
			/>
		</Section>
	);
}

/** Asks the provider that is saved, and signs in there to see what comes back. */
function TryOut({ model }: { model: ProviderModel }) {
	const [blocked, setBlocked] = useState(false);
	const checked = model.checked.value;
	const isOidc = model.details.base.value?.kind === "oidc";
	const open = () => window.open("about:blank", "inlay-try-provider", "popup,width=560,height=760");
	if (model.lack) return null;
	return (
		<Section title={t("tryTitle")} hint={t("tryHint")}>
			<div class="form-actions">
				{isOidc && (
					<Button busy={model.checking.busy.value} onClick={() => void model.check()}>
						{t("checkNow")}
					</Button>
				)}
				<Button
					kind="primary"
					busy={model.trying.busy.value}
					onClick={async () => setBlocked(!(await model.tryOut(open)))}
				>
					{t("tryNow")}
				</Button>
			</div>
			<Failure error={model.trying.error.value ?? model.checking.error.value} />
			<p role="status" class={blocked || checked?.ok === false ? "ui-error" : undefined}>
				{blocked
					? t("tryBlocked")
					: checked && (checked.ok ? t("checkGood") : t("checkBad", { reason: checked.error ?? "" }))}
			</p>
		</Section>
	);
}

function shown(field: keyof ProviderForm, form: ProviderForm): string {
	const value = form[field];
	if (typeof value === "boolean") return shared(value ? "yes" : "no");
	if (field === "clientSecret") return "•••";
	return typeof value === "string" ? value : value.map((row) => rowOf(row).group).join(", ");
}
