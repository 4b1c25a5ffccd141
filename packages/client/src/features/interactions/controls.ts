import { CALL_CONTROLS, type CallControl, type UiAddition, type UiPartRules } from "@inlay/contract";
import type { IconName } from "@inlay/ui";
import { recordsThemselves, type Toggle } from "../../session/call-actions.ts";
import { lackingConsent } from "../../session/consent.ts";
import { isOnlyAsked, isOver, isWritten, type LiveInteraction } from "../../session/interaction.ts";
import type { interactionTexts } from "./strings.ts";

/** All that a control may say; what one says is one of these. */
export const controlLabels = [
	...(["pickup", "accept", "decline", "disconnect", "cancel", "endMessages", "finishCallback"] as const),
	...(["mute", "unmute", "hold", "unhold", "dtmf", "transfer", "record", "stopRecord"] as const),
	...(["securePause", "secureResume", "flag", "unflag", "requestAfterCallWork", "scheduleCallback"] as const),
] satisfies readonly (keyof typeof interactionTexts.en)[];

/** A call control as it stands now. */
export interface ControlState {
	/** Name in `settings.callControls` and in `data-call-control` (framework-contract 4 and 11.1). */
	control: CallControl;
	icon: IconName;
	label: (typeof controlLabels)[number];
	/** Toggles that are on; what a click does then is what the label says. */
	on?: boolean;
	/** The permission without which it stands there and does nothing (agent-features 0.1-1). */
	missing?: string;
	/** Somebody has not agreed to be recorded: pressed all the same, the server refuses it with the same words. */
	noConsent?: boolean;
}

/** What a control turns over. */
export const toggleOf: Partial<Record<CallControl, Toggle>> = {
	mute: "muted",
	hold: "held",
	record: "recording",
	securePause: "securePause",
	flag: "flagged",
};

/** Any one of them opens the sheet; what it offers then is each one's. */
const transferPermissions = [
	...["blindTransfer", "consultTransfer"].flatMap((action) =>
		["", "Agent", "Queue", "External"].map((kind) => `conversation:communication:${action}${kind}`),
	),
	"conversation:conference:add",
];

/** Our own order, where the script wishes none. What comes and goes stands last, so that nothing else moves. */
const usual: readonly CallControl[] = [
	"pickup",
	"mute",
	"hold",
	"dtmf",
	"transfer",
	"record",
	"flag",
	"scheduleCallback",
	"securePause",
	"requestAfterCallWork",
	"disconnect",
];

/** Without these a call could neither begin nor end, whatever the script wishes. */
const always: readonly CallControl[] = ["pickup", "disconnect"];

function stateOf(control: CallControl, call: LiveInteraction): ControlState | undefined {
	switch (control) {
		case "pickup":
			return isWritten(call)
				? { control, icon: "message", label: "accept" }
				: { control, icon: "phone", label: "pickup" };
		case "disconnect":
			return endOf(call);
		case "mute":
			return {
				control,
				icon: call.muted ? "mic-off" : "mic",
				label: call.muted ? "unmute" : "mute",
				on: call.muted,
			};
		case "hold":
			return holdOf(call.held || call.isLeftOnHold === true);
		case "dtmf":
			return { control, icon: "keypad", label: "dtmf" };
		case "transfer":
			return { control, icon: "transfer", label: "transfer" };
		case "record": {
			const on = recordsThemselves(call);
			return {
				control,
				icon: "record",
				label: on ? "stopRecord" : "record",
				on,
				...(lackingConsent(call) && !on ? { noConsent: true } : {}),
			};
		}
		case "securePause": {
			// On hold, recording may rest without anybody having paused it.
			const paused = call.securePause;
			return { control, icon: "shield", label: paused ? "secureResume" : "securePause", on: paused };
		}
		case "flag":
			return { control, icon: "flag", label: call.flagged ? "unflag" : "flag", on: call.flagged };
		case "requestAfterCallWork":
			return { control, icon: "edit", label: "requestAfterCallWork", on: call.afterCallWorkAsked };
		case "scheduleCallback":
			return { control, icon: "clock", label: "scheduleCallback" };
		default:
			return undefined;
	}
}

function holdOf(on: boolean): ControlState {
	return { control: "hold", icon: on ? "play" : "hold", label: on ? "unhold" : "hold", on };
}

function endOf(call: LiveInteraction): ControlState {
	if (isWritten(call))
		return { control: "disconnect", icon: "close", label: call.state === "alerting" ? "decline" : "endMessages" };
	const ofCallback = call.media === "callback" && !call.call ? "finishCallback" : "disconnect";
	const label = call.state === "alerting" ? "decline" : call.state === "connected" ? ofCallback : "cancel";
	return { control: "disconnect", icon: "hangup", label };
}

/** Permissions of which any one opens a control; those that are not named need none. */
const gates: Partial<Record<CallControl, readonly string[]>> = {
	scheduleCallback: ["conversation:callback:create"],
	transfer: transferPermissions,
};

/** What is shown all the same, and says what it lacks: the guide's row of Record. */
const named: Partial<Record<CallControl, string>> = { record: "conversation:call:record" };

/** Whether a control means anything for the call as it is. */
function fits(control: CallControl, call: LiveInteraction): boolean {
	if (control === "pickup") return call.state === "alerting";
	// A contact that nobody has called is skipped on its card, where that may be.
	if (control === "disconnect") return !isOver(call) && !(call.isUntouched && call.state === "connected");
	if (call.state !== "connected") return false;
	const isSpoken = call.media === "call" || call.media === "callback";
	if (control === "scheduleCallback") return call.queueId !== undefined && isSpoken && !isOnlyAsked(call);
	// A callback is spoken in by its call.
	if (call.media === "callback" && control !== "transfer" && control !== "flag" && call.call?.state !== "connected")
		return false;
	if (isWritten(call)) return fitsMessages(control, call);
	if (!isSpoken) return false;
	// One at a time: whoever is consulted is asked first, and then handed the call or let go.
	if (control === "transfer" && call.isConsult) return false;
	// Who hears whom is chosen in the consult; what another call has put on hold can be taken back.
	if (control === "hold" && call.isConsult && !call.held) return false;
	// Who hears music by somebody else's doing can take nothing back.
	if (control === "hold" && call.isSilenced) return false;
	// There is nothing to keep secret where nothing is recorded or written down.
	if (control === "securePause") return call.recording !== "none" || call.transcription !== undefined;
	return control !== "requestAfterCallWork" || call.wrapupPrompt === "agentRequested";
}

/** Nobody is heard, held or recorded in them. */
function fitsMessages(control: CallControl, { wrapupPrompt }: LiveInteraction): boolean {
	if (control === "requestAfterCallWork") return wrapupPrompt === "agentRequested";
	return control === "transfer" || control === "flag";
}

/** The order that the script has given, if it has given one. */
function orderOf(wanted: readonly CallControl[]): readonly CallControl[] {
	const isUnordered = wanted.length === CALL_CONTROLS.length && wanted.every((each, at) => each === CALL_CONTROLS[at]);
	if (isUnordered) return usual;
	const [pickup, ...end] = always.filter((each) => !wanted.includes(each));
	return pickup === "pickup" ? [pickup, ...wanted, ...end] : [...wanted, ...(pickup ? [pickup] : []), ...end];
}

/** The controls that this call offers now: those that its state, the settings and the permissions allow, in their order. */
export function controlsFor(
	call: LiveInteraction,
	wanted: readonly CallControl[],
	can: (permission: string) => boolean,
): ControlState[] {
	return orderOf(wanted)
		.filter((control) => fits(control, call))
		.filter((control) => gates[control]?.some(can) ?? true)
		.flatMap((control) => stateOf(control, call) ?? [])
		.map((state) => {
			const missing = named[state.control];
			return missing === undefined || can(missing) ? state : { ...state, missing };
		});
}

/** A control that the script's policy adds. */
export interface AddedControl {
	control: string;
	added: UiAddition;
}

/** Those stand with every call that is not over yet. */
export function addedControls(call: LiveInteraction, { add }: UiPartRules): AddedControl[] {
	const here = add.filter(({ interactionId = call.id }) => interactionId === call.id);
	return isOver(call) ? [] : here.map((added) => ({ control: added.id, added }));
}
