import { peopleDeeds } from "../people-at-once/deeds.ts";
import { sampleScript } from "../scripter/test-support/sample-script.ts";
import { samlKeys } from "../sso/test-support/saml-keys.ts";

type Body = Record<string, unknown>;
type Ids = Readonly<Record<string, string>>;

/** What a good body of an operation needs beside its schema. @param made a number that no body before had */
export function fittingBody(operationId: string, ids: Ids, made: number): Body | undefined {
	const isPlatformProvider = /^(post|put)Identityproviders/.test(operationId);
	return isPlatformProvider ? platformProviderBody(made) : bodies[operationId]?.(ids, made);
}

const bodies: Record<string, (ids: Ids, made: number) => Body> = {
	postAuditsQuery: () => ({ interval: "2026-11-01T00:00:00.000Z/2026-11-02T00:00:00.000Z" }),
	postOauthClients: () => ({ authorizedGrantType: "CODE" }),
	postUsers: ({ homeId }, made) => ({ divisionId: homeId, email: `probe${made}@example.com` }),
	putTokensTimeout: (_ids, made) => ({ idleTokenTimeoutSeconds: 900 + made }),
	postInlayEntrypoints: ({ queueId }, made) => ({ number: `+3225550${200 + made}`, queueId }),
	postInlayTrunks: (_ids, made) => ({ name: `Probe ${made}`, host: "sip.example.com", enabled: false, ...trunkLists }),
	putInlayTrunk: () => ({ host: "sip.example.com", enabled: false, ...trunkLists }),
	postInlayMessagingAddresses: (ids, made) => ({ ...openAddress(ids), address: `shop ${made}` }),
	putInlayMessagingAddress: openAddress,
	postExternalcontactsContacts: () => ({ lastName: "Doe" }),
	postLocations: () => ({ state: "active", contactUser: undefined, path: [] }),
	patchLocation: () => ({ state: "active", contactUser: undefined, path: [] }),
	postLicenseOrganization: ({ userId }) => ({ assignments: [{ licenseId: "engage1", userIdsAdd: [userId] }] }),
	putUserOutofoffice: () => ({ indefinite: true }),
	postResponsemanagementResponses: responseBody,
	putResponsemanagementResponse: responseBody,
	putResponsemanagementResponseasset: () => ({ name: "Prices of today.txt" }),
	postResponsemanagementResponseassetsBulk: ({ responseAssetId }) => ({ assetIds: [responseAssetId] }),
	postResponsemanagementResponseassetsSearch: () => ({ query: [{ type: "MATCH_ALL" }] }),
	postResponsemanagementResponseassetsUploads: () => ({ contentMd5: undefined }),
	postInlayEmailDomains: (_ids, made) => ({ id: `probe${made}.example` }),
	postInlayEmailDomainRoutes: ({ queueId }, made) => ({ pattern: `probe${made}`, queueId }),
	putInlayEmailDomainRouteMailbox: mailboxBody,
	postGroups: () => ({ visibility: "public" }),
	postPresencedefinitions: presenceBody,
	postPresenceDefinitions0: presenceBody,
	postOutboundCampaigns: campaignBody,
	putOutboundCampaign: campaignBody,
	postOutboundContactlists: contactListBody,
	postOutboundCallabletimesets: () => ({ callableTimes: [{ timeZoneId: "Europe/Berlin", timeSlots: [slot] }] }),
	postOutboundRulesets: ({ contactListId }) => ({ contactList: { id: contactListId }, rules: [] }),
	putOutboundRuleset: () => ({ rules: [] }),
	postInlayWebServices: webServiceBody,
	putInlayWebService: webServiceBody,
	putInlayScriptsHosts: (_ids, made) => ({ pages: [`probe${made}.example`], services: ["service.invalid"] }),
	postInlayScripts: () => ({ document: sampleScript() }),
	postInlayIdentityProviders: (_ids, made) => ({ ...providerBody(), name: `probe-${made}`, label: `Probe ${made}` }),
	putInlayIdentityProvider: providerBody,
	...Object.fromEntries(
		peopleDeeds.map((deed) => [`postInlayPeople${deed}`, () => ({ query: [nobody], seen: undefined })]),
	),
	postIntegrations: () => ({ integrationType: { id: "embeddable-framework" } }),
};

/** Finds nobody: with everybody it would be done. */
const nobody = { type: "EXACT", fields: ["email"], value: "nobody@example.com" };

/** At the host that may be called; nobody is there. */
function webServiceBody(): Body {
	const none = { headers: [], secretHeaders: [], inputs: [], outputs: [] };
	return { method: "GET", address: "https://service.invalid/orders", body: "", ...none };
}

/** Nobody asks it: mailboxes are not watched in these tests. */
function mailboxBody(_ids: unknown, made: number) {
	const place = { host: "mail.example.com", port: 993, security: "tls" };
	return { ...place, user: `probe${made}`, password: "Correct-Horse-7" };
}

const trunkLists = {
	sources: ["192.0.2.1"],
	prefixes: ["+49"],
	registers: false,
	callerNumber: "+4930123456",
	user: "inlay",
};

const slot = { day: 1, startTime: "09:00", stopTime: "17:00" };
const phoneColumns = [{ columnName: "cell", type: "cell" }];

function providerBody(): Body {
	const oidc = { issuer: "https://login.example.com", clientId: "inlay", scopes: ["openid"] };
	const claims = { address: "email", name: "name", groups: "groups" };
	return { oidc, saml: undefined, claims, gifts: [], divisionId: null, allowedGroups: [] };
}

function platformProviderBody(made: number): Body {
	const [issuerURI, ssoTargetURI] = ["https://login.example.com", "https://login.example.com/saml"];
	const certificates = [samlKeys.first.certificate];
	return { name: `Probe ${made}`, issuerURI, ssoTargetURI, certificate: null, certificates };
}

function openAddress({ queueId }: Ids): Body {
	return { channel: "open", provider: "open", queueId };
}

function presenceBody(_ids: Ids, made: number): Body {
	return { systemPresence: "Meal", languageLabels: { en: `Probe ${made}` } };
}

function responseBody({ libraryId }: Ids): Body {
	return {
		...{ libraries: [{ id: libraryId }], texts: [{ content: "Hello", contentType: "text/plain" }] },
		...{ responseType: null, footer: null, interactionType: null },
	};
}

function contactListBody({ attemptLimitsId }: Ids): Body {
	return { columnNames: ["cell", "probe"], phoneColumns, attemptLimits: { id: attemptLimitsId } };
}

function campaignBody({ contactListId, queueId, callableTimeSetId }: Ids): Body {
	return {
		...{ contactList: { id: contactListId }, queue: { id: queueId }, callableTimeSet: { id: callableTimeSetId } },
		...{ phoneColumns: [{ columnName: "cell" }], dncLists: [], callerAddress: "+493012345600", dialingMode: "preview" },
		...{ campaignStatus: "off", inlay: { shownColumns: [] } },
	};
}
