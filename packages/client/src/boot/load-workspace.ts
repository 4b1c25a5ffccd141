import { loadWorkFrame } from "../shell/work-frame.tsx";

/**
 * The signed-in agent's session, stay, place of work and phone: no part of what a sign-in waits for, and two chunks that load
 * side by side. Rejects as `import` does.
 */
export async function loadWorkspace() {
	const [{ AgentStay }, { enter }, { Session }] = await Promise.all([
		import("./agent-stay.ts"),
		import("./entering.ts"),
		import("../session/session.ts"),
	]);
	return { AgentStay, enter, Session };
}

/** Where a phone that was on the line leaves what the next page of its tab goes on with. */
export const phoneKey = "inlay.phone";

/** What takes a call up that was heard before a reload, ahead of all else. */
export const loadPhoneBefore = () => import("./phone-before.ts");

export type WorkspaceCode = Awaited<ReturnType<typeof loadWorkspace>>;

/**
 * Has all that the signed-in panel needs loaded while it is asked who that is. Whoever leaves for the sign-in page needs none
 * of it, and would wait for it: the page's few connections are taken meanwhile.
 */
export function loadAhead(): void {
	loadWorkspace().catch(() => undefined);
	loadWorkFrame().catch(() => undefined);
}
