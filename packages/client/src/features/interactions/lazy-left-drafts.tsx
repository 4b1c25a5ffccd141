import { useEffect } from "preact/hooks";
import { useLoaded } from "../../shell/lazy.tsx";
import type { Workspace } from "../../shell/workspace.ts";

const load = () => import("../../shell/left-drafts/left-drafts.tsx").then(({ LeftDrafts }) => LeftDrafts);

/** Emails that were begun and not sent: where agents look when an interaction is over. Asked for where there may be any. */
export function LazyLeftDrafts({ workspace }: { workspace: Workspace }) {
	const { desk, conversations } = workspace.session;
	const writes = conversations.listed.value.some(({ media }) => media === "email");
	useEffect(() => {
		if (writes) desk.hasDrafts.value = true;
	}, [desk, writes]);
	return desk.hasDrafts.value ? <Loaded workspace={workspace} /> : null;
}

function Loaded({ workspace }: { workspace: Workspace }) {
	const [Drafts] = useLoaded(load, load, workspace);
	return Drafts ? <Drafts workspace={workspace} /> : null;
}
