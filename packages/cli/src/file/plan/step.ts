/** One thing that is to be done, and what it waits for. */
import type { Section } from "../format/sections.ts";
import type { Found } from "../kinds/kind.ts";
import type { Change } from "./compare.ts";
import type { Wanted } from "./wanted.ts";

export type Action = "create" | "change" | "delete";

export interface Step {
	/** Such as `queues/Support`. */
	id: string;
	action: Action;
	section: Section;
	name: string;
	changes: readonly Change[];
	/** Why it is done at all, where that is not plain. */
	because?: string;
	/** Steps that have to be done before. */
	after: readonly string[];
	/** What is deleted to make room is done first, everything else that is deleted last. */
	phase: 0 | 1 | 2;
	/** What the plan has seen. */
	found?: Found;
	wanted?: Wanted;
	/** The deployment of another type whose place the new one takes. */
	replaces?: Found;
	/** Id of what an earlier run has made to take that place. */
	madeId?: string;
}

export interface Plan {
	steps: readonly Step[];
	/** What somebody should know, and what is left out. */
	notes: readonly string[];
}

/** @param part where a thing has more than one step */
export function stepId(section: Section, key: string, part?: string): string {
	return part === undefined ? `${section}/${key}` : `${section}/${key}/${part}`;
}
