/** `AuthzDivision` of the platform, as far as its page shows it. */
export interface DivisionThing {
	id: string;
	name: string;
	description?: string;
	homeDivision?: boolean;
	/** How many objects of each type are in it. */
	objectCounts?: Readonly<Record<string, number>>;
}

export interface DivisionForm {
	name: string;
	description: string;
}

export const newDivision: DivisionThing = { id: "", name: "" };

export const divisionFormOf = ({ name, description = "" }: DivisionThing): DivisionForm => ({ name, description });

export const divisionBodyOf = ({ name, description }: DivisionForm) => ({
	name: name.trim(),
	description: description.trim(),
});

export function divisionProblems({ name }: DivisionForm): Set<keyof DivisionForm> {
	return new Set(name.trim() === "" ? ["name"] : []);
}

/** Types that are told each by its own name; what is rarer is one number. */
export const toldTypes = ["USER", "QUEUE", "WRAPUPCODE", "SCRIPT"] as const;
type ToldType = (typeof toldTypes)[number];

export interface Holding {
	type: ToldType | "other";
	count: number;
}

/** What is in a division, the people first; nothing of what there is none of. */
export function holdingsOf({ objectCounts = {} }: DivisionThing): Holding[] {
	const told: readonly string[] = toldTypes;
	const others = Object.entries(objectCounts).filter(([type]) => !told.includes(type));
	const all: Holding[] = [
		...toldTypes.map((type) => ({ type, count: objectCounts[type] ?? 0 })),
		{ type: "other", count: others.reduce((sum, [, count]) => sum + count, 0) },
	];
	return all.filter(({ count }) => count > 0);
}
