import { certificateFacts } from "./certificates.ts";
import type { Identity } from "./identities-store.ts";
import type { IdentityProvider } from "./model.ts";
import type { Sso } from "./sso.ts";

/** An identity provider as administrators read it; its secret is never among it. */
export function providerView(provider: IdentityProvider, addresses: Sso["addresses"]) {
	const { id, name, label, enabled, shown, claims, allowedGroups, createsPeople, divisionId, gifts } = provider;
	return {
		id,
		name,
		label,
		enabled,
		shown,
		...trustView(provider, addresses),
		claims,
		allowedGroups,
		createsPeople,
		...(divisionId ? { divisionId } : {}),
		gifts,
		version: provider.version,
		dateCreated: provider.dateCreated.toISOString(),
		dateModified: provider.dateModified.toISOString(),
		selfUri: `/api/inlay/v1/identity-providers/${id}`,
	};
}

function trustView({ id, trust }: IdentityProvider, addresses: Sso["addresses"]) {
	if (trust.kind === "oidc") {
		const { kind, clientSecret, ...oidc } = trust;
		const { callback: redirectUri, signedOut: signedOutUri, backChannelLogout: backChannelLogoutUri } = addresses;
		const told = { redirectUri, signedOutUri, backChannelLogoutUri };
		return { kind, oidc, hasSecret: clientSecret !== undefined, ...told };
	}
	const { kind, ...saml } = trust;
	return {
		kind,
		saml,
		certificates: saml.certificates.map(certificateFacts),
		acsUrl: addresses.acs,
		metadataUrl: addresses.metadataOf({ id }),
		entityId: saml.audience ?? addresses.metadataOf({ id }),
	};
}

/** By what a provider knows somebody. */
export function identityView(identity: Identity, provider: IdentityProvider | undefined) {
	const { providerId, subject, address, dateCreated, dateLastUsed } = identity;
	return {
		providerId,
		...(provider ? { providerName: provider.label } : {}),
		subject,
		address,
		dateCreated: dateCreated.toISOString(),
		dateLastUsed: dateLastUsed.toISOString(),
	};
}
