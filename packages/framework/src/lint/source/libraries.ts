/** Which parts of a script are libraries that stand in its file: nobody who wrote the script will mend those. */
import type { Program } from "acorn";

export interface Library {
	/** As its own first comment has it, with the version; else `a library`. */
	name: string;
	start: number;
	end: number;
}

/** A helper of the script's own is shorter, in UTF-16 units. */
const shortest = 2000;
/** As wide as no hand writes its lines, on average. */
const widest = 400;

/** Statements of the file's own level that know nothing of the panel, and look as libraries do. */
export function librariesIn(source: string, { body }: Program): Library[] {
	let before = 0;
	return body.flatMap(({ type, start, end }): Library[] => {
		// `;(function () { … })()`: the comment before it is the function's.
		if (type === "EmptyStatement") return [];
		const comment = source.slice(before, start);
		before = end;
		const text = source.slice(start, end);
		if (text.length < shortest || /\b(?:PureCloud|Framework)\b/.test(text)) return [];
		const isOne = isLicensed(comment) || isUniversal(text) || text.length / text.split("\n").length > widest;
		return isOne ? [{ name: nameIn(comment) ?? nameIn(text.slice(0, 300)) ?? "a library", start, end }] : [];
	});
}

function isLicensed(comment: string): boolean {
	return /\/\*!|@(?:license|preserve)\b|\blicen[cs]ed?\b/i.test(comment);
}

/** For Node, for AMD, and for a window. */
function isUniversal(text: string): boolean {
	const head = text.slice(0, 1500);
	return /typeof (?:exports|module)\b/.test(head) && /\bdefine\b/.test(head);
}

/** `/*! jQuery v3.7.1 | …`, `@license DOMPurify 3.5.0 | …`, ` * core-js 3.50.0` */
function nameIn(text: string): string | undefined {
	const comments = text.match(/\/\*[\s\S]*?\*\/|\/\/.*/g)?.join("\n") ?? "";
	const [, licensed, of] =
		/@license[\s*]+(?!MIT|Apache|BSD|ISC|MPL)([A-Za-z][\w.-]*)(?:\s+v?(\d[\w.-]*))?/i.exec(comments) ?? [];
	if (licensed) return of ? `${licensed} ${of}` : licensed;
	const [, name, version] =
		/\b(?!licen|version|copyright|Apache|MPL|MIT)([A-Za-z][\w./-]*)(?: JavaScript Library)? v?(\d+\.\d+[\w.-]*)/i.exec(
			comments,
		) ?? [];
	return name && version ? `${name} ${version}` : undefined;
}
