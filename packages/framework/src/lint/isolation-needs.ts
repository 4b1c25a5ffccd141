/** What a script leans on that isolated scripts do not have (docs/isolation.md). */
import { parseScript } from "./source/parse.ts";
import { Places } from "./source/places.ts";
import { Script } from "./source/script.ts";
import { memberName } from "./source/values.ts";
import type { SourceNode } from "./source/walk.ts";

type IsolationLack = "page" | "cookies" | "storage" | "windows" | "dialogs" | "parentPage" | "token";

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
	const script = new Script(source, parsed.program);
	const places = new Places(source);
	const found = new Map<IsolationNeed["lack"], number>();
	const note = (lack: IsolationNeed["lack"] | undefined, { start, end }: { start: number; end: number }) => {
		const line = places.range(start, end).line;
		if (lack && line < (found.get(lack) ?? Number.POSITIVE_INFINITY)) found.set(lack, line);
	};
	for (const node of [...script.all("MemberExpression"), ...[...script.scopes.free.values()].flat()])
		note(lackOf(script, node), node);
	for (const { action, call } of script.actionCalls()) if (action === "User.getAuthToken") note("token", call);
	return [...found].map(([lack, line]) => ({ lack, line })).sort((a, b) => a.line - b.line);
}

function lackOf(script: Script, node: SourceNode): IsolationNeed["lack"] | undefined {
	const path = script.path(node)?.join(".");
	if (path === undefined) return undefined;
	// `open` alone is the window's; a method of that name of anything else has a longer path.
	if (path === "open" && node.type === "MemberExpression" && memberName(node) !== "open") return undefined;
	return lacks.find(([pattern]) => pattern.test(path))?.[1];
}
