import { divisionsWith, type GrantedPermission, holds } from "../kernel/principal.ts";
import type { FindPlaces, Place } from "./ports.ts";
import { type Reach, reachOf } from "./reach.ts";
import { ruleOf, type Thing, type TopicRule } from "./topic-rules.ts";
import { readTopic } from "./topics.ts";

/** Who follows, or wants to. */
export interface Subscriber {
	userId: string | undefined;
	/** Asked only where a topic depends on it: an agent's panel follows what is their own. */
	grants(): Promise<readonly GrantedPermission[]>;
}

/** What became of one topic that somebody asked for. */
export type TopicVerdict =
	| { state: "Permitted"; topic: string; singles: JudgedTopic[] }
	| { state: "Invalid"; topic: string }
	| ({ state: "Rejected"; topic: string; missingPermissions: string[] } & Pick<Refusal, "divisioned" | "absent">);

/** A single topic that may be followed. */
interface JudgedTopic {
	/** In lower case. */
	key: string;
	reach: Reach;
	/** What the answer depends on: it is to be judged again when that changes. */
	depends: { grants: boolean; thing?: string };
}

interface Refusal {
	missing: readonly string[];
	/** The permission is held, but not where it would have to be. */
	divisioned: boolean;
	/** There is nothing here that could tell of it. */
	absent?: boolean;
}

interface Case {
	single: string;
	rule: TopicRule;
}

export function thingKey({ kind, id }: Thing): string {
	return `${kind} ${id}`;
}

/**
 * Judges topics as reads of what they tell would be judged: by the permissions of this moment, in the divisions in which
 * the things are at this moment. A thousand topics cost one question per kind of things.
 */
export async function judgeTopics(
	topics: readonly string[],
	{ userId, grants }: Subscriber,
	places: Record<Thing["kind"], FindPlaces>,
): Promise<TopicVerdict[]> {
	const asked = topics.map((topic) => ({
		topic,
		cases: readTopic(topic)?.map((single): Case => ({ single, rule: ruleOf(single, userId) })),
	}));
	const rules = asked.flatMap(({ cases }) => cases ?? []).map(({ rule }) => rule);
	const held = { userId, grants: rules.some(needsGrants) ? await grants() : [] };
	const found = await findPlaces(rules, places);
	return asked.map(({ topic, cases }) => (cases ? verdictOf(topic, cases, held, found) : { state: "Invalid", topic }));
}

const needsGrants = (rule: TopicRule) => rule.permissions.length > 0;

async function findPlaces(
	rules: readonly TopicRule[],
	places: Record<Thing["kind"], FindPlaces>,
): Promise<ReadonlyMap<string, Place>> {
	const byKind = Map.groupBy(
		rules.flatMap((rule) => rule.of ?? []),
		(thing) => thing.kind,
	);
	const found = new Map<string, Place>();
	await Promise.all(
		[...byKind].map(async ([kind, things]) => {
			const ids = [...new Set(things.map((thing) => thing.id))];
			for (const [id, place] of await places[kind](ids)) found.set(thingKey({ kind, id }), place);
		}),
	);
	return found;
}

interface Holder {
	userId: string | undefined;
	grants: readonly GrantedPermission[];
}

function verdictOf(
	topic: string,
	cases: readonly Case[],
	by: Holder,
	places: ReadonlyMap<string, Place>,
): TopicVerdict {
	const singles: JudgedTopic[] = [];
	const refused: Refusal[] = [];
	for (const { single, rule } of cases) {
		const judged = judge(rule, by, rule.of && places.get(thingKey(rule.of)));
		if (typeof judged === "object" && "missing" in judged) refused.push(judged);
		else {
			const depends = { grants: needsGrants(rule), ...(rule.of ? { thing: thingKey(rule.of) } : {}) };
			singles.push({ key: single.toLowerCase(), reach: judged, depends });
		}
	}
	if (refused.length === 0) return { state: "Permitted", topic, singles };
	const missingPermissions = [...new Set(refused.flatMap((one) => one.missing))];
	const absent = refused.some((one) => one.absent) ? { absent: true } : {};
	const divisioned = refused.every((one) => one.divisioned);
	return { state: "Rejected", topic, missingPermissions, divisioned, ...absent };
}

function judge(rule: TopicRule, by: Holder, place: Place | undefined): Reach | Refusal {
	if (!needsGrants(rule)) return "all";
	if (rule.private) return { missing: rule.permissions, divisioned: false };
	if (rule.absent) return { missing: rule.permissions, divisioned: false, absent: true };
	const takesPart = by.userId !== undefined && place?.userIds?.includes(by.userId);
	if (!takesPart && !isHeld(rule, by, place)) {
		return { missing: rule.permissions, divisioned: rule.permissions.some((one) => holds(by, one)) };
	}
	if (rule.told) return told(rule.told, by);
	// The thing's own division has been looked at; what moves is judged anew. Conversations tell where they are each time.
	if (rule.of && rule.of.kind !== "conversation") return "all";
	return reachOf(divisionsWith(by, rule.permissions), by.userId);
}

function told(permissions: readonly string[], by: Holder): Reach | Refusal {
	if (!permissions.some((one) => holds(by, one))) return { missing: permissions, divisioned: false };
	return reachOf(divisionsWith(by, permissions), by.userId);
}

/**
 * What is nowhere to be found is open to those only who hold the permission everywhere: platform-api 5.1 has refusals for what
 * is no topic and for what one may not follow, none for a thing that is not there, or not there any more. Nothing is told on it.
 * A topic that everybody may follow, such as anybody's presence, is followed of nobody too: a refusal would tell which ids there are.
 */
function isHeld({ permissions, of }: TopicRule, by: Holder, place: Place | undefined): boolean {
	if (!of) return permissions.some((one) => holds(by, one));
	if (!place) return divisionsWith(by, permissions) === "all";
	const divisions = place.divisionIds.map((id) => (id === "*" ? undefined : id));
	return permissions.some((one) => divisions.some((id) => holds(by, one, id)));
}
