import { useLoaded } from "../../shell/lazy.tsx";
import type { Workspace } from "../../shell/workspace.ts";

const load = () => import("./past-calls.tsx").then(({ PastCalls }) => PastCalls);

/** Calls that are over are below what goes on, and come a moment later. */
export function LazyPastCalls({ workspace, part }: { workspace: Workspace; part: "last" | "missed" }) {
	const [Past, orWhy] = useLoaded(load, load, workspace);
	// One of the two says it.
	if (!Past) return part === "missed" ? <>{orWhy}</> : null;
	return <Past workspace={workspace} part={part} />;
}
