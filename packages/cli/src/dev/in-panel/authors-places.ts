/** Where the author of a script finds what was thrown: for what the panel tells its agent, before the dev server knows of it. */
import { authorsPlace } from "@inlay/contract/script-guards";
import { readNumber } from "../shift-columns.ts";

/** What a version brings of itself. */
export interface VersionPlaces {
	/** Names of its sources, as its author has them; of a script that is no bundle its own. */
	sources: readonly string[];
	/** Of its source map; none where its lines are the author's. */
	mappings?: string;
}

const frame = /\/script\/(\d+)\.js:(\d+):(\d+)/;

export class AuthorsPlaces {
	readonly #versions = new Map<number, VersionPlaces>();

	add(version: number, places: VersionPlaces): void {
		this.#versions.set(version, places);
	}

	/** Writes it to what was thrown; whatever cannot be written to stays as it is. */
	mark(thrown: unknown, stack: string | undefined): void {
		const place = this.of(stack);
		if (place === undefined || !(thrown instanceof Error) || Object.hasOwn(thrown, authorsPlace)) return;
		Reflect.defineProperty(thrown, authorsPlace, { value: place });
	}

	/** `pop.ts:2`, of the innermost place that is in the script. */
	of(stack: string | undefined): string | undefined {
		const [, version = 0, line = 0, column = 0] = (frame.exec(stack ?? "") ?? []).map(Number);
		const places = this.#versions.get(version);
		if (!places) return undefined;
		const { sources, mappings } = places;
		const found = mappings === undefined ? { source: 0, line } : lookUp(mappings, line, column);
		return found && sources[found.source] && `${sources[found.source]}:${found.line}`;
	}
}

/** The last mapping of a line that stands in front of the column. @param line and column, counted from 1 */
function lookUp(mappings: string, line: number, column: number): { source: number; line: number } | undefined {
	let [source, original] = [0, 0];
	let found: { source: number; line: number } | undefined;
	for (const [index, segments] of mappings.split(";", line).entries()) {
		let at = 0;
		for (const segment of segments === "" ? [] : segments.split(",")) {
			const [columns = 0, sources, lines] = numbersOf(segment);
			at += columns;
			if (sources === undefined || lines === undefined) continue;
			source += sources;
			original += lines;
			if (index === line - 1 && at < column) found = { source, line: original + 1 };
		}
	}
	return found;
}

function numbersOf(segment: string): number[] {
	const numbers: number[] = [];
	for (let rest = segment; rest !== ""; ) {
		const { value, length } = readNumber(rest);
		numbers.push(value);
		rest = rest.slice(length);
	}
	return numbers;
}
