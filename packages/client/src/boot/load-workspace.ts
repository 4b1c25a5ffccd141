/** The signed-in agent's place of work and their phone: no part of what a sign-in waits for. Rejects as `import` does. */
export async function loadWorkspace() {
	const [{ Workspace }, { leavePhone, phoneBefore }] = await Promise.all([
		import("../shell/workspace.ts"),
		import("./phone-before.ts"),
	]);
	return { Workspace, leavePhone, phoneBefore };
}

export type WorkspaceCode = Awaited<ReturnType<typeof loadWorkspace>>;
