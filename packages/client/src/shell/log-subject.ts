import type { Interaction } from "@inlay/contract";
import type { LiveInteraction } from "../session/interaction.ts";
import { userOf } from "../session/participants.ts";
import { t } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** Somebody of the organization has called, or was called, in it: of a callback, that it was made. */
export function hasCalled({ source }: LiveInteraction): boolean {
	return (source.participants ?? []).some((one) => userOf(one) !== undefined && (one.calls?.length ?? 0) > 0);
}

/**
 * What an interaction's log is about (`callLog.subject`, framework-contract 5.2); of a call that never came about, what became
 * of it.
 * @param known the name by which the panel knows the other side
 * @param isAsked a colleague wanted to ask the agent about them, and they did not call by themselves
 * @param isUncalled it was for the agent to call them, and that has ended without a call
 */
export function logSubject(
	{ direction, displayAddress, name, isDisconnected, connectedTime, isMessage, isEmail, isCallback }: Interaction,
	known: string | undefined,
	outcome: LiveInteraction["outcome"] | undefined,
	isAsked = false,
	isUncalled = false,
): string {
	const who = { name: known || name || displayAddress || t("somebody") };
	if (isMessage) return t("subjectMessages", who);
	if (isEmail) return t("subjectEmail", who);
	const outbound = direction === "Outbound";
	if (isUncalled) return t("subjectNotCalled", who);
	// Whoever takes a callback, or a campaign's contact, calls them.
	if (!isDisconnected || connectedTime !== undefined)
		return t(outbound || isCallback ? "subjectOutbound" : "subjectInbound", who);
	if (outbound) return t("subjectNotReached", who);
	// Nobody missed what was asked no more, or was taken elsewhere.
	if (outcome === "withdrawn") return t("subjectAsked", who);
	if (outcome === "forwarded" || outcome === "taken") return t("subjectInbound", who);
	if (isAsked) return t(outcome === "declined" ? "subjectAskedDeclined" : "subjectAskedMissed", who);
	if (outcome === "declined") return t("subjectDeclined", who);
	return t(outcome === "abandoned" ? "subjectAbandoned" : "subjectMissed", who);
}

/**
 * The same as this panel knows the interaction.
 * @param before what was said of it until now: of one that is over it stays where it came of more than is known here now
 */
export function logSubjectIn(workspace: Workspace | undefined, interaction: Interaction, before?: string): string {
	const live = workspace?.session.conversations.find(interaction.id);
	const known = live && workspace?.nameOf(live);
	const isKept = before !== undefined && interaction.isDisconnected;
	if (isKept && !(live && workspace && (isNamed(workspace, live) || before.includes(known ?? "")))) return before;
	const isTakenAndOver = interaction.isCallback && interaction.isDisconnected && interaction.connectedTime;
	const isUncalled = Boolean(isTakenAndOver && live && !hasCalled(live));
	return logSubject(interaction, known, live?.outcome, live?.askedBy !== undefined, isUncalled);
}

/** By more than the address: names are looked up, and come later than calls do. */
function isNamed({ names }: Workspace, { remoteName, remoteAddress }: LiveInteraction): boolean {
	return remoteName !== remoteAddress || names.of(remoteAddress) !== undefined;
}
