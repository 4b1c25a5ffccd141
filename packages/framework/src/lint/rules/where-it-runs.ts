/** What a script leans on, and does not have where it runs: isolated, or in a page without the original's names (docs/isolation.md). */
import { type IsolationLack, lacksOf } from "../isolation-needs.ts";
import type { Rule, RuleHit } from "../rule.ts";
import { namedIn } from "../source/asked-names.ts";
import type { Script } from "../source/script.ts";
import type { SourceNode } from "../source/walk.ts";
import { asksForIsolation } from "../wants-isolation.ts";
import { assignedNames, isAskedFor } from "./unknown-names.ts";

/** What is there in another form (storage as long as the page, the token where the deployment gives it) is not asked about. */
const missed: Partial<Record<IsolationLack, string>> = {
	page: "An isolated script has an empty page of its own: change what agents see by settings.ui and arrangeUi.",
	cookies: "document.cookie throws in an isolated script: keep it at the embedding page.",
	windows: "An isolated script opens no windows: ask the embedding page by parent.postMessage.",
	dialogs: "Dialogs do not open for an isolated script: call PureCloud.User.Notification.notifyUser.",
	parentPage: "An isolated script reaches the embedding page by parent.postMessage alone.",
};

export const isolatedLack: Rule = {
	code: "isolation.lack",
	severity: "warning",
	check: ({ script, framework, options }) => {
		if (!options.organization?.isolation && !asksForIsolation(framework)) return [];
		return lacksOf(script).flatMap(({ lack, at }): RuleHit[] => {
			const message = missed[lack];
			return message === undefined ? [] : [{ at, message }];
		});
	},
};

/** Names that `pageCompatibility` brings. */
const pageNames = ["$", "jQuery", "angular"];

/** Asked where the switch is known to be off. */
export const pageNameMissing: Rule = {
	code: "page.name.missing",
	severity: "warning",
	check: ({ script, framework, options, loadsMore }) => {
		const { pageCompatibility, isolation } = options.organization ?? {};
		// Isolated, the switch would help nobody.
		if (pageCompatibility !== false || isolation || asksForIsolation(framework) || loadsMore) return [];
		const given = assignedNames(script);
		return pageNames.flatMap((name): RuleHit[] => {
			const at = given.has(name) ? undefined : firstUse(script, name);
			const message = `Nothing brings ${name}: this line throws. Switch pageCompatibility on, or do without.`;
			return at ? [{ at, message }] : [];
		});
	},
};

/** Undefined where it is not used, or asked for first. */
function firstUse(script: Script, name: string): SourceNode | undefined {
	const free = script.scopes.free.get(name) ?? [];
	const members = script.all("MemberExpression").filter((node) => script.path(node)?.join(".") === name);
	const first = [...free, ...members].sort((a, b) => a.start - b.start)[0];
	if (!first || free.some((use) => isAskedFor(script, use)) || namedIn(script, name, first)) return undefined;
	return first;
}
