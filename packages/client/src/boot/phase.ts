import type { BootDeployment } from "@inlay/contract";
import type { Signal } from "@preact/signals";
import type { SessionEnd } from "../session/session.ts";
import type { Workspace } from "../shell/workspace.ts";

/** Why nobody is signed in, where the person should know. */
export type SignedOutReason =
	| "Revoked"
	| "Ended"
	| "EndedOne"
	| "Expired"
	| "Idle"
	| "ClientDisabled"
	| "Deactivated"
	| "SignedOut"
	| "Refused"
	| "Denied"
	| "Blocked"
	| "Closed"
	| "Stale";

/** What the end of a session means for the person. */
export const reasonOf: Readonly<Record<SessionEnd, SignedOutReason>> = {
	revoked: "Revoked",
	ended: "Ended",
	"ended-one": "EndedOne",
	expired: "Expired",
	idle: "Idle",
	"client-disabled": "ClientDisabled",
	deactivated: "Deactivated",
	"signed-out": "SignedOut",
};

/** What the panel is doing; each has its own screen. */
export type Phase =
	| { kind: "starting" }
	/** Something outside the agent's power; `canSwitchUser` offers to sign in as somebody else, `comesBack`: it is looked again. */
	| { kind: "problem"; code: string; text: string; canSwitchUser: boolean; comesBack: boolean }
	| { kind: "choose"; choices: readonly BootDeployment[] }
	| { kind: "signed-out"; reason?: SignedOutReason; detail: string; byWindow: boolean; waiting: boolean }
	/** `away`: the token is over, and the workspace waits as it was for its agent to sign in again. */
	| { kind: "ready"; workspace: Workspace; away?: Away };

export interface Away {
	reason: SignedOutReason;
	/** The sign-in's window is open. */
	waiting: boolean;
}

/** Says something else of an agent who is away. False where nobody is, and nothing happens. */
export function changeAway(phase: Signal<Phase>, change: Partial<Away>): boolean {
	const now = phase.value;
	if (now.kind !== "ready" || !now.away) return false;
	phase.value = { ...now, away: { ...now.away, ...change } };
	return true;
}
