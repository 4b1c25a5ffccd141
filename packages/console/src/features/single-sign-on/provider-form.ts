import { linesOf } from "../../session/lines.ts";
/** What a provider's group, or everybody who comes by it, gets. */
export interface Gift {
	group?: string;
	groupId?: string;
	roleId?: string;
	divisionId?: string;
}

/** An identity provider, as the server has it. */
export interface Provider {
	id: string;
	name: string;
	label: string;
	kind: Kind;
	enabled: boolean;
	shown: boolean;
	oidc?: {
		issuer: string;
		clientId: string;
		scopes: readonly string[];
		acceptsUnmarkedAddresses: boolean;
		endsSession: boolean;
	};
	saml?: { issuer: string; signInUrl: string; certificates: readonly string[]; forceAuthn: boolean };
	hasSecret?: boolean;
	redirectUri?: string;
	signedOutUri?: string;
	backChannelLogoutUri?: string;
	acsUrl?: string;
	metadataUrl?: string;
	entityId?: string;
	claims: { address: string; name: string; groups?: string };
	allowedGroups: readonly string[];
	createsPeople: boolean;
	divisionId?: string;
	gifts: readonly Gift[];
	version: number;
}

export type Kind = "oidc" | "saml";

/** The same in a form: texts as they are typed. */
export interface ProviderForm {
	kind: Kind;
	label: string;
	name: string;
	enabled: boolean;
	shown: boolean;
	issuer: string;
	clientId: string;
	/** Empty leaves the one that is kept. */
	clientSecret: string;
	scopes: string;
	acceptsUnmarked: boolean;
	endsSession: boolean;
	signInUrl: string;
	/** One below the other. */
	certificates: string;
	forceAuthn: boolean;
	addressClaim: string;
	nameClaim: string;
	groupsClaim: string;
	/** One a line. */
	allowedGroups: string;
	createsPeople: boolean;
	/** Empty: the home division. */
	divisionId: string;
	/** Rows of the mapping, as {@link rowText} has them. */
	gifts: string[];
}

/** A row of the mapping: which group of the provider (empty: everybody) gets what, and a role where. */
export interface GiftRow {
	group: string;
	/** `group:` or `role:` with an id; empty while nothing is chosen. */
	what: string;
	divisionId: string;
}

/** Rows are compared and merged as texts. */
export function rowText({ group, what, divisionId }: GiftRow): string {
	return JSON.stringify([group, what, divisionId]);
}

export function rowOf(text: string): GiftRow {
	const [group = "", what = "", divisionId = ""] = JSON.parse(text) as string[];
	return { group, what, divisionId };
}

export function freshProvider(): Provider {
	return {
		id: "",
		name: "",
		label: "",
		kind: "oidc",
		enabled: false,
		shown: true,
		claims: { address: "email", name: "name" },
		allowedGroups: [],
		createsPeople: false,
		gifts: [],
		version: 0,
	};
}

export function formOf(provider: Provider): ProviderForm {
	const { oidc, saml, claims } = provider;
	return {
		kind: provider.kind,
		label: provider.label,
		name: provider.name,
		enabled: provider.enabled,
		shown: provider.shown,
		issuer: oidc?.issuer ?? saml?.issuer ?? "",
		clientId: oidc?.clientId ?? "",
		clientSecret: "",
		scopes: (oidc?.scopes ?? ["openid", "profile", "email"]).join(" "),
		acceptsUnmarked: oidc?.acceptsUnmarkedAddresses ?? false,
		endsSession: oidc?.endsSession ?? false,
		signInUrl: saml?.signInUrl ?? "",
		certificates: (saml?.certificates ?? []).join("\n"),
		forceAuthn: saml?.forceAuthn ?? false,
		addressClaim: claims.address,
		nameClaim: claims.name,
		groupsClaim: claims.groups ?? "",
		allowedGroups: provider.allowedGroups.join("\n"),
		createsPeople: provider.createsPeople,
		divisionId: provider.divisionId ?? "",
		gifts: provider.gifts.map(({ group = "", groupId, roleId, divisionId = "" }) =>
			rowText({ group, what: groupId ? `group:${groupId}` : `role:${roleId ?? ""}`, divisionId }),
		),
	};
}

/** What is sent. Only for a form without problems. */
export function bodyOf(form: ProviderForm) {
	const groups = form.groupsClaim.trim();
	return {
		...{ name: form.name.trim(), label: form.label.trim(), enabled: form.enabled, shown: form.shown },
		oidc: form.kind === "oidc" ? oidcOf(form) : undefined,
		saml: form.kind === "saml" ? samlOf(form) : undefined,
		claims: {
			address: form.addressClaim.trim(),
			name: form.nameClaim.trim(),
			groups: groups === "" ? null : groups,
		},
		allowedGroups: linesOf(form.allowedGroups),
		createsPeople: form.createsPeople,
		divisionId: form.divisionId === "" ? null : form.divisionId,
		gifts: form.gifts.map(rowOf).map(giftOf),
	};
}

function oidcOf(form: ProviderForm) {
	return {
		issuer: form.issuer.trim(),
		clientId: form.clientId.trim(),
		...(form.clientSecret === "" ? {} : { clientSecret: form.clientSecret }),
		scopes: form.scopes.split(/[\s,]+/).filter((scope) => scope !== ""),
		acceptsUnmarkedAddresses: form.acceptsUnmarked,
		endsSession: form.endsSession,
	};
}

function samlOf(form: ProviderForm) {
	return {
		issuer: form.issuer.trim(),
		signInUrl: form.signInUrl.trim(),
		certificates: certificatesOf(form.certificates),
		forceAuthn: form.forceAuthn,
	};
}

function giftOf({ group, what, divisionId }: GiftRow): Gift {
	const [kind, id = ""] = [what.slice(0, what.indexOf(":")), what.slice(what.indexOf(":") + 1)];
	const who = group.trim() === "" ? {} : { group: group.trim() };
	return kind === "group" ? { ...who, groupId: id } : { ...who, roleId: id, divisionId: divisionId || "*" };
}

/** Those that stand one below the other; bare base64 is one. */
export function certificatesOf(text: string): string[] {
	const pems = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
	if (pems) return pems;
	return text.trim() === "" ? [] : [text.trim()];
}

export function problemsOf(form: ProviderForm): Set<keyof ProviderForm> {
	const problems = new Set<keyof ProviderForm>();
	const need = (field: "label" | "issuer" | "clientId" | "signInUrl" | "addressClaim" | "nameClaim") => {
		if (form[field].trim() === "") problems.add(field);
	};
	for (const field of ["label", "issuer", "addressClaim", "nameClaim"] as const) need(field);
	if (!/^\s*[a-z0-9][a-z0-9-]{0,39}\s*$/i.test(form.name)) problems.add("name");
	if (form.kind === "oidc") need("clientId");
	else need("signInUrl");
	if (form.kind === "saml" && certificatesOf(form.certificates).length === 0) problems.add("certificates");
	if (form.gifts.map(rowOf).some(({ what }) => !/:./.test(what))) problems.add("gifts");
	const namesGroups = linesOf(form.allowedGroups).length > 0 || form.gifts.map(rowOf).some(({ group }) => group !== "");
	if (namesGroups && form.groupsClaim.trim() === "") problems.add("groupsClaim");
	return problems;
}
