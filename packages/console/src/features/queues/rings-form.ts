import { isWhole } from "../recording/policy-form.ts";

/** `Ring` of the platform. */
export interface Ring {
	expansionCriteria?: ReadonlyArray<{ type: string; threshold: number }>;
	actions?: { skillsToRemove?: ReadonlyArray<{ id?: string }> };
}

/** A ring as the form has it: the last one has neither, as no ring follows. */
export interface EditedRing {
	/** After how many seconds the next ring joins, as it is typed. */
	seconds: string;
	/** Ids of the skills that are asked for no longer from then on. */
	skills: string[];
}

/** So many are the platform's. */
export const mostRings = 6;
const freshRing = (): EditedRing => ({ seconds: "30", skills: [] });

/** A form's field is a text: so one queue is compared with another one. */
export function ringsOf(rings: readonly Ring[] = []): string {
	return JSON.stringify(
		rings.map(({ expansionCriteria, actions }) => ({
			seconds: String(expansionCriteria?.[0]?.threshold ?? ""),
			skills: (actions?.skillsToRemove ?? []).flatMap(({ id }) => id ?? []),
		})),
	);
}

export function ringsIn(field: string): EditedRing[] {
	return JSON.parse(field) as EditedRing[];
}

/** One more at the end; a queue without rings begins with two, as one alone is everybody. */
export function withRing(rings: readonly EditedRing[]): EditedRing[] {
	if (rings.length < 2) return [freshRing(), freshRing()];
	return rings.length < mostRings ? [...rings, freshRing()] : [...rings];
}

/** Without one of them; where one would be left, there are none. */
export function withoutRing(rings: readonly EditedRing[], at: number): EditedRing[] {
	return rings.length <= 2 ? [] : rings.toSpliced(at, 1);
}

/**
 * Whether others than those of the ring come to stand elsewhere without it: members keep its number. Without the last one, or where
 * none is left, nobody does.
 * @param before how many rings the queue has, as its members know them
 */
export function movesMembers(rings: readonly EditedRing[], at: number, before: number): boolean {
	return rings.length > 2 && at < Math.min(rings.length, before) - 1;
}

/** What is sent; of the last one nothing, and nothing of rings where there are none. */
export function bullseyeOf(field: string): { rings: Ring[] } | null {
	const rings = ringsIn(field);
	if (rings.length === 0) return null;
	return {
		rings: rings.map(({ seconds, skills }, at) =>
			at === rings.length - 1
				? {}
				: {
						expansionCriteria: [{ type: "TIMEOUT_SECONDS", threshold: Number(seconds) }],
						actions: { skillsToRemove: skills.map((id) => ({ id })) },
					},
		),
	};
}

export const ringSeconds = { from: 1, to: 86_400 };

export function isWrongRing({ seconds }: EditedRing): boolean {
	return !isWhole(seconds, ringSeconds.from, ringSeconds.to);
}

export function ringsAreWrong(field: string): boolean {
	return ringsIn(field).slice(0, -1).some(isWrongRing);
}
