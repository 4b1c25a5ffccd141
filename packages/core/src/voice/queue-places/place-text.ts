import type { QueuePlace } from "./queue-places.ts";

/** What a caller hears of how they stand. */
export function placeText({ place, waitSeconds }: QueuePlace): string {
	const where = place === 1 ? "You are next in line." : `You are number ${inWords(place)} in line.`;
	return waitSeconds === undefined ? where : `${where} ${waitText(waitSeconds)}`;
}

function waitText(seconds: number): string {
	const minutes = Math.ceil(seconds / 60);
	if (minutes <= 1) return "Somebody will be with you in about a minute.";
	if (minutes <= 60) return `Somebody will be with you in about ${inWords(minutes)} minutes.`;
	return "It may take more than an hour until somebody is with you.";
}

const small = [
	...["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
	...["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
];
const tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/** The voice reads digits one by one, as of a phone number. */
function inWords(count: number): string {
	if (count >= 100) return String(count);
	if (count < small.length) return small[count] ?? "";
	return [tens[Math.floor(count / 10)], count % 10 === 0 ? "" : small[count % 10]].join(" ").trim();
}
