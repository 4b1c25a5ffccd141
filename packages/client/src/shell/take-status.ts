import type { PresenceChoice } from "../session/presence-store.ts";
import type { Workspace } from "./workspace.ts";

/** A status was taken. */
export interface Taken {
	/** What the agent is warned of, once that is known: a phone that connects is waited for. */
	warning: Promise<string | undefined>;
}

/**
 * Takes a status, whoever chose it. Before On Queue, phone and microphone are tried, and the agent is told at once what the
 * next call would fail at, until that is mended. They go on queue all the same: a headset may be on its way. Rejects as
 * `choose` does.
 *
 * @param mayAsk the agent is there to answer the browser's question for the microphone; a script's wish would wait for it
 */
export async function takeStatus(workspace: Workspace, choice: PresenceChoice, mayAsk = true): Promise<Taken> {
	const { presence } = workspace.session;
	const isWanted = presence.wish(choice);
	const isOnQueue = choice.system === "ON_QUEUE";
	if (isOnQueue) await tryMicrophone(workspace, mayAsk);
	// While the browser asked for the microphone, another one was taken.
	if (!isWanted()) return { warning: nothing };
	await presence.choose(choice);
	return { warning: isOnQueue ? tell(workspace, isWanted) : nothing };
}

const nothing = Promise.resolve(undefined);

async function tryMicrophone({ session, phone, inCall }: Workspace, mayAsk: boolean): Promise<void> {
	const isAsked = mayAsk || !phone.isUnasked;
	if (session.station.isWebRtc.peek() && !inCall.peek() && isAsked) await phone.allowMicrophone();
}

/** No part of what a sign-in waits for. Where it cannot be loaded, the line of readiness says it alone. */
function tell(workspace: Workspace, isWanted: () => boolean): Promise<string | undefined> {
	return import("./tell-hindrance.ts").then(
		({ tellHindrance }) => tellHindrance(workspace, isWanted),
		() => undefined,
	);
}
