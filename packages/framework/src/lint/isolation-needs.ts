/** What a script leans on that isolated scripts do not have (docs/isolation.md). */

import { memberName } from "./source/node-names.ts";
import { parseScript } from "./source/parse.ts";
import { Places } from "./source/places.ts";
import { Script } from "./source/script.ts";
import type { SourceNode } from "./source/walk.ts";

export type IsolationLack = "page" | "cookies" | "storage" | "windows" | "dialogs" | "parentPage" | "token";

export interface IsolationNeed {
	lack: IsolationLack;
	/** From 1. */
	line: number;
}

/** By the path from the window, such as `document.cookie`; the first that fits counts. */
const lacks: readonly [RegExp, IsolationNeed["lack"]][] = [
	[/^document\.cookie\b/, "cookies"],
	// What a script makes and never shows, and where it loads more scripts, works in a page of its own, too.
	[/^document\.(?:querySelector|querySelectorAll|getElement\w*|write|writeln|body|forms|execCommand)\b/, "page"],
	[/^(?:\$|jQuery|angular)(?:\.|$)/, "page"],
	[/^MutationObserver\b/, "page"],
	[/^(?:localStorage|sessionStorage|indexedDB|caches)\b/, "storage"],
	[/^open$/, "windows"],
	[/^(?:alert|confirm|prompt)$/, "dialogs"],
	[/^(?:parent|top|opener)\.(?!postMessage\b|length\b|closed\b|window\b)\w/, "parentPage"],
	[/^top\.postMessage\b/, "parentPage"],
];

/**
 * Each thing once, at its first line; empty where the script would run isolated as it does today, as far as can be seen
 * without running it. Undefined for what is no script. Never throws.
 */
export function isolationNeeds(source: string): IsolationNeed[] | undefined {
	const parsed = parseScript(source);
	if ("failure" in parsed) return undefined;
	const places = new Places(source);
	const found = lacksOf(new Script(source, parsed.program));
	return found.map(({ lack, at }) => ({ lack, line: places.range(at.start, at.end).line }));
}

/** Each thing once, where it stands first, in the order of the text. */
export function lacksOf(script: Script): { lack: IsolationLack; at: SourceNode }[] {
	const found = new Map<IsolationLack, SourceNode>();
	const note = (lack: IsolationLack | undefined, at: SourceNode) => {
		if (lack && at.start < (found.get(lack)?.start ?? Number.POSITIVE_INFINITY)) found.set(lack, at);
	};
	for (const node of [...script.all("MemberExpression"), ...[...script.scopes.free.values()].flat()])
		note(lackOf(script, node), node);
	for (const { action, call } of script.actionCalls()) if (action === "User.getAuthToken") note("token", call);
	return [...found].map(([lack, at]) => ({ lack, at })).sort((a, b) => a.at.start - b.at.start);
}

function lackOf(script: Script, node: SourceNode): IsolationNeed["lack"] | undefined {
	const path = script.path(node)?.join(".");
	if (path === undefined) return undefined;
	// `open` alone is the window's; a method of that name of anything else has a longer path.
	if (path === "open" && node.type === "MemberExpression" && memberName(node) !== "open") return undefined;
	return lacks.find(([pattern]) => pattern.test(path))?.[1];
}
