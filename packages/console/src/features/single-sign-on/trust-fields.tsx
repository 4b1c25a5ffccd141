import { Checkbox, TextArea, TextField } from "@inlay/ui";
import { refusedFor } from "../../shell/failure.ts";
import { losesSecret } from "../../shell/kept-secret.ts";
import { Section } from "../../shell/parts.tsx";
import { t as shared } from "../../shell/strings.ts";
import { formOf, type Provider, type ProviderForm } from "./provider-form.ts";
import type { Parts } from "./provider-screen.tsx";
import { t } from "./strings.ts";

/** By what the provider proves itself, and how a person is read off what it says. */
export function TrustFields({ model, form }: Parts) {
	return (
		<>
			<Section title={t("trust")} hint={t("trustHint")}>
				{form.kind === "oidc" ? <Oidc model={model} form={form} /> : <Saml model={model} form={form} />}
			</Section>
			<Claims model={model} form={form} />
		</>
	);
}

function Oidc({ model, form }: Parts) {
	const { details } = model;
	const refused = (field: string) => refusedFor(details.saving.error.value, field);
	return (
		<>
			<TextField
				label={t("field_issuer")}
				hint={t("issuerHint")}
				value={form.issuer}
				error={model.isWrong("issuer") ? t("needed") : refused("oidc.issuer")}
				onInput={(issuer) => details.change({ issuer })}
			/>
			<TextField
				label={t("field_clientId")}
				autoComplete="off"
				value={form.clientId}
				error={model.isWrong("clientId") ? t("needed") : refused("oidc.clientId")}
				onInput={(clientId) => details.change({ clientId })}
			/>
			<TextField
				label={t("field_clientSecret")}
				type="password"
				autoComplete="off"
				hint={secretHint(details.base.value, form)}
				value={form.clientSecret}
				error={refused("oidc.clientSecret")}
				onInput={(clientSecret) => details.change({ clientSecret })}
			/>
			<TextField
				label={t("field_scopes")}
				value={form.scopes}
				error={refused("oidc.scopes")}
				onInput={(scopes) => details.change({ scopes })}
			/>
			<Checkbox
				label={t("field_acceptsUnmarked")}
				checked={form.acceptsUnmarked}
				onChange={(acceptsUnmarked) => details.change({ acceptsUnmarked })}
			/>
			<Checkbox
				label={t("field_endsSession")}
				checked={form.endsSession}
				onChange={(endsSession) => details.change({ endsSession })}
			/>
		</>
	);
}

function Saml({ model, form }: Parts) {
	const { details } = model;
	const refused = (field: string) => refusedFor(details.saving.error.value, field);
	return (
		<>
			<TextField
				label={t("entityIdOfProvider")}
				value={form.issuer}
				error={model.isWrong("issuer") ? t("needed") : refused("saml.issuer")}
				onInput={(issuer) => details.change({ issuer })}
			/>
			<TextField
				label={t("field_signInUrl")}
				value={form.signInUrl}
				error={model.isWrong("signInUrl") ? t("needed") : refused("saml.signInUrl")}
				onInput={(signInUrl) => details.change({ signInUrl })}
			/>
			<TextArea
				label={t("field_certificates")}
				hint={t("certificatesHint")}
				rows={5}
				value={form.certificates}
				error={model.isWrong("certificates") ? t("needed") : refused("saml.certificates.0")}
				onInput={(certificates) => details.change({ certificates })}
			/>
			<Checkbox
				label={t("field_forceAuthn")}
				checked={form.forceAuthn}
				onChange={(forceAuthn) => details.change({ forceAuthn })}
			/>
		</>
	);
}

function Claims({ model, form }: Parts) {
	const { details } = model;
	return (
		<Section title={t("claims")} hint={t("claimsHint")}>
			<TextField
				label={t("field_addressClaim")}
				value={form.addressClaim}
				error={model.isWrong("addressClaim") ? t("needed") : undefined}
				onInput={(addressClaim) => details.change({ addressClaim })}
			/>
			<TextField
				label={t("field_nameClaim")}
				value={form.nameClaim}
				error={model.isWrong("nameClaim") ? t("needed") : undefined}
				onInput={(nameClaim) => details.change({ nameClaim })}
			/>
			<TextField
				label={t("field_groupsClaim")}
				hint={t("groupsClaimHint")}
				value={form.groupsClaim}
				error={
					model.isWrong("groupsClaim") ? t("groupsProblem") : refusedFor(details.saving.error.value, "claims.groups")
				}
				onInput={(groupsClaim) => details.change({ groupsClaim })}
			/>
		</Section>
	);
}

/** A secret is for one client of one issuer. */
function secretHint(kept: Provider | undefined, form: ProviderForm): string | undefined {
	if (!kept?.hasSecret) return undefined;
	return losesSecret(form, formOf(kept), ["issuer", "clientId"]) ? shared("secretAgain") : t("secretKept");
}
