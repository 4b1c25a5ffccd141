/** The signed-in agent's place of work and their phone: no part of what a sign-in waits for. Rejects as `import` does. */
export function loadWorkspace(): Promise<typeof import("../shell/workspace.ts")> {
	return import("../shell/workspace.ts");
}
