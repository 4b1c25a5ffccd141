import { ApiError } from "../../kernel/http/api-error.ts";
import { isCommonPassword } from "./common-passwords.ts";

/** `PasswordRequirements` of the platform, complete. */
export interface PasswordRequirements {
	minimumLength: number;
	minimumDigits: number;
	minimumLetters: number;
	minimumUpper: number;
	minimumLower: number;
	minimumSpecials: number;
	/** A password that its owner chose stays at least so long; who must change it is not held up. */
	minimumAgeSeconds: number;
	/** After so many days the sign-in page asks for another one; 0 for never. */
	expirationDays: number;
}

/** Below it no requirement goes, whatever an organization asks for. */
export const shortestPassword = 8;
/** argon2 takes any length; a request need not. UTF-16 units. */
export const longestPassword = 256;

const yearDays = 365;

/** What an organization may ask for. */
export const requirementRanges = {
	minimumLength: [shortestPassword, 128],
	minimumDigits: [0, 20],
	minimumLetters: [0, 20],
	minimumUpper: [0, 20],
	minimumLower: [0, 20],
	minimumSpecials: [0, 20],
	minimumAgeSeconds: [0, 30 * 86_400],
	expirationDays: [0, 10 * yearDays],
} as const satisfies Record<keyof PasswordRequirements, readonly [number, number]>;

export const defaultRequirements: PasswordRequirements = {
	minimumLength: shortestPassword,
	minimumDigits: 0,
	minimumLetters: 0,
	minimumUpper: 0,
	minimumLower: 0,
	minimumSpecials: 0,
	minimumAgeSeconds: 0,
	expirationDays: 0,
};

/** What a password lacks; `count` is how many characters it takes. */
export type PasswordProblem =
	| { kind: "tooShort" | "tooLong" | "digits" | "letters" | "upper" | "lower" | "specials"; count: number }
	| { kind: "common" | "ownName" | "same" };

/** Names that a password must not be made of: of the person, and of the organization. */
export interface NamesOfPassword {
	own: readonly string[];
}

/** All that is wrong with a password; none when it is good. */
export function passwordProblems(
	password: string,
	requirements: PasswordRequirements,
	{ own }: NamesOfPassword,
): PasswordProblem[] {
	const counted = [
		problemOf("tooShort", [...password].length, requirements.minimumLength),
		problemOf("digits", count(password, /\p{Nd}/gu), requirements.minimumDigits),
		problemOf("letters", count(password, /\p{L}/gu), requirements.minimumLetters),
		problemOf("upper", count(password, /\p{Lu}/gu), requirements.minimumUpper),
		problemOf("lower", count(password, /\p{Ll}/gu), requirements.minimumLower),
		problemOf("specials", count(password, /[^\p{L}\p{Nd}]/gu), requirements.minimumSpecials),
	].flat();
	if (password.length > longestPassword) return [{ kind: "tooLong", count: longestPassword }];
	if (counted.length > 0) return counted;
	if (isCommonPassword(password)) return [{ kind: "common" }];
	return isMadeOfNames(password, own) ? [{ kind: "ownName" }] : [];
}

/** @throws ApiError 400 `invalid.password`, naming the field once for each thing that the password lacks */
export function refusePassword(problems: readonly PasswordProblem[], fieldName: string): void {
	if (problems.length === 0) return;
	const text = problems.map((problem) => sentences[problem.kind]).join(" ");
	const counts = problems.flatMap((problem) => ("count" in problem ? [[problem.kind, String(problem.count)]] : []));
	throw new ApiError(400, "invalid.password", `${fieldName}: ${text}`, {
		params: Object.fromEntries(counts),
		details: problems.map(() => ({ errorCode: "invalid.password", fieldName })),
	});
}

/** What is wrong with it, for who is no client of the API. */
export function passwordSentences(problems: readonly PasswordProblem[]): string {
	const filled = (problem: PasswordProblem) => {
		const count = "count" in problem ? String(problem.count) : "";
		return sentences[problem.kind].replace(`{${problem.kind}}`, count);
	};
	return problems.map(filled).join(" ");
}

const sentences: Record<PasswordProblem["kind"], string> = {
	tooShort: "It must have at least {tooShort} characters.",
	tooLong: "It must not have more than {tooLong} characters.",
	digits: "It must have at least {digits} digits.",
	letters: "It must have at least {letters} letters.",
	upper: "It must have at least {upper} capital letters.",
	lower: "It must have at least {lower} small letters.",
	specials: "It must have at least {specials} characters that are neither letters nor digits.",
	common: "It is among those that are guessed first.",
	ownName: "It is made of the person's or the organization's own name.",
	same: "It is the one that was used until now.",
};

function problemOf(
	kind: "tooShort" | "digits" | "letters" | "upper" | "lower" | "specials",
	found: number,
	least: number,
): PasswordProblem[] {
	return found < least ? [{ kind, count: least }] : [];
}

function count(password: string, what: RegExp): number {
	return password.match(what)?.length ?? 0;
}

/** Names too short to be seen in a password are left alone: Jo may use a "jo". */
const shortestName = 3;
/** What stands beside the names must be worth something by itself. */
const fewestBeside = 6;

/** A password that is little more than names; one that has a name somewhere in it is nobody's concern. */
function isMadeOfNames(password: string, names: readonly string[]): boolean {
	const words = [...new Set(names.flatMap(wordsOf))].sort((a, b) => b.length - a.length);
	const lower = password.toLowerCase();
	const rest = words.reduce((text, word) => text.replaceAll(word, ""), lower);
	return rest !== lower && [...rest].length < fewestBeside;
}

/** A name whole, without its gaps, and word by word; of an address what stands before the @ too. */
function wordsOf(name: string): string[] {
	const lower = name.toLowerCase().trim();
	const parts = lower.split(/[^\p{L}\p{Nd}]+/u);
	return [lower, lower.split("@")[0] ?? "", parts.join(""), ...parts].filter((word) => word.length >= shortestName);
}
