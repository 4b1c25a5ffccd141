/** More of one thing than anybody reads. */
const mostCharacters = 100_000;

/** What can go through JSON, with a text in the place of what cannot; `hidden` texts are shown as dots. */
export function plain(value: unknown, hidden: ReadonlySet<string> = new Set()): unknown {
	let text: string;
	try {
		text = JSON.stringify(value, (_key, each: unknown) => readable(each)) ?? "null";
	} catch {
		return `[${String(value)}]`;
	}
	for (const secret of hidden) text = text.replaceAll(secret, "•••");
	if (text.length > mostCharacters) return `${text.slice(0, mostCharacters)} … (${text.length} characters)`;
	return JSON.parse(text) as unknown;
}

function readable(value: unknown): unknown {
	if (typeof value === "function") return `ƒ ${value.name}`.trim();
	if (typeof value === "bigint" || typeof value === "symbol") return String(value);
	if (value instanceof Error) return { name: value.name, message: value.message };
	return value;
}
