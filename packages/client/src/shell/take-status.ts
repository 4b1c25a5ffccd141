import { t } from "../phone/strings.ts";
import type { PresenceChoice } from "../session/presence-store.ts";
import type { Workspace } from "./workspace.ts";

/** What does not keep a call from ringing here. */
const goodEnough: ReadonlySet<string> = new Set(["ready", "readyOffQueue", "elsewhere", "notResponding"]);

/**
 * Takes a status, whoever chose it. Before On Queue, phone and microphone are tried, and the agent is told at once what the
 * next call would fail at. They go on queue all the same: a headset may be on its way. Rejects as `choose` does.
 *
 * @param mayAsk the agent is there to answer the browser's question for the microphone; a script's wish would wait for it
 * @returns what the agent was warned of
 */
export async function takeStatus(
	workspace: Workspace,
	choice: PresenceChoice,
	mayAsk = true,
): Promise<string | undefined> {
	const { presence } = workspace.session;
	const isWanted = presence.wish(choice);
	const warning = choice.system === "ON_QUEUE" ? await warningOf(workspace, mayAsk) : undefined;
	// While the browser asked for the microphone, another one was taken.
	if (!isWanted()) return undefined;
	if (warning) workspace.toasts.show({ tone: "warn", text: warning }, 10_000);
	await presence.choose(choice);
	return warning;
}

async function warningOf({ session, phone, inCall }: Workspace, mayAsk: boolean): Promise<string | undefined> {
	const isAsked = mayAsk || !phone.isUnasked;
	if (session.station.isWebRtc.peek() && !inCall.peek() && isAsked) await phone.allowMicrophone();
	const readiness = phone.readiness.peek();
	return goodEnough.has(readiness) ? undefined : t(readiness);
}
