import { callerNow, type RecentCall } from "../session/recent-calls.ts";
import type { Numbers } from "./numbers.ts";
import { t as ofOutcome } from "./outcome-strings.ts";
import { t } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** How a call ended, in a sentence for the one who reads; empty where the agent ended it and knows. */
export function outcomeSentence(workspace: Workspace, call: RecentCall): string {
	const name = workspace.whoOf(call) || t("somebody");
	if (call.takenBack && call.outcome !== "hungUp") return ofOutcome(takenBackText(call.takenBack), { name });
	if (call.outcome === "hungUp" || call.outcome === "cancelled" || call.outcome === "transferred") return "";
	if (call.outcome === "taken")
		return call.answeredBy
			? ofOutcome("outcome_taken", { name, colleague: call.answeredBy })
			: ofOutcome("outcome_takenBySomebody", { name });
	if (call.about && (call.outcome === "missed" || call.outcome === "declined" || call.outcome === "abandoned")) {
		const about = workspace.whoOf(call.about) || t("somebody");
		const how = call.outcome === "declined" ? "declined" : "missed";
		return ofOutcome(`outcome_${how}${call.isInvitation ? "Invitation" : "Question"}`, { name, about });
	}
	if (call.outcome === "withdrawn" && call.isInvitation) return ofOutcome("outcome_withdrawnInvitation", { name });
	if (call.outcome === "otherHungUp" && call.hungUpBy)
		return ofOutcome("outcome_otherHungUp", { name: workspace.numbers.show(call.hungUpBy) });
	if (wasTakenOut(workspace, call)) return ofOutcome("outcome_takenOut", { name });
	return ofOutcome(`outcome_${call.outcome}`, { name });
}

/** Somebody has ended this agent's part alone: the others talk on. */
function wasTakenOut({ session }: Workspace, call: RecentCall): boolean {
	return call.outcome === "ended" && callerNow(call, session.conversations.sources.peek()) === "talks";
}

/** Why a campaign's contact is gone whom nobody has called. */
export function takenBackText({ code }: NonNullable<RecentCall["takenBack"]>) {
	if (code === "outbound.dnc") return "takenBack_dnc";
	if (code === "outbound.time.notCallable") return "takenBack_noTime";
	return code === "outbound.contact.uncallable" ? "takenBack_uncallable" : "takenBack";
}

/** How a call ended, in a word or two for a list. */
export function outcomeWord(call: { outcome: RecentCall["outcome"]; hungUpBy?: never }): string;
export function outcomeWord(call: Pick<RecentCall, "outcome" | "hungUpBy">, numbers: Pick<Numbers, "show">): string;
export function outcomeWord(
	{ outcome, hungUpBy }: Pick<RecentCall, "outcome" | "hungUpBy">,
	numbers?: Pick<Numbers, "show">,
): string {
	if (outcome === "otherHungUp" && hungUpBy)
		return ofOutcome("outcome_otherHungUp", { name: numbers?.show(hungUpBy) ?? hungUpBy });
	return ofOutcome(`ended_${outcome}`);
}

/** Outcomes after which the agent will want to call again. */
const failed: ReadonlySet<string> = new Set([
	"busy",
	"noAnswer",
	"refused",
	"unknownNumber",
	"unreachable",
	"interrupted",
	"leftPage",
	"away",
	"ended",
	"missed",
	"declined",
	"abandoned",
]);

/** A campaign's contact is called by its campaign, which knows whether it may be. */
export function wantsRedial({
	outcome,
	address,
	takenBack,
	colleagueId,
}: Pick<RecentCall, "outcome" | "address" | "takenBack" | "colleagueId">): boolean {
	return !takenBack && (address !== "" || colleagueId !== undefined) && failed.has(outcome);
}
