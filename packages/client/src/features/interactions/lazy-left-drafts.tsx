import { useLoaded } from "../../shell/lazy.tsx";
import type { Workspace } from "../../shell/workspace.ts";

const load = () => import("../../shell/left-drafts/left-drafts.tsx").then(({ LeftDrafts }) => LeftDrafts);

/** Emails that were begun and not sent: where agents look when an interaction is over. */
export function LazyLeftDrafts({ workspace }: { workspace: Workspace }) {
	const [Drafts] = useLoaded(load, load, workspace);
	return Drafts ? <Drafts workspace={workspace} /> : null;
}
