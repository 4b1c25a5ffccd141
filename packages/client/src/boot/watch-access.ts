import type { SessionTimes } from "@inlay/contract";
import { effect } from "@preact/signals";
import type { Session } from "../session/session.ts";
import { fetchAccess } from "./boot-client.ts";
import type { Door, Problem } from "./entering.ts";

const accessEveryMs = 30_000;
/** What an agent may do is looked up within this after it was changed (agent-features 0.1-3 allows 5 s). */
const rightsWithinMs = 2_000;

/**
 * Looks whether one may still be here when the deployment has changed, and now and then: a right can be taken away, too.
 * @returns the way to stop
 */
export function watchAccess(
	door: Door,
	session: Session,
	hears: {
		refused: (problem: Problem) => void;
		times: (times: SessionTimes) => void;
		/** The version of the script that is the agent's now. */
		script: (version: number) => void;
	},
): () => void {
	const look = async () => {
		const token = door.token();
		if (!token) return;
		const access = await fetchAccess(door.url, door.deployment, token).catch(() => undefined);
		if (!access || door.token() !== token) return;
		if (access.script !== undefined) hears.script(access.script);
		if (!access.allowed) hears.refused(access.problem);
		else if (access.session) hears.times(access.session);
	};
	const timer = setInterval(() => document.hidden || void look(), accessEveryMs);
	const stop = effect(() => {
		if (session.deploymentChanges.value > 0) void look();
	});
	let soon: ReturnType<typeof setTimeout> | undefined;
	const stopRights = effect(() => {
		if (session.rightsChanges.value === 0) return;
		clearTimeout(soon);
		// Not all panels at once: a role may be everybody's.
		soon = setTimeout(() => void look(), Math.random() * rightsWithinMs);
	});
	return () => {
		clearInterval(timer);
		clearTimeout(soon);
		stop();
		stopRights();
	};
}
