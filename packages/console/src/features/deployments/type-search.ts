import type { IntegrationType } from "../../session/wire.ts";

/** How the guide calls both types, which here are called without the platform's name. */
const alias = "genesys cloud";

/** Types that all of the words are found in: in their name, in what they are, or in how the guide calls them. */
export function typesFor(types: readonly IntegrationType[], wanted: string): IntegrationType[] {
	const words = wanted.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	return types.filter(({ name, description = "" }) => {
		const text = `${name} ${description} ${alias}`.toLowerCase();
		return words.every((word) => text.includes(word));
	});
}
