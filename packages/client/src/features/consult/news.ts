import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { partyName } from "./party-row.tsx";
import { type Scene, sceneOf } from "./scene.ts";
import { t } from "./strings.ts";

/** What is said as a consult begins, is answered, is given up or ends: the card that shows it comes and goes. */
export function newsOfConsult(
	before: LiveInteraction | undefined,
	call: LiveInteraction,
	workspace: Workspace,
): string | undefined {
	const now = sceneOf(call);
	const was = before && sceneOf(before);
	const name = ({ name }: { name: string }) => partyName(workspace, name);
	if (now?.kind === "consult") {
		const { destination, customer } = now;
		if (destination.state === "connected")
			return was?.kind === "consult" && was.destination.state !== "connected"
				? t("reached", { name: name(destination) })
				: undefined;
		return was?.kind === "consult" ? undefined : t("asking", { name: name(destination), customer: name(customer) });
	}
	if (now?.kind === "consulted" && was?.kind !== "consulted")
		return t("consultedBy", { by: name({ name: now.by }), name: name(now.customer) });
	if (now?.kind === "invited" && was?.kind !== "invited") return invitation(workspace, now);
	if (now?.kind === "customerLeft" && was?.kind !== "customerLeft") return t("customerLeft", { name: name(now) });
	return now || call.state !== "connected" ? undefined : ended(was, name);
}

function ended(was: Scene | undefined, name: (party: { name: string }) => string): string | undefined {
	if (was?.kind === "consult" || was?.kind === "failed") return t("backWith", { name: name(was.customer) });
	return was?.kind === "consulted" ? t("yours", { name: name(was.customer) }) : undefined;
}

export function invitation(workspace: Workspace, { by, name }: { by: string; name: string }): string {
	return t("invitedBy", { by: partyName(workspace, by), name: partyName(workspace, name) });
}
