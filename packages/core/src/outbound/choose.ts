import { type CallableTime, isCallable, nextCallable, zoneOf } from "./callable-times.ts";
import { countedToday, dayIn, nextDay, resetZone } from "./daily.ts";
import type {
	AttemptLimitsValue,
	Contact,
	DialingMode,
	MappingFlag,
	PhoneColumn,
	RecallResult,
	SystemResult,
	Tries,
} from "./model.ts";

/** What decides whether, and at which number, a contact is called now. */
export interface Situation {
	mode: DialingMode;
	/** Columns of the campaign, the first is called first. */
	columns: ReadonlyArray<Pick<PhoneColumn, "columnName" | "callableTimeColumn">>;
	limits?: AttemptLimitsValue | undefined;
	/** Nothing limits the time where absent. */
	times?: readonly CallableTime[] | undefined;
	/** Zone of contacts that name none. */
	zone: string;
	/** Numbers that must not be called. */
	dnc: ReadonlySet<string>;
	/** Numbers that were dialled lately. */
	justDialled: ReadonlySet<string>;
	now: Date;
}

export interface ChosenNumber {
	column: string;
	number: string;
}

/**
 * `call`: its numbers, the first is to be called; in a preview the agent chooses. `later`: not before that time. `never`: not in
 * this run, and why.
 */
export type Choice =
	| { kind: "call"; numbers: ChosenNumber[] }
	| { kind: "later"; at: Date; why: SystemResult }
	| { kind: "never"; why: SystemResult };

/**
 * Attempts left, Do Not Call, time window, callability: in that order (agent-features 18, "Order per contact"). A preview needs
 * all of the contact's numbers to be callable, the other modes go number by number.
 */
export function choose(contact: Contact, allTries: Tries, situation: Situation): Choice {
	if (!contact.callable) return { kind: "never", why: "notCallable" };
	const { limits, columns, mode, now } = situation;
	const tries = countedToday(allTries, limits, now);
	const most = limits?.maxAttemptsPerContact;
	if (most !== undefined && tries.attempts >= most) {
		const zone = resetZone(limits);
		if (zone === undefined) return { kind: "never", why: "attempts" };
		return { kind: "later", at: nextDay(zone, now), why: "attempts" };
	}
	const found = columns.flatMap(({ columnName, callableTimeColumn }) => {
		const own = contact.numbers[columnName];
		if (!own) return [];
		const verdict = judge(contact, { columnName, callableTimeColumn }, tries, situation);
		return [{ column: columnName, number: own.number, verdict }];
	});
	if (found.length === 0) return { kind: "never", why: "wrongNumber" };
	// Beside the number that is asked for no other is called, as long as that can be called at all.
	const asked = found.filter((one) => one.column === tries.asked && !isOver(one.verdict));
	const looked = asked.length > 0 && mode !== "preview" ? asked : found;
	const good = looked.filter((one) => one.verdict === "now");
	// What is wrong with a number for good, or for this run, does not keep the others from being offered.
	const waiting = looked.filter((one) => one.verdict !== "now" && typeof one.verdict === "object");
	if (good.length > 0 && (mode !== "preview" || waiting.length === 0)) {
		const place = ({ column }: { column: string }) => (column === tries.asked ? -1 : countOf(tries, column));
		const order = good.toSorted((a, b) => place(a) - place(b));
		return { kind: "call", numbers: order.map(({ column, number }) => ({ column, number })) };
	}
	const later = waiting.flatMap(({ verdict }) => (typeof verdict === "object" ? [verdict] : []));
	// A preview waits for the last of its numbers, the others for the first.
	const [first] = later.toSorted((a, b) => (mode === "preview" ? -1 : 1) * (a.at.getTime() - b.at.getTime()));
	if (first) return { kind: "later", ...first };
	return { kind: "never", why: firstReason(found) };
}

const countOf = (tries: Tries, column: string) => tries.columns[column]?.count ?? 0;

type Verdict = "now" | SystemResult | { at: Date; why: SystemResult };

const isOver = (verdict: Verdict) => verdict !== "now" && typeof verdict === "string";

function judge(
	contact: Contact,
	{ columnName, callableTimeColumn }: Situation["columns"][number],
	tries: Tries,
	{ limits, times, zone, dnc, justDialled, now }: Situation,
): Verdict {
	const own = contact.numbers[columnName];
	const { count, again } = tries.columns[columnName] ?? { count: 0 };
	if (!own?.callable) return "notCallable";
	if (again === null) return "attempts";
	if (limits?.maxAttemptsPerNumber !== undefined && count >= limits.maxAttemptsPerNumber) {
		const day = resetZone(limits);
		return day === undefined ? "attempts" : { at: nextDay(day, now), why: "attempts" };
	}
	if (dnc.has(own.number)) return "dnc";
	if (again !== undefined && Date.parse(again) > now.getTime()) return { at: new Date(again), why: "attempts" };
	if (justDialled.has(own.number)) return { at: new Date(now.getTime() + sameNumberWaitMs), why: "attempts" };
	if (!times) return "now";
	const theirs = zoneOf(callableTimeColumn ? contact.data[callableTimeColumn] : undefined, zone);
	if (isCallable(times, theirs, now)) return "now";
	const opens = nextCallable(times, theirs, now);
	return opens ? { at: opens, why: "noTime" } : "noTime";
}

/** When a number that was dialled for another contact is looked at again, ms. */
const sameNumberWaitMs = 10 * 60_000;

function firstReason(found: ReadonlyArray<{ verdict: Verdict }>): SystemResult {
	for (const { verdict } of found) if (typeof verdict === "string" && verdict !== "now") return verdict;
	return "notCallable";
}

/** What an attempt came to. */
export interface Attempted {
	column: string;
	result: SystemResult;
	at: Date;
}

const recalled: Partial<Record<SystemResult, RecallResult>> = {
	busy: "busy",
	noAnswer: "noAnswer",
	machine: "answeringMachine",
};

/**
 * How far the contact has come after an attempt. Without an entry for the result the number has had its turn in this run; who was
 * talked to has had theirs with all numbers. Whoever met nobody, or whose call the server lost, is called again soon.
 */
export function afterAttempt(tries: Tries, { column, result, at }: Attempted, limits?: AttemptLimitsValue): Tries {
	const count = countOf(tries, column);
	const again = againAt(result, count, at, limits);
	return { ...tries, columns: { ...tries.columns, [column]: { count, again } } };
}

/** How soon somebody who met nobody is called again, ms. */
const apologyMs = 15 * 60_000;

function againAt(result: SystemResult, count: number, at: Date, limits?: AttemptLimitsValue): string | null {
	if (result === "abandoned" || result === "interrupted" || result === "unreachable")
		return new Date(at.getTime() + apologyMs).toISOString();
	const kind = recalled[result];
	const entry = kind && limits?.recallEntries[kind];
	if (!entry || count > entry.nbrAttempts) return null;
	return new Date(at.getTime() + entry.minutesBetweenAttempts * 60_000).toISOString();
}

/** The number is about to be dialled. */
export function withAttempt(before: Tries, column: string, at: Date, limits?: AttemptLimitsValue): Tries {
	const tries = countedToday(before, limits, at);
	const count = countOf(tries, column) + 1;
	const zone = resetZone(limits);
	// Whichever number it is: what was asked for has been done.
	return {
		attempts: tries.attempts + 1,
		columns: { ...tries.columns, [column]: { count } },
		...(zone === undefined ? {} : { day: dayIn(zone, at) }),
	};
}

/** Whether the contact is done with for this run, and what stays with contact and number, after the first wrap-up of a call. */
export function mapped(flags: readonly MappingFlag[]): { done: boolean; contact: boolean; number: boolean } {
	const contact = flags.includes("Contact_UnCallable");
	return {
		done: contact || flags.includes("Right_Party_Contact"),
		contact,
		number: flags.includes("Number_UnCallable"),
	};
}
