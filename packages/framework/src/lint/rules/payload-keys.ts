/** What is read of an interaction that no interaction carries (framework-contract 7). */
import { INTERACTION_KEYS } from "@inlay/contract";
import type { Rule, RuleHit } from "../rule.ts";
import { memberName } from "../source/node-names.ts";
import type { Script } from "../source/script.ts";
import type { SourceNode } from "../source/walk.ts";
import { readsOf } from "./payloads.ts";
import { interactionsOf } from "./told-interactions.ts";

/** `interaction.call.ani`: there is no `call`, so the line throws each time that it is told. */
export const unknownKey: Rule = {
	code: "payload.key.unknown",
	severity: "warning",
	check: (context) =>
		interactionsOf(context).flatMap(({ fn, data, isNoted }): RuleHit[] => {
			const unknown = ({ name }: { name: string | undefined }) => !isKey(name) && !(isNoted && name === "notes");
			const reads = readsOf(context.script, fn.body, data).filter(unknown);
			// Whoever asks whether it is there knows.
			const asked = new Set(reads.filter(({ at }) => !isDeep(context.script, at)).map(({ name }) => name));
			return reads.flatMap(({ at, name }): RuleHit[] => {
				if (name === undefined || asked.has(name)) return [];
				const message = `No interaction has ${name}: this line throws. Its keys stand flat, such as ${data.name}.ani.`;
				return [{ at, message }];
			});
		}),
};

/** `interaction.call.ani` and `interaction.call()`, which throw where it is not there; not `interaction.call?.ani`. */
function isDeep(script: Script, at: SourceNode): boolean {
	const home = script.parents.get(at);
	if (home?.type === "MemberExpression") return home.object === at && !home.optional && memberName(home) !== undefined;
	return home?.type === "CallExpression" && home.callee === at && !home.optional;
}

const keys: ReadonlySet<string> = new Set([...INTERACTION_KEYS, "old", "new"]);

/** `old` and `new` are those of a change. */
function isKey(name: string | undefined): boolean {
	return name === undefined || keys.has(name) || name in {};
}
