import { type Random, seededRandom } from "./random.ts";

/** What came of a call. */
export type Ending = "taken" | "abandoned" | "missed" | "transferred" | "outbound" | "busy" | "colleague";

/** A call of the past, before it is played; times in ms. */
export interface Story {
	ending: Ending;
	startedAt: Date;
	/** By number in the lists of callers and agents. */
	customer: number;
	agent: number;
	waitedMs: number;
	talkedMs: number;
	/** Within the talk; 0 for none. */
	heldMs: number;
	workedMs: number;
	/** By number in the queue's codes. */
	code: number;
	notes?: string;
	/** By whom it was recorded. */
	recorded?: "agent" | "policy";
}

const dayMs = 86_400_000;
const seed = 20_261_126;
/** How many of each hundred end so; the rest are taken. */
const shares: ReadonlyArray<readonly [Ending, number]> = [
	["abandoned", 9],
	["missed", 8],
	["transferred", 7],
	["outbound", 14],
	["busy", 3],
	["colleague", 6],
];
const notes = [
	"Asks where the parcel is.",
	"Wants another size.",
	"The invoice is right after all.",
	"Will send a picture of the damage.",
	"Thanked us twice.",
] as const;

/**
 * Fourteen days of calls up to yesterday: more on weekdays, in the hours of an office, the same for the same day.
 * @param now today is the day that has none
 */
export function storiesBefore(now: Date, counts: { customers: number; agents: number; codes: number }): Story[] {
	const random = seededRandom(seed);
	const today = new Date(now).setHours(0, 0, 0, 0);
	const stories = Array.from({ length: 14 }, (_none, back) => today - (14 - back) * dayMs).flatMap((day) => {
		const isWeekend = [0, 6].includes(new Date(day).getDay());
		const calls = isWeekend ? random.between(3, 5) : random.between(14, 20);
		return callTimes(random, calls).map((ms) => story(random, new Date(day + ms), counts));
	});
	markRecorded(stories);
	return stories;
}

/** Between eight and eighteen; so far apart that nobody is in two calls at once. */
function callTimes(random: Random, calls: number): number[] {
	const apart = (10 * 3_600_000) / calls;
	return Array.from(
		{ length: calls },
		(_none, index) => 8 * 3_600_000 + Math.round((index + random.next() / 4) * apart),
	);
}

function story(random: Random, startedAt: Date, counts: { customers: number; agents: number; codes: number }): Story {
	const ending = endingOf(random.between(0, 99));
	const talkedMs = random.between(25, 420) * 1000;
	const note = random.one(notes);
	return {
		ending,
		startedAt,
		customer: random.between(0, counts.customers - 1),
		agent: random.between(0, counts.agents - 1),
		waitedMs: random.between(1, ending === "abandoned" ? 150 : 45) * 1000,
		talkedMs,
		heldMs: random.next() < 0.2 ? Math.round(talkedMs / 5) : 0,
		workedMs: random.between(5, 60) * 1000,
		code: random.between(0, counts.codes - 1),
		...(random.next() < 0.4 ? { notes: note } : {}),
	};
}

function endingOf(percent: number): Ending {
	let left = percent;
	for (const [ending, share] of shares) {
		if (left < share) return ending;
		left -= share;
	}
	return "taken";
}

/** The latest short ones that somebody took: they are found first, and heard to their end. The first agent records for herself. */
function markRecorded(stories: readonly Story[]): void {
	const short = stories.filter(({ ending, talkedMs }) => ending === "taken" && talkedMs < 150_000);
	for (const one of short.filter(({ agent }) => agent === 0).slice(-3)) one.recorded = "agent";
	for (const one of short.filter(({ agent }) => agent !== 0).slice(-3)) one.recorded = "policy";
}
