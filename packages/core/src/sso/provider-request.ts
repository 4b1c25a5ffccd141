import { isLoopback } from "../kernel/config/config-addresses.ts";
import { type ApiError, badField } from "../kernel/http/api-error.ts";
import { keptSecret } from "../kernel/kept-secret.ts";
import { readName } from "../kernel/names.ts";
import { unbracketed } from "../kernel/outgoing/host-names.ts";
import type { Outgoing } from "../kernel/outgoing/outgoing.ts";
import { placeOf } from "../kernel/outgoing/outgoing.ts";
import { readCertificate } from "./certificates.ts";
import type { Gift, IdentityProvider, OidcTrust, SamlTrust } from "./model.ts";

/** What an administrator sends; what is left out stays as it is. */
export interface ProviderRequest {
	name?: string;
	label?: string;
	enabled?: boolean;
	shown?: boolean;
	oidc?: Partial<Omit<OidcTrust, "kind" | "clientSecret">> & { clientSecret?: string | null };
	saml?: Partial<Omit<SamlTrust, "kind" | "audience">> & { audience?: string | null };
	claims?: { address?: string; name?: string; groups?: string | null };
	allowedGroups?: readonly string[];
	createsPeople?: boolean;
	divisionId?: string | null;
	gifts?: readonly Gift[];
}

type Settings = Omit<IdentityProvider, "id" | "version" | "dateCreated" | "dateModified">;

/** As many providers as a sign-in page can offer. */
export const mostProviders = 20;

const oidcDefaults: Omit<OidcTrust, "issuer" | "clientId"> = {
	kind: "oidc",
	scopes: ["openid", "profile", "email"],
	acceptsUnmarkedAddresses: false,
	endsSession: false,
};
const oidcClaims = { address: "email", name: "name" };

/**
 * Reads a provider off what was sent.
 * @param before as it is, if there is one
 * @throws ApiError 400 naming the field
 */
export function readProvider(
	sent: ProviderRequest,
	before: IdentityProvider | undefined,
	outgoing: Outgoing,
): Settings {
	const trust = readTrust(sent, before, outgoing);
	const claims = readClaims(sent.claims, before?.claims ?? (trust.kind === "oidc" ? oidcClaims : samlClaims));
	const divisionId = sent.divisionId === undefined ? before?.divisionId : (sent.divisionId ?? undefined);
	const label = sent.label ?? before?.label;
	const settings: Settings = {
		name: readProviderName(sent.name ?? before?.name),
		label: readName(label ?? sent.name ?? "", { fieldName: "label", longest: 60, before: before?.label }),
		enabled: sent.enabled ?? before?.enabled ?? false,
		shown: sent.shown ?? before?.shown ?? true,
		trust,
		claims,
		allowedGroups: readTexts(sent.allowedGroups ?? before?.allowedGroups ?? [], "allowedGroups"),
		createsPeople: sent.createsPeople ?? before?.createsPeople ?? false,
		...(divisionId === undefined ? {} : { divisionId }),
		gifts: readGifts(sent.gifts ?? before?.gifts ?? []),
	};
	requireGroupsClaim(settings);
	return settings;
}

const samlClaims = { address: "email", name: "name" };

function readTrust(
	sent: ProviderRequest,
	before: IdentityProvider | undefined,
	outgoing: Outgoing,
): OidcTrust | SamlTrust {
	const kind = before?.trust.kind ?? (sent.saml ? "saml" : "oidc");
	const other = kind === "oidc" ? "saml" : "oidc";
	if (sent[other])
		throw badField(other, `This provider is one of ${kind}: leave ${other} away, or make another provider.`);
	if (kind === "oidc") return readOidc(sent.oidc ?? {}, before?.trust as OidcTrust | undefined, outgoing);
	return readSaml(sent.saml ?? {}, before?.trust as SamlTrust | undefined);
}

function readOidc(
	sent: NonNullable<ProviderRequest["oidc"]>,
	before: OidcTrust | undefined,
	outgoing: Outgoing,
): OidcTrust {
	const { clientSecret: sentSecret, ...rest } = sent;
	const { clientSecret: _old, ...kept } = before ?? { ...oidcDefaults, issuer: "", clientId: "" };
	const trust = { ...kept, ...rest, kind: "oidc" as const };
	const scopes = [...new Set(readTexts(trust.scopes, "oidc.scopes"))];
	if (!scopes.includes("openid")) throw badField("oidc.scopes", "oidc.scopes must have openid.");
	if (scopes.some((scope) => /[\s"\\]/.test(scope))) throw badField("oidc.scopes", "A scope is one word.");
	const secret = sentSecret === undefined ? before?.clientSecret : (sentSecret ?? undefined);
	return {
		...trust,
		scopes,
		issuer: readAddress(trust.issuer, "oidc.issuer", outgoing),
		clientId: readText(trust.clientId, "oidc.clientId"),
		...(secret === undefined ? {} : { clientSecret: readText(secret, "oidc.clientSecret") }),
	};
}

/**
 * A client secret is for one client of one issuer. Asked once it is certain that the caller may move the provider at all.
 * @throws ApiError 400 `oidc.clientSecret`
 */
export function requireSecretAnew(sent: ProviderRequest, before: IdentityProvider, after: IdentityProvider): void {
	if (before.trust.kind !== "oidc" || after.trust.kind !== "oidc") return;
	const isSame = before.trust.issuer === after.trust.issuer && before.trust.clientId === after.trust.clientId;
	keptSecret("oidc.clientSecret", sent.oidc?.clientSecret, before.trust.clientSecret, isSame);
}

function readSaml(sent: NonNullable<ProviderRequest["saml"]>, before: SamlTrust | undefined): SamlTrust {
	const { audience: sentAudience, ...rest } = sent;
	const audience = sentAudience === undefined ? before?.audience : (sentAudience ?? undefined);
	const { audience: _old, ...kept } = before ?? { issuer: "", signInUrl: "", certificates: [], forceAuthn: false };
	const trust = { ...kept, ...rest, kind: "saml" as const };
	if (trust.certificates.length < 1 || trust.certificates.length > 3)
		throw badField("saml.certificates", "saml.certificates must have one to three certificates.");
	return {
		...trust,
		issuer: readText(trust.issuer, "saml.issuer"),
		signInUrl: readBrowserAddress(trust.signInUrl, "saml.signInUrl"),
		certificates: trust.certificates.map((one, at) => readCertificate(one, `saml.certificates.${at}`)),
		...(audience === undefined ? {} : { audience: readText(audience, "saml.audience") }),
	};
}

function readClaims(sent: ProviderRequest["claims"], before: IdentityProvider["claims"]): IdentityProvider["claims"] {
	const groups = sent?.groups === undefined ? before.groups : (sent.groups ?? undefined);
	return {
		address: readText(sent?.address ?? before.address, "claims.address"),
		name: readText(sent?.name ?? before.name, "claims.name"),
		...(groups ? { groups: readText(groups, "claims.groups") } : {}),
	};
}

function readGifts(sent: readonly Gift[]): Gift[] {
	return sent.map((gift, at) => {
		const field = `gifts.${at}`;
		if ((gift.groupId === undefined) === (gift.roleId === undefined))
			throw badField(field, "Each of the gifts names a groupId, or a roleId with a divisionId.");
		if ((gift.roleId === undefined) !== (gift.divisionId === undefined))
			throw badField(`${field}.divisionId`, "A role is given in a division: name its id, or * for every one.");
		return { ...gift, ...(gift.group === undefined ? {} : { group: readText(gift.group, `${field}.group`) }) };
	});
}

/** Who is let in, or gets something, by groups must be told of groups. */
function requireGroupsClaim({ claims, allowedGroups, gifts }: Settings): void {
	if (claims.groups !== undefined) return;
	if (allowedGroups.length > 0 || gifts.some(({ group }) => group !== undefined))
		throw badField("claims.groups", "claims.groups must say in which claim the provider tells its groups.");
}

function readProviderName(sent: string | undefined): string {
	const name = (sent ?? "").trim().toLowerCase();
	if (/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)) return name;
	throw badField(
		"name",
		"name must be 1 to 40 small letters, digits and dashes: scripts and addresses name the provider by it.",
		"provider.name",
	);
}

function readText(sent: string, field: string): string {
	const text = sent.trim();
	if (text !== "" && text.length <= 500 && !/\p{Cc}/u.test(text)) return text;
	throw badField(field, `${field} must have 1 to 500 characters.`);
}

function readTexts(sent: readonly string[], field: string): string[] {
	return [...new Set(sent.map((one, at) => readText(one, `${field}.${at}`)))];
}

/** What this server calls: encrypted, unless it stays on this machine, and where it may call (decision 47). */
function readAddress(sent: string, field: string, outgoing: Outgoing): string {
	const text = readBrowserAddress(sent, field);
	const url = new URL(text);
	if (url.search !== "" || url.hash !== "") throw badField(field, `${field} must have neither ? nor #.`);
	outgoing.requireTypable(placeOf(url), field);
	// Letter for letter as the provider's tokens have it.
	return text;
}

/** Where people's browsers are sent. */
function readBrowserAddress(sent: string, field: string): string {
	const text = readText(sent, field);
	const url = URL.parse(text);
	const isFine = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(unbracketed(url.hostname)));
	if (url && isFine && url.username === "" && url.password === "") return text;
	throw badField(field, `${field} must be an address that begins with https://.`);
}

/** 400 where the last way to sign in would go. */
export function providerRequired(fieldName: string): ApiError {
	const text =
		"Passwords let only administrators in: first switch another identity provider on, or let everybody use passwords again.";
	return badField(fieldName, text, "identity.provider.required");
}
