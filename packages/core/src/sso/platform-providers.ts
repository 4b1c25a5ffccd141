import { randomUUID } from "node:crypto";
import { ApiError, badField, notFound } from "../kernel/http/api-error.ts";
import type { Principal } from "../kernel/principal.ts";
import type { IdentityProvider } from "./model.ts";
import type { ProviderRequest } from "./provider-request.ts";
import type { Providers } from "./providers.ts";

/**
 * The providers that the platform names by their makers: of each an organization has one, at an address of its own
 * (`/identityproviders/okta`), which PUT makes where it is not there. Here it is the SAML provider of that name.
 */
export const makers: readonly Maker[] = [
	{ name: "generic", model: "GenericSAML", label: "Generic SAML" },
	{ name: "adfs", model: "ADFS", label: "ADFS" },
	{ name: "gsuite", model: "GSuite", label: "Google Workspace" },
	{ name: "identitynow", model: "IdentityNow", label: "IdentityNow" },
	{ name: "okta", model: "Okta", label: "Okta" },
	{ name: "onelogin", model: "OneLogin", label: "OneLogin" },
	{ name: "ping", model: "PingIdentity", label: "Ping Identity" },
	{ name: "salesforce", model: "Salesforce", label: "Salesforce" },
];

export interface Maker {
	/** As addresses have it. */
	name: string;
	/** What the platform calls such a provider's facts. */
	model: string;
	label: string;
}

const labelOf: ReadonlyMap<string, string> = new Map(makers.map(({ name, label }) => [name, label]));

/** A provider as the platform's clients send it (`CustomProvider`, `GenericSAML`, `Okta` …). */
export interface PlatformProvider {
	name?: string | null;
	disabled?: boolean | null;
	issuerURI?: string | null;
	ssoTargetURI?: string | null;
	relyingPartyIdentifier?: string | null;
	certificate?: string | null;
	certificates?: readonly string[] | null;
	displayOnLogin?: boolean | null;
	forceAuthn?: boolean | null;
}

/** Identity providers as the platform's clients know them: the same ones, under the same rules. */
export function platformProviders(providers: Providers) {
	async function find(idOrMaker: string): Promise<IdentityProvider | undefined> {
		const all = await providers.list();
		const isIt = labelOf.has(idOrMaker)
			? ({ name, trust }: IdentityProvider) => name === idOrMaker && trust.kind === "saml"
			: ({ id }: IdentityProvider) => id === idOrMaker;
		return all.find(isIt);
	}

	/** @throws ApiError 404 `not.found` */
	async function get(idOrMaker: string): Promise<IdentityProvider> {
		const provider = await find(idOrMaker);
		if (!provider) throw notFound("identityProvider", idOrMaker);
		return provider;
	}

	return {
		get,
		/** @throws ApiError as `providers.create` */
		create(by: Principal, sent: PlatformProvider): Promise<IdentityProvider> {
			return asNamedThere(() => {
				const made = { saml: {}, ...requestOf(sent), name: nameFor(sent.name ?? ""), enabled: !sent.disabled };
				return providers.create(by, made);
			});
		},
		/** What is left out stays. @throws ApiError as `providers.create` and `providers.update` */
		async put(by: Principal, idOrMaker: string, sent: PlatformProvider): Promise<IdentityProvider> {
			const label = labelOf.get(idOrMaker);
			const before = label === undefined ? await get(idOrMaker) : await find(idOrMaker);
			return asNamedThere(() => {
				if (before) return providers.update(by, before.id, requestOf(asChanged(sent, before)));
				const named = { ...(label ? { label } : {}), ...requestOf(sent), name: idOrMaker };
				return providers.create(by, { saml: {}, ...named, enabled: !sent.disabled });
			});
		},
		async remove(by: Principal, idOrMaker: string): Promise<void> {
			await providers.remove(by, (await get(idOrMaker)).id);
		},
	};
}

export type PlatformProviders = ReturnType<typeof platformProviders>;

/** What the platform's clients call the fields that our own rules name. */
const names: ReadonlyMap<string, string> = new Map([
	["label", "name"],
	["enabled", "disabled"],
	["shown", "displayOnLogin"],
	["saml.issuer", "issuerURI"],
	["saml.signInUrl", "ssoTargetURI"],
	["saml.certificates", "certificates"],
	["saml.audience", "relyingPartyIdentifier"],
]);

/** A refusal of one field names it as it was sent. */
async function asNamedThere<T>(work: () => T | Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof ApiError) || error.status !== 400) throw error;
		const own = error.options.details?.[0]?.fieldName ?? "";
		const [, part = own, rest = ""] = /^(.*?)(\.\d+)?$/.exec(own) ?? [];
		const name = names.get(part);
		if (name === undefined) throw error;
		throw badField(`${name}${rest}`, error.template.replaceAll(part, name), error.code);
	}
}

/**
 * Without what is sent back as it was read: one of OpenID is told with its issuer, and has nothing of SAML that its client could
 * change; a certificate alone is told twice, and whoever changes it may do so in either field.
 */
function asChanged(sent: PlatformProvider, { trust }: IdentityProvider): PlatformProvider {
	if (trust.kind === "oidc") return sent.issuerURI === trust.issuer ? { ...sent, issuerURI: null } : sent;
	const [only, ...more] = trust.certificates.map(bare);
	if (only === undefined || more.length > 0) return sent;
	const isAsRead = sent.certificates?.length === 1 && bare(sent.certificates[0] ?? "") === only;
	if (isAsRead && sent.certificate) return { ...sent, certificates: null };
	return sent.certificate && bare(sent.certificate) === only && sent.certificates
		? { ...sent, certificate: null }
		: sent;
}

/** @throws ApiError 400 where both fields are sent and the one names what the other does not */
function certificatesOf({ certificate, certificates }: PlatformProvider): readonly string[] | undefined {
	if (!certificate) return certificates ?? undefined;
	if (certificates && !certificates.some((one) => bare(one) === bare(certificate)))
		throw badField("certificate", "certificate is none of certificates: send it in one of the two fields.");
	return certificates ?? [certificate];
}

function requestOf(sent: PlatformProvider): ProviderRequest {
	const { name, disabled, displayOnLogin } = sent;
	const saml = trustOf(sent);
	return {
		...(name ? { label: name } : {}),
		...(typeof disabled === "boolean" ? { enabled: !disabled } : {}),
		...(typeof displayOnLogin === "boolean" ? { shown: displayOnLogin } : {}),
		...(Object.keys(saml).length > 0 ? { saml } : {}),
	};
}

function trustOf(sent: PlatformProvider): NonNullable<ProviderRequest["saml"]> {
	const { issuerURI, ssoTargetURI, relyingPartyIdentifier, forceAuthn } = sent;
	const certificates = certificatesOf(sent);
	return {
		...(issuerURI ? { issuer: issuerURI } : {}),
		...(ssoTargetURI ? { signInUrl: ssoTargetURI } : {}),
		// An empty text, as clients keep one, is none.
		...(relyingPartyIdentifier === undefined ? {} : { audience: relyingPartyIdentifier || null }),
		...(certificates ? { certificates } : {}),
		...(typeof forceAuthn === "boolean" ? { forceAuthn } : {}),
	};
}

/** What scripts and addresses name it by, out of what people call it. */
function nameFor(label: string): string {
	const plain = label
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "-")
		.replace(/^-+|-+$/g, "");
	return plain.slice(0, 40) || `idp-${randomUUID().slice(0, 8)}`;
}

/** As the platform's clients read it; of one that speaks OpenID what both have in common. Its secret is never among it. */
export function platformView({ id, name, label, enabled, shown, trust }: IdentityProvider) {
	const address = labelOf.has(name) && trust.kind === "saml" ? name : id;
	return {
		id,
		name: label,
		disabled: !enabled,
		displayOnLogin: shown,
		issuerURI: trust.issuer,
		...(trust.kind === "saml"
			? {
					ssoTargetURI: trust.signInUrl,
					...(trust.audience ? { relyingPartyIdentifier: trust.audience } : {}),
					...(trust.certificates.length === 1 ? { certificate: bare(trust.certificates[0] ?? "") } : {}),
					certificates: trust.certificates.map(bare),
					forceAuthn: trust.forceAuthn,
				}
			: {}),
		selfUri: `/api/v2/identityproviders/${address}`,
	};
}

/** As such clients send certificates: base64 without its frame. */
function bare(pem: string): string {
	return pem.replace(/-----(BEGIN|END) CERTIFICATE-----|\s/g, "");
}
