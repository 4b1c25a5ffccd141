import type { TrunkFacts } from "@inlay/contract/health/facts";
import { mostTrunkCalls } from "@inlay/contract/trunks";
import type { SipTrunks } from "./sip-trunks.ts";
import type { TrunkState } from "./trunk-settings.ts";
import type { Trunks } from "./trunks.ts";

/** What the checks look at of each trunk: how it is set, and how it stands. */
export async function trunkFacts(trunks: Pick<Trunks, "all">, lines: Pick<SipTrunks, "states">): Promise<TrunkFacts[]> {
	const states = lines.states();
	return (await trunks.all()).map(({ id, name, host, transport, enabled, encrypted, maxCalls = mostTrunkCalls }) => {
		const trouble = troubleOf(states.get(id));
		const since = states.get(id)?.fullAt;
		return {
			...{ id, name, host, transport, enabled, encrypted },
			...(trouble ? { trouble } : {}),
			...(since ? { full: { most: maxCalls, since } } : {}),
		};
	});
}

function troubleOf(status: TrunkState | undefined): TrunkFacts["trouble"] {
	if (status?.state !== "down" && status?.state !== "refused") return undefined;
	const needsPassword = status.cause === "passwordLost";
	return {
		...{ isRefused: status.state === "refused", detail: status.reason ?? "", since: status.since },
		...(needsPassword ? { needsPassword } : {}),
	};
}
