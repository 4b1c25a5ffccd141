import { ownValue } from "@inlay/contract/own-value";

/** `AuthzDivision` of the platform, as far as its page shows it. */
export interface DivisionThing {
	id: string;
	name: string;
	description?: string;
	homeDivision?: boolean;
	/** How many objects of each type are in it. */
	objectCounts?: Readonly<Record<string, number>>;
}

/** Who holds roles in it themselves, and which: the first of them, and how many there are. */
export interface DivisionHolders {
	entities: ReadonlyArray<{ id: string; name: string; roles: ReadonlyArray<{ id: string; name: string }> }>;
	total: number;
}

export const newDivision: DivisionThing = { id: "", name: "" };

/** Types that are told each by its own name. */
export const toldTypes = ["USER", "QUEUE", "WRAPUPCODE", "SCRIPT"] as const;
type ToldType = (typeof toldTypes)[number];

/** What is rarer is told by the area that it is administered in; `other` is what this console does not know. */
const areaOfType = {
	PRESENCEDEFINITION: "statuses",
	EXTERNALCONTACTS: "contacts",
	EXTERNALORGANIZATIONS: "organizations",
	IDENTITYPROVIDER: "singleSignOn",
} as const;
type AreaName = (typeof areaOfType)[keyof typeof areaOfType] | "outbound";

export type Holding = { count: number } & ({ type: ToldType | "other" } | { area: AreaName });

/** What is in a division, the people first; nothing of what there is none of. */
export function holdingsOf({ objectCounts = {} }: DivisionThing): Holding[] {
	const told: readonly string[] = toldTypes;
	const rarer = new Map<AreaName | "other", number>();
	for (const [type, count] of Object.entries(objectCounts)) {
		if (told.includes(type)) continue;
		const area = type.startsWith("OUTBOUND_") ? "outbound" : (ownValue(areaOfType, type) ?? "other");
		rarer.set(area, (rarer.get(area) ?? 0) + count);
	}
	const all: Holding[] = [
		...toldTypes.map((type) => ({ type, count: objectCounts[type] ?? 0 })),
		...[...rarer].map(([area, count]) => (area === "other" ? { type: area, count } : { area, count })),
	];
	return all.filter(({ count }) => count > 0);
}
