/** Where a reader stands in the log. Opaque text, ordered by the log. */
export type Position = string;

/** Every entry of a smaller transaction id lies before it, and no other. */
export function endBefore(horizon: string): Position {
	return `${horizon}.0`;
}

/** Reads a position; anything malformed means the beginning of the log. */
export function parsePosition(position: Position): [string, string] {
	const match = /^(\d{1,20})\.(\d{1,19})$/.exec(position);
	return match ? [match[1] as string, match[2] as string] : ["0", "0"];
}

/** Orders two positions: negative when `a` is older. */
export function comparePositions(a: Position, b: Position): number {
	if (a === b) return 0;
	const [ax, as] = parsePosition(a);
	const [bx, bs] = parsePosition(b);
	return compareNumbers(ax, bx) || compareNumbers(as, bs);
}

/** Of decimal digits, as text: without the cost of a BigInt for each, as sockets compare at every frame. */
function compareNumbers(a: string, b: string): number {
	const [left, right] = [withoutZeros(a), withoutZeros(b)];
	if (left.length !== right.length) return left.length - right.length;
	return left === right ? 0 : left < right ? -1 : 1;
}

function withoutZeros(digits: string): string {
	return digits.startsWith("0") ? digits.replace(/^0+/, "") : digits;
}
