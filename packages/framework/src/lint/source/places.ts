/** Lines and columns of offsets, both from 1. */
export class Places {
	/** Where each line begins. */
	readonly #starts: number[] = [0];

	constructor(source: string) {
		for (const found of source.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) this.#starts.push(found.index + found[0].length);
	}

	/** @param end offset behind the last character */
	range(start: number, end: number) {
		const [from, to] = [this.#at(start), this.#at(Math.max(start, end))];
		return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
	}

	#at(offset: number): { line: number; column: number } {
		let [low, high] = [0, this.#starts.length - 1];
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.#starts[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
	}
}
