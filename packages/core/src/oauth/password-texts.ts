import type { PasswordProblem, PasswordRequirements } from "../users/sign-in/password-policy.ts";
import { counted, type SignInStrings } from "./page/strings.ts";

const texts = {
	tooShort: "ruleLength",
	tooLong: "tooLong",
	digits: "ruleDigits",
	letters: "ruleLetters",
	upper: "ruleUpper",
	lower: "ruleLower",
	specials: "ruleSpecials",
	common: "common",
	ownName: "ownName",
	same: "same",
} as const satisfies Record<PasswordProblem["kind"], keyof SignInStrings>;

/** What an organization asks of a password, one sentence each. */
export function requirementTexts(strings: SignInStrings, requirements: PasswordRequirements): string[] {
	const counts: PasswordProblem[] = [
		{ kind: "tooShort", count: requirements.minimumLength },
		{ kind: "digits", count: requirements.minimumDigits },
		{ kind: "letters", count: requirements.minimumLetters },
		{ kind: "upper", count: requirements.minimumUpper },
		{ kind: "lower", count: requirements.minimumLower },
		{ kind: "specials", count: requirements.minimumSpecials },
	];
	const asked = counts.filter((each) => "count" in each && each.count > 0);
	return [...asked.map((each) => problemText(strings, each)), strings.ruleNames];
}

/** What a password lacks, as one text. */
export function problemTexts(strings: SignInStrings, problems: readonly PasswordProblem[]): string {
	return problems.map((each) => problemText(strings, each).replace(/[.!]?$/, ".")).join(" ");
}

function problemText(strings: SignInStrings, problem: PasswordProblem): string {
	const text = strings[texts[problem.kind]];
	return "count" in problem ? counted(text, problem.count, strings.language) : text;
}
