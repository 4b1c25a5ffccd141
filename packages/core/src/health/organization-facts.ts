/** Reads what the checks of `@inlay/contract` look at, as far as whoever asks may see it. */

import { bundledClientId, panelPages, windowPage } from "@inlay/contract";
import type {
	ClientFacts,
	ClosedMedium,
	DeploymentFacts,
	EnglishVoiceFacts,
	GroupFacts,
	MailboxFacts,
	OrganizationFacts,
	PersonFacts,
	ScriptFacts,
	TrunkFacts,
} from "@inlay/contract/health/facts";
import type { Unchecked } from "@inlay/contract/health/finding";
import { clientIdsIn } from "@inlay/contract/health/sign-in-choice";
import type { Authorization } from "../authorization/authorization.ts";
import { type Deployment, isActive, maxPrivateDeployments } from "../deployments/model.ts";
import type { DeploymentTroubles, Trouble } from "../deployments/troubles.ts";
import { isPrivate } from "../deployments/views.ts";
import type { Database } from "../kernel/database/database.ts";
import { type DivisionSet, divisionsWith, holds, type Principal } from "../kernel/principal.ts";
import type { Clock } from "../kernel/time/clock.ts";
import { authorizedOf, needsAuthorization } from "../oauth/client-authorization.ts";
import type { OAuthClient } from "../oauth/model.ts";
import type { UtilizationService } from "../routing/utilization.ts";
import type { Utilizations } from "../routing/utilization-model.ts";
import { enforcesScopes } from "../users/organization-settings.ts";
import type { Users } from "../users/users.ts";
import type { ReadScript, ScriptReader } from "./script-reader.ts";
import { healthStore } from "./store.ts";

export interface FactsParts {
	database: Database;
	clock: Clock;
	panelUrl: string;
	publicUrl: string;
	deployments: { overview(): Promise<Deployment[]> };
	scripts: Pick<ScriptReader, "read">;
	troubles: Pick<DeploymentTroubles, "of">;
	clients: { list(): Promise<OAuthClient[]> };
	users: Pick<Users, "list" | "groups" | "licenses" | "embedAllowList" | "organization">;
	/** How many of each medium people take at a time. */
	utilization: Pick<UtilizationService, "all">;
	authorization: Pick<Authorization, "userAuthorizations">;
	/** From which mails are brought. */
	mailboxes(): Promise<MailboxFacts[]>;
	/** By which calls come and go. */
	trunks(): Promise<TrunkFacts[]>;
	/** Whether somebody plays the outside (demo). */
	playsOutside: boolean;
}

/** As many as any organization has. */
const everybody = { pageSize: 100_000, pageNumber: 1 };

export interface ReadFacts {
	facts: OrganizationFacts;
	unchecked: Unchecked[];
}

export async function readOrganization(parts: FactsParts, reader: Principal): Promise<ReadFacts> {
	const clients = holds(reader, "oauth:client:view") ? await readClients(parts) : undefined;
	const groups = holdsAny(reader, groupPermissions) ? await readGroups(parts) : undefined;
	const peopleOf = divisionsWithAll(reader, peoplePermissions);
	const people = isNone(peopleOf) ? undefined : await readPeople(parts, peopleOf);
	const queuesOf = divisionsWith(reader, [queuePermission]);
	const seesQueues = queuesOf === "all";
	const deadQueues = isNone(queuesOf) ? undefined : await healthStore.deadQueues(parts.database.db, queuesOf);
	const closedMedia = seesQueues ? closedMediaOf(await parts.utilization.all()) : undefined;
	const englishVoice = seesQueues ? await readEnglishVoice(parts) : undefined;
	const deployments = await readDeployments(parts, reader, clients);
	const seesMailboxes = mailboxPermissions.some((one) => divisionsWith(reader, [one]) === "all");
	// Looked at by whoever may alone: that there are some is not told to others either.
	const mailboxes = seesMailboxes ? await parts.mailboxes() : undefined;
	const seesTrunks = divisionsWith(reader, [trunkPermission]) === "all";
	const trunks = seesTrunks ? await parts.trunks() : undefined;
	return {
		facts: {
			panelOrigins: [parts.panelUrl, parts.publicUrl],
			...{ panelPages, windowPage, bundledClientId },
			embedAllowList: await parts.users.embedAllowList(),
			mostDeployments: maxPrivateDeployments,
			...(clients ? { clients } : {}),
			deployments,
			...(groups ? { groups } : {}),
			...(people ? { [peopleOf === "all" ? "people" : "peopleInSight"]: people } : {}),
			...(deadQueues ? { deadQueues } : {}),
			...(closedMedia ? { closedMedia } : {}),
			...(englishVoice ? { englishVoice } : {}),
			...(mailboxes ? { mailboxes } : {}),
			...(trunks ? { trunks, playsOutside: parts.playsOutside } : {}),
			now: parts.clock.now().toISOString(),
		},
		unchecked: [
			...(clients ? [] : [withheld("clients", "oauth:client:view")]),
			...(groups ? [] : [withheld("groups", groupPermissions[0])]),
			// Who sees one division's people alone is told of each of these, and not what all of them together lack.
			...(peopleOf === "all" ? [] : [withheldSomewhere("people", narrowIn(reader, peoplePermissions))]),
			...(seesQueues ? [] : [withheldSomewhere("queues", queuePermission)]),
			...(mailboxes ? [] : [withheldSomewhere("mailboxes", mailboxPermissions[0])]),
			...(trunks ? [] : [withheldSomewhere("trunks", trunkPermission)]),
			...(deployments.some(isUnread) ? [{ what: "scripts" as const, why: "unavailable" as const }] : []),
		],
	};
}

/** Of one that is switched off nobody wants to know. */
const isUnread = ({ active, hasScript, faults, staged }: DeploymentFacts) =>
	active && ((hasScript && !faults) || (staged !== undefined && !staged.faults));

/** Everywhere. */
const peoplePermissions = ["directory:user:view", "authorization:grant:view"] as const;
const queuePermission = "routing:queue:view";
/** As for the addresses themselves. */
const mailboxPermissions = ["routing:email:view", "routing:email:manage"] as const;
const trunkPermission = "telephony:plugin:all";
const groupPermissions = ["directory:group:edit", "directory:group:add", "directory:group:delete"] as const;

const holdsAny = (reader: Principal, permissions: readonly string[]) => permissions.some((one) => holds(reader, one));

const withheld = (what: Unchecked["what"], detail: string): Unchecked => ({ what, why: "permission", detail });

/** What only who holds the permission in every division may look at. */
const withheldSomewhere = (what: Unchecked["what"], detail: string): Unchecked => ({
	...withheld(what, detail),
	everywhere: true,
});

/** The divisions in which all of the permissions are held. */
function divisionsWithAll(reader: Principal, permissions: readonly string[]): DivisionSet {
	const each = permissions.map((one) => divisionsWith(reader, [one]));
	const narrow = each.filter((one) => one !== "all");
	const [first, ...others] = narrow;
	return first ? new Set([...first].filter((id) => others.every((one) => one.has(id)))) : "all";
}

const isNone = (where: DivisionSet) => where !== "all" && where.size === 0;

/** Those of the permissions that are not held in every division. */
function narrowIn(reader: Principal, permissions: readonly string[]): string {
	return permissions.filter((one) => divisionsWith(reader, [one]) !== "all").join(", ");
}

const mediaTold = ["call", "callback", "email", "message"] as const satisfies ClosedMedium[];

/** A rule of their own may still give somebody what the organization's gives nobody. */
function closedMediaOf({ organization, users }: Utilizations): ClosedMedium[] {
	const rules = [organization, ...users.values()];
	return mediaTold.filter((medium) => rules.every(({ media }) => media[medium].maximumCapacity === 0));
}

/** Nothing where people speak English. */
async function readEnglishVoice({ database, users }: FactsParts): Promise<EnglishVoiceFacts | undefined> {
	const { defaultLanguage, defaultCountryCode } = await users.organization.get();
	if (languageOf(defaultLanguage) === "en" && englishToo.has(defaultCountryCode)) return undefined;
	const language = [defaultLanguage, `und-${defaultCountryCode}`].map(languageOf).find((one) => one !== "en");
	return language === undefined ? undefined : { language, ...(await healthStore.speaking(database.db)) };
}

/** Where English is an official language, though most people speak another one at home: callers are used to it. */
const englishToo = new Set(
	"BI BW CM FJ FM GH HK IN KE KI LS MH MT MU MW NA NR NU PG PH PK PR PW RW SC SG SL SS SZ TK TO TV TZ UG VU WS ZA ZM ZW".split(
		" ",
	),
);

/** The language of a tag; of a country, the one that most people speak there. What is no tag says nothing. */
function languageOf(tag: string): string {
	try {
		return new Intl.Locale(tag.replaceAll("_", "-")).maximize().language;
	} catch {
		return "en";
	}
}

async function readClients({ clients, database, users }: FactsParts): Promise<ClientFacts[]> {
	const [found, { settings }, lastUse, countedSince] = await Promise.all([
		clients.list(),
		users.organization.get(),
		healthStore.lastUseOfClients(database.db),
		healthStore.countedSince(database.db),
	]);
	return found.map((client) => ({
		id: client.id,
		name: client.name,
		grant: client.grantType,
		active: client.state === "active",
		redirectUris: client.redirectUris,
		scopes: client.scopes,
		...(enforcesScopes(settings) && needsAuthorization(client) ? { authorized: authorizedOf(client) } : {}),
		lifetime: client.accessTokenValiditySeconds,
		// What was asked before anybody counted is not known.
		created: latest(client.dateCreated.toISOString(), countedSince),
		lastUsed: lastUse.get(client.id) ?? null,
	}));
}

const latest = (one: string, other: string | undefined) => (other !== undefined && other > one ? other : one);

async function readGroups({ users }: FactsParts): Promise<GroupFacts[]> {
	const { groups } = await users.groups.list({}, everybody);
	const counts = await users.groups.memberCounts(groups.map(({ id }) => id));
	return groups.map(({ id, name }) => ({ id, name, memberCount: counts.get(id) ?? 0 }));
}

async function readPeople({ users, authorization, database }: FactsParts, where: DivisionSet): Promise<PersonFacts[]> {
	const [active, inactive, queues] = await Promise.all([
		users.list({ state: "active" }, everybody),
		users.list({ state: "inactive" }, everybody),
		healthStore.queuesOfUsers(database.db),
	]);
	const all = [...active.users, ...inactive.users].filter((one) => where === "all" || where.has(one.divisionId));
	const ids = all.map(({ id }) => id);
	const [groups, authorizations, licenses] = await Promise.all([
		users.groups.groupsOfAll(ids),
		authorization.userAuthorizations(ids, "all"),
		users.licenses.ofAll(ids),
	]);
	return all.map(({ id, name, state }) => ({
		...{ id, name, active: state === "active" },
		groups: groups.get(id) ?? [],
		permissions: authorizations.get(id)?.permissions ?? nothing,
		licenses: licenses.get(id) ?? nothing,
		queues: queues.get(id) ?? 0,
	}));
}

const nothing: readonly string[] = [];

async function readDeployments(
	{ deployments, scripts, troubles }: FactsParts,
	reader: Principal,
	clients: readonly ClientFacts[] | undefined,
): Promise<DeploymentFacts[]> {
	const found = await deployments.overview();
	return Promise.all(
		found.map(async (deployment): Promise<DeploymentFacts> => {
			const { id, name, properties } = deployment;
			const { scriptVersion, staged } = deployment;
			const factsOf = async (version: number | undefined) =>
				version !== undefined && isActive(deployment)
					? scriptFacts(await scripts.read(deployment, version, clients, reader))
					: {};
			const [everybodys, theirs] = await Promise.all([factsOf(scriptVersion), factsOf(staged?.version)]);
			const { scripts: failed, refusals, unverifiedScripts, unverifiedRefusals, pages } = troubles.of(deployment);
			const unverified = unverifiedScripts ?? unverifiedRefusals;
			return {
				...{ id, name, isPrivate: isPrivate(deployment), active: isActive(deployment) },
				hasScript: scriptVersion !== undefined,
				groups: properties.groups ?? [],
				allowedOrigins: properties.allowedOrigins ?? [],
				...(properties.clientId ? { clientId: properties.clientId } : {}),
				...everybodys,
				...(staged ? { staged: { ...staged, ...theirs } } : {}),
				troubles: {
					...(failed ? { scripts: troubleFacts(failed) } : {}),
					...(refusals ? { refusals: troubleFacts(refusals) } : {}),
					...(unverified ? { unverified: troubleFacts(unverified) } : {}),
					...(pages ? { pages: troubleFacts(pages) } : {}),
				},
			};
		}),
	);
}

const scriptFacts = (read: ReadScript | undefined): ScriptFacts =>
	read ? { scriptClientIds: clientIdsIn(read.source), ...(read.faults ? { faults: read.faults } : {}) } : {};

const troubleFacts = ({ at, ...rest }: Trouble) => ({ ...rest, at: at.toISOString() });
