import type { LiveInteraction } from "../../session/interaction.ts";
import { useLoaded } from "../../shell/lazy.tsx";
import type { Workspace } from "../../shell/workspace.ts";
import { openTools } from "./open-tools.ts";

const load = () => import("./transfer-dialog.tsx").then(({ TransferDialog }) => TransferDialog);

/** Loaded with the card and not with the click: who types at once loses no letter. */
export function LazyTransfer({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const [Transfer, orWhy] = useLoaded(load, load, workspace);
	if (!openTools(call.id).transfer.value) return null;
	return Transfer ? <Transfer workspace={workspace} call={call} /> : <>{orWhy}</>;
}
