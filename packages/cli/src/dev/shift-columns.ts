/** The columns of a source map's mappings, moved: of each segment only its first number, a difference in Base64 VLQ, is read. */
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** Of a digit: five bits, and whether more follow. */
const more = 32;

/** @param columnOf where what stands at a line and column of the generated code goes; all count from 1 */
export function shiftColumns(mappings: string, columnOf: (line: number, column: number) => number): string {
	return mappings
		.split(";")
		.map((line, index) => shiftLine(line, (column) => columnOf(index + 1, column + 1) - 1))
		.join(";");
}

function shiftLine(line: string, columnOf: (column: number) => number): string {
	if (line === "") return line;
	let [column, last] = [0, 0];
	const shifted = line.split(",").map((segment) => {
		const first = readNumber(segment);
		column += first.value;
		const moved = columnOf(column);
		const text = writeNumber(moved - last) + segment.slice(first.length);
		last = moved;
		return text;
	});
	return shifted.join(",");
}

/** The number at the start of a text, and how many characters it takes. */
export function readNumber(text: string): { value: number; length: number } {
	let [bits, length, digit] = [0, 0, more];
	while (digit & more) {
		digit = digits.indexOf(text[length] ?? "A");
		bits += (digit & (more - 1)) << (5 * length);
		length += 1;
	}
	return { value: bits & 1 ? -(bits >> 1) : bits >> 1, length };
}

function writeNumber(value: number): string {
	let bits = value < 0 ? (-value << 1) | 1 : value << 1;
	let text = "";
	do {
		const rest = bits >> 5;
		text += digits[(bits & (more - 1)) | (rest > 0 ? more : 0)];
		bits = rest;
	} while (bits > 0);
	return text;
}
