import { holds, type Principal, requireInDivision } from "./principal.ts";

/** What lives in divisions, and is named by its id in settings of something else. */
export type SightedKind = "queue" | "script" | "wrapupCode" | "contactList" | "dncList" | "responseAsset";

/** Ids of what something names, by kind. */
export type Named = Partial<Record<SightedKind, ReadonlyArray<string | undefined>>>;

/** How things of one kind are seen. */
export interface Sighted {
	/** Any of them shows a thing where it is. */
	permissions: readonly string[];
	/** Undefined for what does not exist: whoever keeps its id refuses that. */
	divisionOf(id: string): Promise<string | undefined>;
}

/** Stands for every division in an object's division. */
const allDivisions = "*";

export interface Sight {
	/**
	 * Whoever has one thing name another sees it where it is: else agents would be sent to what they cannot open, and its
	 * owner could not take away what an unknown division holds on to. What was named before stays.
	 * @throws ApiError 403 `missing.division.permission`
	 */
	requireNew(principal: Principal, now: Named, before?: Named): Promise<void>;
}

export function createSight(kinds: Readonly<Record<SightedKind, Sighted>>): Sight {
	return {
		async requireNew(principal, now, before = {}) {
			for (const kind of Object.keys(now) as SightedKind[]) {
				const known = new Set(before[kind]);
				const { permissions, divisionOf } = kinds[kind];
				for (const id of new Set(now[kind])) {
					if (id === undefined || known.has(id)) continue;
					const divisionId = await divisionOf(id);
					if (divisionId !== undefined && divisionId !== allDivisions)
						requireInDivision(principal, permissions, divisionId);
				}
			}
		},
	};
}

/** Something that uses a thing, and keeps it from being deleted. */
export interface Use {
	/** In words, such as `the queue Support`. */
	what: string;
	/** Who may read of it by name; absent: whoever is refused. Without a division: who holds one of them anywhere. */
	seenBy?: { permissions: readonly string[]; divisionId?: string | undefined };
}

/** Who is told what uses a thing; the server itself is told all. */
export type Asker = Pick<Principal, "grants"> | "server";

/** As many as a person reads. */
const mostNamed = 5;

/**
 * What uses a thing, for a refusal's message: by name what the asker may see, as a number what is elsewhere.
 * @returns `by` as a sentence goes on with it; where something is hidden, `named` and `hidden` for who says it in another language
 */
export function usesParams(uses: readonly Use[], asker: Asker): { by: string; named?: string; hidden?: string } {
	const seen = uses.filter(
		({ seenBy }) =>
			!seenBy || asker === "server" || seenBy.permissions.some((one) => holds(asker, one, seenBy.divisionId)),
	);
	const named = seen.slice(0, mostNamed).map(({ what }) => what);
	if (seen.length > mostNamed) named.push(`${seen.length - mostNamed} more`);
	const hidden = uses.length - seen.length;
	if (hidden === 0) return { by: named.join(", ") };
	const unseen = `${hidden} ${hidden === 1 ? "thing" : "things"} that you may not see`;
	const by = named.length > 0 ? `${named.join(", ")} and ${unseen}` : unseen;
	return { by, named: named.join(", "), hidden: String(hidden) };
}
