/** Lists that are entered as lines: choices and attributes as `value = text`, names alone; of columns there must be some, outputs of web services are `name = variable`. */
export type LinesKind = "options" | "attributes" | "names" | "columns" | "outputs";

type Pair = Record<"name" | "label" | "value" | "variable", string | undefined>;

export function linesOf(kind: LinesKind, value: unknown): string {
	if (kind === "names" || kind === "columns") return ((value as string[] | undefined) ?? []).join("\n");
	return (value as Pair[])
		.map(({ name, label, variable, value: given = "" }) => {
			if (kind === "outputs") return `${name} = ${variable}`;
			if (kind === "attributes") return `${name} = ${given}`;
			return label === given ? given : `${given} = ${label}`;
		})
		.join("\n");
}

/** What lines stand for; undefined for no names, which are all. A choice without a text of its own is its value. */
export function readLines(kind: LinesKind, text: string): unknown {
	const lines = text.split("\n").filter((line) => line.trim() !== "");
	if (kind === "names") return lines.length === 0 ? undefined : lines.map((line) => line.trim());
	if (kind === "columns") return lines.map((line) => line.trim());
	return lines.map((line) => {
		const at = line.indexOf("=");
		const first = (at < 0 ? line : line.slice(0, at)).trim();
		const second = at < 0 ? "" : line.slice(at + 1).trim();
		if (kind === "outputs") return { name: first, variable: second };
		if (kind === "attributes") return { name: first, value: second };
		return { value: first, label: second || first };
	});
}
