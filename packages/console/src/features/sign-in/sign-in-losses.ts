import { type Loss, lossOf, removed } from "../../session/losses.ts";
import { linesOf, type SignInForm } from "./sign-in-form.ts";

/** What new rules of signing in take from people, by the name of its text. */
export type SignInLoss =
	| "losesFactor"
	| "losesAdministratorsFactor"
	| "losesEverywhere"
	| "losesNetworks"
	| "losesPasswords"
	| "losesIdle"
	| "losesDays";

/** What a save of the rules takes: a second factor asked for, fewer networks, older passwords, shorter sessions. */
export function signInLosses(before: SignInForm, after: SignInForm): Array<Loss<SignInLoss>> {
	const found: Array<Loss<SignInLoss>> = [...networkLosses(before, after)];
	const add = (code: SignInLoss, holds: boolean) => holds && found.push({ code, names: [] });
	const demands = before.demandedOf !== after.demandedOf;
	add("losesFactor", demands && after.demandedOf === "everybody");
	add("losesAdministratorsFactor", before.demandedOf === "nobody" && after.demandedOf === "administrators");
	add("losesPasswords", isSooner(before.requirements.expirationDays, after.requirements.expirationDays));
	add("losesIdle", isSooner(idleOf(before), idleOf(after)));
	add("losesDays", isSooner(before.sessionDays, after.sessionDays));
	return found;
}

/** An empty list lets everybody in, so the first entry shuts the rest out. */
function networkLosses(before: SignInForm, after: SignInForm): Array<Loss<SignInLoss>> {
	const [was, is] = [linesOf(before.networks), linesOf(after.networks)];
	if (is.length === 0) return [];
	return was.length === 0 ? lossOf("losesEverywhere", is) : lossOf("losesNetworks", removed(was, is));
}

function idleOf({ idles, idleMinutes }: SignInForm): string {
	return idles ? idleMinutes : "0";
}

/** Whether something ends earlier than before; 0 is never. */
function isSooner(before: string, after: string): boolean {
	const [was, is] = [Number(before), Number(after)];
	return is > 0 && (was === 0 || is < was);
}
