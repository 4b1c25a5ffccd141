/** A skill or a language that customers may ask for. */
export interface Ability {
	id: string;
	name: string;
	dateModified: Date;
	/** Grows with every change. */
	version: number;
}

/** How well somebody has one: 0 to 5. */
export interface OwnAbility {
	id: string;
	name: string;
	proficiency: number;
}

export type AbilityKind = "skill" | "language";

export const bestProficiency = 5;

/** How many are given to somebody at once, as on the platform. */
export const mostAbilitiesAtOnce = 50;
