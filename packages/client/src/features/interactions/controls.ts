import type { CallControl } from "@inlay/contract";
import type { IconName } from "@inlay/ui";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import type { interactionTexts } from "./strings.ts";

/** A call control as it stands now. */
export interface ControlState {
	/** Name in `settings.callControls` and in `data-call-control` (framework-contract 4 and 11.1). */
	control: CallControl;
	icon: IconName;
	label: keyof typeof interactionTexts.en;
	/** Toggles that are on; what a click does then is what the label says. */
	on?: boolean;
}

const transferPermissions = [
	"conversation:communication:blindTransfer",
	"conversation:communication:blindTransferAgent",
	"conversation:communication:blindTransferQueue",
	"conversation:communication:blindTransferExternal",
];

function stateOf(control: CallControl, call: LiveInteraction): ControlState | undefined {
	switch (control) {
		case "mute":
			return {
				control,
				icon: call.muted ? "mic-off" : "mic",
				label: call.muted ? "unmute" : "mute",
				on: call.muted,
			};
		case "hold":
			return { control, icon: call.held ? "play" : "hold", label: call.held ? "unhold" : "hold", on: call.held };
		case "dtmf":
			return { control, icon: "keypad", label: "dtmf" };
		case "transfer":
			return { control, icon: "transfer", label: "transfer" };
		case "record": {
			const on = call.recording !== "none";
			return { control, icon: "record", label: on ? "stopRecord" : "record", on: on };
		}
		case "securePause": {
			const paused = call.recording === "paused";
			return { control, icon: "shield", label: paused ? "secureResume" : "securePause", on: paused };
		}
		case "flag":
			return { control, icon: "flag", label: call.flagged ? "unflag" : "flag", on: call.flagged };
		default:
			return undefined;
	}
}

/** Permissions of which any one opens a control; those that are not named need none. */
const gates: Partial<Record<CallControl, readonly string[]>> = {
	record: ["conversation:call:record"],
	transfer: transferPermissions,
};

/** The controls beside Hang up that this call offers now: those that its state, the settings and the permissions allow. */
export function controlsFor(
	call: LiveInteraction,
	wanted: readonly CallControl[],
	can: (permission: string) => boolean,
): ControlState[] {
	if (call.media !== "call" || call.state !== "connected") return [];
	const usual: CallControl[] = ["mute", "hold", "dtmf", "transfer", "record", "securePause", "flag"];
	return (
		usual
			.filter((control) => wanted.includes(control))
			.filter((control) => gates[control]?.some(can) ?? true)
			// There is nothing to keep secret from a recording that does not run.
			.filter((control) => control !== "securePause" || call.recording !== "none")
			.flatMap((control) => stateOf(control, call) ?? [])
	);
}

/** Hang up, decline or cancel: whichever the state calls for. */
export function endControl(call: LiveInteraction, wanted: readonly CallControl[]): ControlState | undefined {
	if (isOver(call) || !wanted.includes("disconnect")) return undefined;
	if (call.state === "alerting") return { control: "disconnect", icon: "hangup", label: "decline" };
	return { control: "disconnect", icon: "hangup", label: call.state === "connected" ? "disconnect" : "cancel" };
}
