import type { SipTrunks } from "./sip/sip-trunks.ts";
import type { LegEnd, Trunk, TrunkCall } from "./trunk.ts";

/**
 * The organization's way to the outside: its SIP trunks where one takes the number, otherwise whoever plays the outside for the
 * demo. Without either nobody can be called.
 */
export function routedTrunk(
	lines: Pick<SipTrunks, "takes" | "place" | "end" | "onNews">,
	simulated: Trunk | undefined,
): Trunk {
	/** Legs that are played. */
	const played = new Set<string>();
	return {
		place(call: TrunkCall) {
			if (lines.takes(call)) return lines.place(call);
			if (!simulated) throw new Error("no trunk takes this number");
			simulated.place(call);
			played.add(call.legId);
		},
		end(legId: string, why: LegEnd) {
			if (played.delete(legId)) simulated?.end(legId, why);
			else lines.end(legId, why);
		},
		onNews: (listener) => lines.onNews(listener),
	};
}
