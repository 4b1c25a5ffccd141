/** What came of two changes of the same thing. */
export interface Merged<Value> {
	value: Value;
	/** Both changed the same place: it holds what both wanted, or the one choice that counts, and the agent is told. */
	clash: boolean;
}

/** One stretch of the text before that was replaced. */
interface Change {
	start: number;
	end: number;
	text: string;
}

/**
 * Joins two versions of a text that both came from `base`. Changes in different places are both made; where both wrote
 * at the same place, both stand there, the other's first. Nothing that somebody typed is lost.
 */
export function mergeText(base: string, mine: string, theirs: string): Merged<string> {
	if (mine === theirs || theirs === base) return { value: mine, clash: false };
	if (mine === base) return { value: theirs, clash: false };
	const [own, other] = [changeOf(base, mine), changeOf(base, theirs)];
	// One of them has gone on from the other.
	if (own.start === other.start && own.end === other.end) {
		if (other.text.startsWith(own.text)) return { value: theirs, clash: false };
		if (own.text.startsWith(other.text)) return { value: mine, clash: false };
	}
	const isSamePlace = own.start === other.start && (own.start === own.end || other.start === other.end);
	if (own.end <= other.start && !isSamePlace) return { value: apply(apply(base, other), own), clash: false };
	if (other.end <= own.start && !isSamePlace) return { value: apply(apply(base, own), other), clash: false };
	const start = Math.min(own.start, other.start);
	const end = Math.max(own.end, other.end);
	// Each as it wanted the whole stretch to be, one below the other.
	const text = joinLines(within(base, other, start, end), within(base, own, start, end));
	return { value: apply(base, { start, end, text }), clash: true };
}

/** The shortest stretch whose replacement makes `after` of `before`; no character of two units is cut. */
function changeOf(before: string, after: string): Change {
	const most = Math.min(before.length, after.length);
	let start = 0;
	while (start < most && before[start] === after[start]) start++;
	if (isHigh(before, start - 1)) start--;
	let tail = 0;
	while (tail < most - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
	if (isHigh(before, before.length - tail - 1)) tail--;
	return { start, end: before.length - Math.max(0, tail), text: after.slice(start, after.length - Math.max(0, tail)) };
}

function isHigh(text: string, at: number): boolean {
	const unit = text.charCodeAt(at);
	return unit >= 0xd800 && unit <= 0xdbff;
}

function apply(base: string, { start, end, text }: Change): string {
	return base.slice(0, start) + text + base.slice(end);
}

function within(base: string, change: Change, start: number, end: number): string {
	return base.slice(start, change.start) + change.text + base.slice(change.end, end);
}

function joinLines(first: string, second: string): string {
	if (!first || !second) return first + second;
	return `${first.trimEnd()}\n${second.trimStart()}`;
}
