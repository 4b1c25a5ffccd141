import type { AccessAnswer, SessionTimes } from "@inlay/contract";
import type { DeskParts } from "../desk/desk.ts";
import type { Renewal } from "../session/api.ts";
import { Session, type SessionEnd } from "../session/session.ts";
import { fetchAccess } from "./boot-client.ts";
import type { PanelUrl } from "./panel-url.ts";

/** Which deployment a token wants to enter, and where. */
export interface Door {
	url: PanelUrl;
	/** Origin of the API. */
	api: string;
	deployment: string | undefined;
	/** Version of its framework.js that the panel runs. */
	script: number;
	/** The panel runs a script of the developer's own machine instead. */
	runsOwnScript: boolean;
	/** The token as it is now; undefined once it is forgotten. */
	token: () => string | undefined;
	/** For the desk; never holds a token. */
	store: NonNullable<DeskParts["store"]>;
	/** Gets another one without a word. */
	renew: () => Promise<Renewal>;
}

export type Problem = AccessAnswer["problem"];

/** An open session; `only` where its agent may not be here: for what they have in hand, and why not for more. */
export interface Entered {
	session: Session;
	times: SessionTimes | undefined;
	/** The version of the script that is the agent's. */
	script: number | undefined;
	only?: Problem;
}

/**
 * Opens a session: both answers, who one is and whether one may, are asked for at once. A session that may not enter is
 * closed again. Rejects with ApiError.
 * @param after the session's own work begins after it
 */
export async function enter(
	door: Door,
	onEnd: (end: SessionEnd) => void,
	after?: Promise<void>,
): Promise<Entered | { refused: Problem }> {
	const [access, session] = await Promise.allSettled([
		fetchAccess(door.url, door.deployment, door.token() ?? ""),
		Session.open({
			base: door.api,
			deployment: door.deployment,
			script: door.script,
			token: door.token,
			renew: door.renew,
			onEnd,
			store: door.store,
			after,
		}),
	]);
	if (session.status === "rejected") throw session.reason;
	if (access.status === "fulfilled") {
		const { allowed, atWork, session: times, script, problem } = access.value;
		if (allowed) return { session: session.value, times, script };
		if (atWork) return { session: session.value, times, script, only: problem };
	}
	session.value.dispose();
	// Who cannot be asked about lets nobody in; the panel offers to try again.
	if (access.status === "rejected") throw access.reason;
	return { refused: access.value.problem };
}
