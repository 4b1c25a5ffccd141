import { isConsentGiven, lackingConsent } from "../../session/consent.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./recording-strings.ts";

/** Whether those outside may be recorded, as far as a policy has them asked; undefined where nobody was. */
export function consentText(workspace: Workspace, call: LiveInteraction): string | undefined {
	const lacking = lackingConsent(call);
	if (!lacking) return isConsentGiven(call) ? t("given", { name: nameIn(workspace, call) }) : undefined;
	const name = lacking.partyId === call.outsideId ? nameIn(workspace, call) : workspace.numbers.show(lacking.name);
	return t(lacking.state, { name: name || t("somebody") });
}

function nameIn(workspace: Workspace, call: LiveInteraction): string {
	return workspace.nameOf(call) || t("somebody");
}

/** What is said as somebody is asked, and as they have answered. */
export function newsOfConsent(
	before: LiveInteraction | undefined,
	call: LiveInteraction,
	workspace: Workspace,
): string | undefined {
	const text = consentText(workspace, call);
	return before && text !== consentText(workspace, before) ? text : undefined;
}
