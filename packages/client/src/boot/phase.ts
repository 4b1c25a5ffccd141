import type { BootDeployment } from "@inlay/contract";
import type { Workspace } from "../shell/workspace.ts";

/** Why nobody is signed in, where the person should know. */
export type SignedOutReason =
	| "Revoked"
	| "Expired"
	| "Idle"
	| "ClientDisabled"
	| "SignedOut"
	| "Refused"
	| "Denied"
	| "Blocked"
	| "Closed"
	| "Stale";

/** What the panel is doing; each has its own screen. */
export type Phase =
	| { kind: "starting" }
	/** Something outside the agent's power; `canSwitchUser` offers to sign in as somebody else. */
	| { kind: "problem"; code: string; text: string; canSwitchUser: boolean }
	| { kind: "choose"; choices: readonly BootDeployment[] }
	| { kind: "signed-out"; reason?: SignedOutReason; detail: string; byWindow: boolean; waiting: boolean }
	/** `away`: the token is over, and the workspace waits as it was for its agent to sign in again. */
	| { kind: "ready"; workspace: Workspace; away?: Away };

export interface Away {
	reason: SignedOutReason;
	/** The sign-in's window is open. */
	waiting: boolean;
}
