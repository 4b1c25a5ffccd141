import { formatDuration } from "@inlay/ui";
import { isOver, isWritten, type LiveInteraction } from "../../session/interaction.ts";
import { looksLikeNumber } from "../../shell/numbers.ts";
import { t as ofMessages } from "./message-strings.ts";
import { t } from "./strings.ts";

/** The state in a word. */
export function stateText(call: LiveInteraction): string {
	if (call.needsWrapup) return t("wrapup");
	if (isOver(call)) return t("ended");
	if (call.voicemailId && !call.call && call.state === "alerting") return t("messageLeft");
	if (call.media === "callback" && !call.call && call.state === "alerting") return t("callbackDue");
	if (call.media === "callback" && !call.call && call.state === "connected")
		return t(call.campaign ? "previewTaken" : "callbackTaken");
	if (call.call && call.call.state !== "connected" && call.state === "connected") return t("contacting");
	if (isWritten(call) && call.state === "alerting")
		return ofMessages(call.media === "email" ? "emailWaits" : "messageWaits");
	if (isWritten(call)) return ofMessages(call.state === "parked" ? "parked" : "writing");
	if (call.state === "connected")
		return call.held ? heldText(call) : (awayText(call) ?? t(isMailbox(call) ? "mailbox" : "connected"));
	return call.state === "alerting" ? t("alerting") : t("contacting");
}

/** Who is talked to just now is somebody else: where the one is whom the card names. */
function awayText({ otherAway }: LiveInteraction): string | undefined {
	if (otherAway?.kind === "left")
		return t(otherAway.isLetGo ? "otherLetGo" : "otherLeft", { name: otherAway.talksTo || t("unknown") });
	return otherAway && t(otherAway.isAsked ? "otherAsked" : "otherHeld");
}

/** Nobody has answered: what is said is recorded. */
function isMailbox({ source }: LiveInteraction): boolean {
	return (source.participants ?? []).some(({ purpose, endTime }) => purpose === "voicemail" && !endTime);
}

/** With several others, it is the agent who is away from them; one alone is on hold. */
function heldText({ source, participantId }: LiveInteraction): string {
	const others = (source.participants ?? []).filter(
		({ id, purpose, calls }) => id !== participantId && purpose !== "acd" && calls?.at(-1)?.state === "connected",
	);
	return t(others.length > 1 ? "steppedOut" : "held");
}

/**
 * How long it has rung or the agent has talked this time: what they talked in it before it came back to them, the log names
 * beside it. It stands still once the call is over; empty before anything has started.
 */
export function callClock(call: LiveInteraction, now: number): string {
	const since = call.connectedTime ?? call.startTime;
	if (!since || (isOver(call) && !call.connectedTime)) return "";
	const until = isOver(call) && call.endTime ? Date.parse(call.endTime) : now;
	return formatDuration(until - Date.parse(since));
}

/** How long the other side has been on hold this time, by the agent's own hold or in a consult; empty while they are not. */
export function holdClock({ held, startHoldTime, otherAway }: LiveInteraction, now: number): string {
	const since = held ? startHoldTime : otherAway?.kind === "held" ? otherAway.since : undefined;
	return since ? formatDuration(now - Date.parse(since)) : "";
}

/** One line of the details. */
export interface DetailLine {
	label: string;
	value: string;
}

/** Writes numbers in the reader's format. */
export type ShowNumber = (number: string) => string;

type Reader = (call: LiveInteraction, now: number, show: ShowNumber) => { label: string; value: string | undefined };

/** What the identifiers of `display.interactionDetails` mean (framework-contract 4); matched in lower case. */
const readers: Record<string, Reader> = {
	"framework.displayaddress": (call, _now, show) => ({ label: addressLabel(call), value: show(call.remoteAddress) }),
	"framework.calltimeelapsed": (call, now) => ({ label: t("detail_elapsed"), value: callClock(call, now) }),
	"framework.interactiondurationseconds": (call, now) => ({ label: t("detail_elapsed"), value: callClock(call, now) }),
	"framework.participantid": (call) => ({ label: t("detail_participant"), value: call.participantId }),
	"call.ani": (call, _now, show) => ({ label: t("detail_ani"), value: show(call.remoteAddress) }),
	"call.conversationid": (call) => ({ label: t("detail_id"), value: call.id }),
	"call.remotename": (call) => ({ label: t("detail_name"), value: call.remoteName }),
	"call.name": (call) => ({ label: t("detail_name"), value: call.remoteName }),
	"call.state": (call) => ({ label: t("detail_state"), value: stateText(call) }),
	"call.queuename": (call) => ({ label: t("detail_queue"), value: call.queueName }),
};

/** Emails, and messages by other ways than the phone, come from no number. */
function addressLabel(call: LiveInteraction): string {
	return isWritten(call) && !looksLikeNumber(call.remoteAddress) ? ofMessages("address") : t("detail_address");
}

function attributeLine(call: LiveInteraction, name: string): DetailLine | undefined {
	const wanted = name.toLowerCase();
	const all = (call.source.participants ?? []).flatMap((each) => Object.entries(each.attributes ?? {}));
	const found = all.findLast(([key]) => key.toLowerCase() === wanted);
	return found?.[1] ? { label: found[0], value: found[1] } : undefined;
}

/** The lines that a script asked for; identifiers nobody knows and values nobody has are left out. */
export function detailLines(
	call: LiveInteraction,
	identifiers: readonly string[],
	now: number,
	show: ShowNumber,
): DetailLine[] {
	return identifiers.flatMap((identifier) => {
		const key = identifier.trim().toLowerCase();
		if (key.startsWith("participant.")) return attributeLine(call, identifier.trim().slice(12)) ?? [];
		const { label, value } = readers[key]?.(call, now, show) ?? { label: "", value: undefined };
		return value ? { label, value } : [];
	});
}

/** Shown when no script asks for anything else. */
export const usualDetails = ["framework.DisplayAddress", "call.QueueName"] as const;
