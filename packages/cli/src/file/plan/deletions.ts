/** What is to go, in the order in which it can. */
import { keyOf, referencesOf, type Section, sections, words } from "../format/sections.ts";
import { asRoles } from "../kinds/grants.ts";
import { type Found, listOf } from "../kinds/kind.ts";
import { kinds } from "../kinds/kinds.ts";
import { type Step, stepId } from "./step.ts";
import type { World } from "./world.ts";

/** @param notes gets what stays, and why */
export async function deletions(
	unwanted: Readonly<Partial<Record<Section, readonly string[]>>>,
	world: World,
	notes: string[],
): Promise<Step[]> {
	const found = await Promise.all(
		sections.toReversed().flatMap((section) =>
			(unwanted[section] ?? []).flatMap((name) => {
				const [raw] = world.named(section, name);
				if (!raw) return [];
				if (!kinds[section].isBuiltIn?.(raw))
					return [world.complete(section, raw, "all").then((one) => ({ section, one }))];
				notes.push(`${words[section]} "${name}" comes with the product, and stays.`);
				return [];
			}),
		),
	);
	const steps = found.map(({ section, one }): Step => {
		const id = stepId(section, keyOf(section, one.name), "deleted");
		return {
			id,
			action: "delete",
			section,
			name: one.name,
			changes: [],
			after: [],
			phase: phaseOf(section),
			found: one,
		};
	});
	return steps.map((step) => ({ ...step, after: steps.filter((other) => doesName(other, step)).map(({ id }) => id) }));
}

/** There may be five private deployments: one that goes makes room for one that comes. */
function phaseOf(section: Section): 0 | 2 {
	return section === "deployments" ? 0 : 2;
}

/** Whoever names something goes before it. */
function doesName({ section, found }: Step, named: Step): boolean {
	if (!found || named.phase < phaseOf(section)) return false;
	return referencesOf(section, inFileWords(found)).some(
		(one) => one.section === named.section && keyOf(one.section, one.name) === keyOf(named.section, named.name),
	);
}

function inFileWords({ values }: Found): Found["values"] {
	return { ...values, ...asRoles(listOf<string>(values.grants), "") };
}
