import type { RecentCall } from "../session/recent-calls.ts";
import { t } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** How a call ended, in a sentence for the one who reads; empty where the agent ended it and knows. */
export function outcomeSentence(workspace: Workspace, call: RecentCall): string {
	if (call.outcome === "hungUp" || call.outcome === "cancelled" || call.outcome === "transferred") return "";
	return t(`outcome_${call.outcome}`, { name: workspace.whoOf(call) || t("somebody") });
}

/** How a call ended, in a word or two for a list. */
export function outcomeWord({ outcome }: Pick<RecentCall, "outcome">): string {
	return t(`ended_${outcome}`);
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
	"ended",
	"missed",
	"declined",
	"abandoned",
]);

export function wantsRedial({ outcome, address }: Pick<RecentCall, "outcome" | "address">): boolean {
	return address !== "" && failed.has(outcome);
}
