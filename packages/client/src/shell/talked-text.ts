import { formatDuration } from "@inlay/ui";
import type { RecentCall } from "../session/recent-calls.ts";

/** How long the agent talked; of a call that came back to them each of their turns: “3:10 + 0:45”. */
export function talkedText({ talkedMs = 0, turnsMs = [] }: Pick<RecentCall, "talkedMs" | "turnsMs">): string {
	if (turnsMs.length > 1) return turnsMs.map((ms) => formatDuration(ms)).join(" + ");
	return talkedMs > 0 ? formatDuration(talkedMs) : "";
}
