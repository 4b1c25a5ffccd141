import { effect, untracked } from "@preact/signals";
import type { Readiness } from "../phone/readiness.ts";
import { t } from "../phone/strings.ts";
import { until } from "../session/until.ts";
import type { Workspace } from "./workspace.ts";

/** What does not keep a call from ringing here. */
const goodEnough: ReadonlySet<Readiness> = new Set(["ready", "readyOffQueue", "elsewhere", "notResponding"]);
/** What is over by itself in a moment, as after a reload, and is told only where it is not; ms. */
const passing: ReadonlySet<Readiness> = new Set(["lineConnecting", "lineOff"]);
const passesWithinMs = 3_000;
/** How long the agent is told, unless it is mended before, ms. */
const toldMs = 10_000;
/** Of the notice, as of one that tells of an interaction. */
const aboutPhone = "phone";

/**
 * Tells an agent who goes on queue what the next call would fail at, until that is mended.
 *
 * @param isWanted they still go on queue
 * @returns what was told, if anything stands in the way
 */
export async function tellHindrance(workspace: Workspace, isWanted: () => boolean): Promise<string | undefined> {
	const { phone, session } = workspace;
	await until(() => !passing.has(phone.readiness.value), session.clock, passesWithinMs);
	const found = phone.readiness.peek();
	if (goodEnough.has(found) || !isWanted()) return undefined;
	tellWhile(workspace, found);
	return t(found);
}

/** A notice of what has been mended meanwhile would be untrue; where something else stands in the way then, that is told. */
function tellWhile(workspace: Workspace, found: Readiness): void {
	const { toasts, phone, session } = workspace;
	toasts.settle(aboutPhone);
	toasts.show({ tone: "warn", text: t(found), about: aboutPhone }, toldMs);
	const stop = effect(() => {
		const now = phone.readiness.value;
		if (now === found) return;
		stop();
		untracked(() => {
			toasts.settle(aboutPhone);
			if (!goodEnough.has(now) && !passing.has(now)) tellWhile(workspace, now);
		});
	});
	session.clock.after(toldMs, stop);
}
