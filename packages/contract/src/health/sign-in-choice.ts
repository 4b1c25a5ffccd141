import type { ClientFacts, DeploymentFacts, OrganizationFacts } from "./facts.ts";

/** Which client a deployment's panel signs in with, and where that is said. */
export interface SignInChoice {
	/** Undefined where it is none of the organization's. */
	client: ClientFacts | undefined;
	source: "script" | "configuration" | "bundled";
	/** An id that is named and that the organization does not have, where nothing better is. */
	unknown?: string;
}

/**
 * The server's own choice (`PanelBoot.signIn`): the first client of this organization that the script names, else the deployment's,
 * else the one that comes with the product. Ids are compared as the server does, letter for letter. Not every id in a script is a
 * client's: that its `clientIds` are none of the organization's is said where the linter has found it (`client.unknown`), and
 * whatever else stands in the script does not sign in then.
 */
export function signInChoice(
	deployment: Pick<DeploymentFacts, "scriptClientIds" | "clientId" | "faults">,
	{ clients = [], bundledClientId }: Pick<OrganizationFacts, "clients" | "bundledClientId">,
): SignInChoice {
	const find = (id: string) => clients.find((client) => client.id === id);
	const named = deployment.scriptClientIds ?? [];
	const isUnknown = deployment.faults?.some(({ code }) => code === "client.unknown");
	const byScript = isUnknown ? undefined : named.map(find).find((client) => client !== undefined);
	if (byScript) return { client: byScript, source: "script" };
	const configured = deployment.clientId;
	const byConfiguration = configured ? find(configured) : undefined;
	const unknown = (isUnknown ? named[0] : undefined) ?? (byConfiguration ? undefined : configured);
	const gone = unknown ? { unknown } : {};
	if (byConfiguration) return { client: byConfiguration, source: "configuration", ...gone };
	return { client: bundledClientId ? find(bundledClientId) : undefined, source: "bundled", ...gone };
}

/**
 * The deployment as each of its agents has it: as everybody does, and for the groups of its staged release with the version that is
 * theirs (decision 57).
 */
export function asEachHasIt(deployment: DeploymentFacts): DeploymentFacts[] {
	return [deployment, ...stagedOnly(deployment)];
}

/** The deployment as the groups of its staged release have it. */
export function stagedOnly({
	staged,
	scriptClientIds: _everybodys,
	faults: _theirs,
	...rest
}: DeploymentFacts): DeploymentFacts[] {
	if (!staged) return [];
	const { groups, scriptClientIds, faults } = staged;
	return [{ ...rest, staged, groups, ...(scriptClientIds ? { scriptClientIds } : {}), ...(faults ? { faults } : {}) }];
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const parts = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/**
 * A script without its comments: what stands in one is not done. It is read as text, so a regular expression that looks like
 * a comment is taken for one.
 */
function withoutComments(source: string): string {
	return source.replace(parts, (_all, text: string | undefined) => text ?? " ");
}

const clientIds = /\bclientIds["']?\s*[:=]\s*\{([^{}]*)\}/g;
const written = /:\s*["'`]([^"'`\n]+)["'`]/g;
const quoted = /["'`][^"'`\n]*["'`]/g;

/** Every entry of it is written out: no name, call or spread that stands for an id. */
function isWhole(place: string): boolean {
	return place
		.replace(quoted, "")
		.split(",")
		.every((entry) => /^\s*$|:\s*$/.test(entry));
}

/**
 * Ids that a framework.js may sign in with, each once: what stands in its `clientIds`. Where these are not written out, whatever
 * else looks like an id follows in the order of the text: it is read and not run, so one of something else (a queue) is among them,
 * and one that is put together at run time is not seen.
 */
export function clientIdsIn(source: string): string[] {
	const text = withoutComments(source);
	const places = [...text.matchAll(clientIds)].map(([, place = ""]) => place);
	const named = places.flatMap((place) => [...place.matchAll(written)].map(([, id = ""]) => id.trim()));
	const isSure = named.length > 0 && places.every(isWhole);
	return [...new Set([...named, ...(isSure ? [] : (text.match(uuid) ?? []))])].filter((id) => id !== "");
}
