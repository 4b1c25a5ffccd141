import { t } from "../phone/strings.ts";
import type { PresenceChoice } from "../session/presence-store.ts";
import type { Workspace } from "./workspace.ts";

/** What does not keep a call from ringing here. */
const goodEnough: ReadonlySet<string> = new Set(["ready", "readyOffQueue", "elsewhere", "notResponding"]);

/**
 * Takes a status that the agent chose. Before On Queue, phone and microphone are tried, and the agent is told at once what
 * the next call would fail at. They go on queue all the same: a headset may be on its way. Rejects as `choose` does.
 */
export async function takeStatus(workspace: Workspace, choice: PresenceChoice): Promise<void> {
	const { session, phone, toasts } = workspace;
	if (choice.system === "ON_QUEUE") {
		if (session.station.isWebRtc.peek() && !workspace.inCall.peek()) await phone.allowMicrophone();
		const readiness = phone.readiness.peek();
		if (!goodEnough.has(readiness)) toasts.show({ tone: "warn", text: t(readiness) }, 10_000);
	}
	await session.presence.choose(choice);
}
