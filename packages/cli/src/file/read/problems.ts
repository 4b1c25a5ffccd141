/** What is wrong with a file, or keeps it from being done: place, field, and what to do. */

export type Path = readonly (string | number)[];

export interface Problem {
	/** From 1; undefined where no line is to blame. */
	line?: number;
	column?: number;
	/** The field, such as `queues[2].members[0]`; empty for the whole file. */
	field: string;
	text: string;
}

/** Nothing was done: the file is refused whole. */
export class FileRefused extends Error {
	readonly problems: readonly Problem[];

	constructor(file: string, problems: readonly Problem[]) {
		super(problems.map((problem) => sentenceOf(file, problem)).join("\n"));
		this.problems = problems;
	}
}

/** As compilers say it, so that editors and CI find the place. */
export function sentenceOf(file: string, { line, column, field, text }: Problem): string {
	const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
	return `${place}: ${field === "" ? "" : `${field}: `}${text}`;
}

export function fieldOf(path: Path): string {
	return path.reduce<string>((text, part) => {
		if (typeof part === "number") return `${text}[${part}]`;
		const isPlain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(part);
		if (!isPlain) return `${text}[${JSON.stringify(part)}]`;
		return text === "" ? part : `${text}.${part}`;
	}, "");
}
