import { ownValue } from "@inlay/contract/own-value";
import { permissionWords } from "@inlay/contract/permission-words";
import { language } from "@inlay/ui";
import type { ApiError } from "../session/api.ts";
import { isAbout, isAboutNothingElse } from "../session/refusal.ts";
import { permissionsText, placeText } from "./need-text.ts";
import { t } from "./strings.ts";

type Say = (error: ApiError) => string;

/** What the server's codes mean for the person at the screen. */
export const byCode: Readonly<Record<string, Say>> = {
	network: () => t("network"),
	"missing.permissions": missing,
	"missing.any.permissions": missing,
	"missing.division.permission": (error) => (isBeyond(error) ? beyond(error) : missing(error)),
	"bad.client.role": (error) => (error.params.permissions ? beyond(error) : said(error)),
	"app.not.authorized.for.scope": ({ params }) => t("scopeMissing", { scopes: params.scopes ?? "" }),
	"ip.not.authorized": said,
	"last.administrator": () => t("lastAdministrator"),
	"version.conflict": () => t("stale409"),
	"resource.already.exists": taken,
	"bundled.client": () => t("bundledClient"),
	"group.in.use": ({ params: { deployments = "", version } }) =>
		version ? t("groupHasVersion", { deployments, version }) : t("groupInUse", { deployments }),
	"location.not.empty": () => t("locationNotEmpty"),
	"division.not.empty": () => t("divisionNotEmpty"),
	"script.for.nobody": () => t("scriptForNobody"),
	"script.for.everybody": ({ params }) => t("scriptForEverybody", { version: params.version ?? "" }),
	"group.without.roles": ({ params }) => t("groupWithoutRoles", { name: params.name ?? "" }),
	"general.conflict": conflict,
	"emergency.number": () => t("emergency"),
	"too.many.numbers": () => t("noMoreOfThese"),
	"too.many.trunks": () => t("noMoreOfThese"),
	"too.many.addresses": () => t("noMoreOfThese"),
	"too.many.providers": () => t("noMoreOfThese"),
	"auth.too.many.clients": () => t("noMoreOfThese"),
	"identity.provider.required": () => t("providerRequired"),
	"cannot.delete.client": () => t("activeClient"),
	"provider.name": () => t("takesShortName"),
	"email.dkim.unpublished": ({ params: { name = "", found } }) =>
		found === undefined ? t("dkimUnpublished", { name }) : t("dkimOther", { name, found }),
	"email.domain.inUse": ({ params }) => t("domainInUse", { name: params.id ?? "" }),
	"email.domain.sends": ({ params }) => t("domainSends", { name: params.id ?? "", by: params.by ?? "" }),
	"import.tooMany": ({ params }) => t("importsUnderWay", { most: params.most ?? "" }),
	"second.factor.exists": () => t("factorExists"),
	"client.needs.no.authorization": () => t("noAuthorization"),
	"client.not.found": () => t("missing"),
	"client.without.secret": () => t("noSecret"),
	"auth.invalid.scope": () => t("scopeNotAsked"),
	"max.integrations.reached": () => t("noRoom"),
	"password.too.young": () => t("passwordTooYoung"),
	"outcome.unknown": () => t("outcomeUnknown"),
	"storage.full": () => t("storageFull"),
	"response.assets.size": () => t("responseFilesSize"),
	"outgoing.refused": ({ params }) => t("outgoingRefused", { place: params.place ?? "" }),
	"web.service.host": ({ params }) => t("webServiceHost", { host: params.host ?? "" }),
	"web.service.failed": webServiceFailed,
	"not.implemented": () => t("notYet"),
	"not.supported": ({ params, message }) => t("notSupported", { fields: params.fields ?? message }),
};

function webServiceFailed({ params: { why, status = "" }, message }: ApiError): string {
	const known = ["address", "status", "json", "long", "away", "inside"] as const;
	const reason = known.find((one) => one === why);
	return reason ? t(`webService_${reason}`, { status }) : message;
}

const byStatus: Readonly<Record<number, Say>> = {
	0: () => t("unexpected"),
	401: () => t("expired"),
	403: (error) => t("forbidden", { detail: error.message }),
	404: () => t("missing"),
	412: () => t("stale409"),
	413: () => t("tooLarge"),
	429: ({ params }) => (params.seconds ? t("tooManyFor", { seconds: params.seconds }) : t("tooMany")),
	501: () => t("notYet"),
	503: () => t("away"),
};

/** What a failed request means for the person at the screen, and what to do about it. */
export function failureText(error: ApiError): string {
	const say = byCode[error.code] ?? byStatus[error.status];
	if (say) return say(error);
	return error.status >= 500 ? t("unexpected") : (takenBy(error, Object.keys(byField)) ?? said(error));
}

/** The refusal in words, where it is about one of these fields of the API: it then stands beside the field. */
export function refusedFor(error: ApiError | undefined, ...fields: readonly string[]): string | undefined {
	if (!error || !isAbout(error, ...fields)) return undefined;
	return byCode[error.code] ? failureText(error) : (takenBy(error, fields) ?? error.message);
}

/**
 * What the refused one of these fields takes, for who reads another language: the server's own sentence says most, in English.
 * Undefined where that is the one to show.
 */
function takenBy(error: ApiError, fields: readonly string[]): string | undefined {
	const wrong = entriesOf(error);
	if (!misfits.has(error.code) || (language.value === "en" && !wrong)) return undefined;
	const key = fields.flatMap((one) => (isAbout(error, one) ? (ownValue(byField, one) ?? []) : []))[0];
	const uri = key === "takesUris" ? uriOf(error) : undefined;
	return key && [t(key), ...(wrong && key === "takesOrigins" ? [wrong] : []), ...(uri ? [uri] : [])].join(" ");
}

/** The entries of a list that are no origins, as the server's sentence names them (core's deployments/origins.ts). */
function entriesOf({ message }: ApiError): string | undefined {
	return / has entries that are not origins such as \S+: (.+)\.$/.exec(message)?.[1];
}

/** The one of a client's redirect URIs that was refused (core's oauth/redirect-uri.ts). */
function uriOf({ message }: ApiError): string | undefined {
	return /^The redirect URI "(.+)" /.exec(message)?.[1];
}

/** Codes that say of a field's value that it is none that the field takes; any other has a reason of its own. */
const misfits: ReadonlySet<string> = new Set(["invalid.value", "invalid.property"]);

/** What a field takes, by the API's names. */
const byField: Readonly<Record<string, "takesName" | "takesOrigins" | "takesNetworks" | "takesEmail" | "takesUris">> = {
	name: "takesName",
	email: "takesEmail",
	username: "takesEmail",
	"properties.allowedOrigins": "takesOrigins",
	"properties.scriptOrigins": "takesOrigins",
	"properties.connectOrigins": "takesOrigins",
	ipAddressAllowlist: "takesNetworks",
	registeredRedirectUri: "takesUris",
};

/** What belongs below the form: a refusal of which something is about none of its fields. */
export function failureBeside(error: ApiError | undefined, ...fields: readonly string[]): ApiError | undefined {
	return isAboutNothingElse(error, ...fields) ? undefined : error;
}

/** Giving or taking more than one holds, which the server tells apart from a missing right to do it at all. */
function isBeyond({ params }: ApiError): boolean {
	return params.more !== undefined;
}

function missing({ code, params, message }: ApiError): string {
	if (!params.permissions) return t("forbidden", { detail: message });
	// A rule that takes all of its permissions alone is refused by this code with several; the others' do instead of each other.
	const permissions = permissionsText(params.permissions.split(", "), code === "missing.permissions");
	return t("lacking", { what: t("whatThis"), permissions, place: placeText(params.divisionId) });
}

function beyond({ params }: ApiError): string {
	const more = Number(params.more ?? 0);
	const named = params.permissions?.split(", ") ?? [];
	const permissions =
		more > 0
			? `${named.map(permissionWords).join(", ")}${t("andMore", { count: more })}`
			: permissionsText(named, true);
	return t("beyond", { permissions, place: placeText(params.divisionId) });
}

function taken({ params, message }: ApiError): string {
	return params.value ? t("taken", { value: params.value }) : t("serverSays", { detail: message });
}

/** A name that is taken, what is still in use or leads somewhere, and a full list have the same code. */
function conflict(error: ApiError): string {
	const { name, users, by, named, hidden, numbers, count, most } = error.params;
	// Members and numbers of a queue go with it where one says so: its page asks.
	if (name && count) return numbers === undefined ? t("underWay", { name, count }) : said(error);
	if (numbers) return t("numbersLeadHere", { numbers });
	if (most) return t("noMoreOfThese");
	if (name && users) return t("clientInUse", { name, users });
	if (name && hidden)
		return named ? t("usedByAlso", { name, by: named, count: hidden }) : t("usedByHidden", { name, count: hidden });
	if (name && by) return by === ownCalls ? t("campaignRuns", { name }) : t("usedBy", { name, by });
	return name && isAbout(error, "name") ? t("taken", { value: name }) : said(error);
}

/** What keeps a campaign from being deleted, as the server names it where others are named that use a thing. */
const ownCalls = "calls that it makes: stop it";

function said({ message }: ApiError): string {
	return t("serverSays", { detail: message });
}
