/** Variables in values of a file, so that one file serves a test organization and the real one. */
import { kindAt } from "./kind-at.ts";
import type { Path } from "./problems.ts";

interface VariableProblem {
	path: Path;
	text: string;
}

/** `$${` is those characters; `${NAME}`; `${NAME:-what it is where that is not set}`; anything else behind `${` is a mistake. */
const inText = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}|\$\{/g;

/** The value with what the environment says; keys stay as they are. */
export function withVariables(
	value: unknown,
	env: NodeJS.ProcessEnv,
): { value: unknown; problems: readonly VariableProblem[] } {
	const problems: VariableProblem[] = [];
	const filledAt = (one: unknown, path: Path): unknown => {
		if (Array.isArray(one)) return one.map((part, index) => filledAt(part, [...path, index]));
		if (typeof one === "object" && one !== null)
			return Object.fromEntries(Object.entries(one).map(([key, part]) => [key, filledAt(part, [...path, key])]));
		if (typeof one !== "string" || !one.includes("${")) return one;
		const tell = (text: string) => problems.push({ path, text });
		// A password's variable is named, and what it holds is told nowhere.
		if (path.at(-2) === "password") tell("Here stands the name of a variable alone, such as FIRST_PASSWORD.");
		else return typed(one, filledText(one, env, tell), kindAt(path));
		return one;
	};
	return { value: filledAt(value, []), problems };
}

/** Text in which nothing is taken for a variable. */
export function withoutVariables(text: string): string {
	return text.replaceAll("${", "$${");
}

function filledText(text: string, env: NodeJS.ProcessEnv, tell: (problem: string) => void): string {
	return text.replaceAll(inText, (found: string, name: string | undefined, otherwise: string | undefined) => {
		if (found === "$${") return "${";
		if (name === undefined) {
			tell(`A variable is written \${NAME} or \${NAME:-otherwise}; for the characters themselves write $\${.`);
			return found;
		}
		const said = env[name] || otherwise;
		if (said === undefined) tell(`The environment does not say what ${name} is.`);
		return said ?? found;
	});
}

/** Where a variable is the whole value and a number or a switch is wanted, it is one as if it stood there. */
function typed(before: string, after: string, kind: string | undefined): unknown {
	if (before.replace(inText, "") !== "") return after;
	if (kind === "boolean" && (after === "true" || after === "false")) return after === "true";
	const isNumber = (kind === "number" || kind === "integer") && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(after);
	return isNumber ? Number(after) : after;
}
