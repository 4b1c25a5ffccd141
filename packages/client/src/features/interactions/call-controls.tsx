import { Icon } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { type ControlState, controlsFor, endControl } from "./controls.ts";
import { DialPad } from "./dial-pad.tsx";
import { t } from "./strings.ts";
import { TransferDialog } from "./transfer-dialog.tsx";

/**
 * The buttons of a call. Customer scripts find them by `data-call-control` inside
 * `.interaction-call-control-container > .call-control-list` (framework-contract 11.1), so these names stay.
 */
export function CallControls({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const [keypad, setKeypad] = useState(false);
	const [transfer, setTransfer] = useState(false);
	const wanted = workspace.config.value.settings.callControls;
	const controls = controlsFor(call, wanted, (permission) => workspace.can(permission));
	const end = endControl(call, wanted);
	const act = (control: ControlState["control"]) => {
		if (control === "dtmf") setKeypad(!keypad);
		else if (control === "transfer") setTransfer(true);
		else void workspace.attempt(`${control}.${call.id}`, () => perform(workspace, call, control));
	};
	return (
		<div class="interaction-call-control-container">
			<div
				class="call-control-list"
				role="toolbar"
				data-alerting={call.state === "alerting"}
				aria-label={t("controls")}
			>
				{call.state === "alerting" && wanted.includes("pickup") && (
					<ControlButton state={{ control: "pickup", icon: "phone", label: "pickup" }} {...{ workspace, call, act }} />
				)}
				{controls.map((state) => (
					<ControlButton
						key={state.control}
						state={state.control === "dtmf" ? { ...state, on: keypad } : state}
						{...{ workspace, call, act }}
					/>
				))}
				{end && <ControlButton state={end} {...{ workspace, call, act }} />}
			</div>
			{keypad && call.state === "connected" && <DialPad workspace={workspace} call={call} />}
			{transfer && <TransferDialog workspace={workspace} call={call} onClose={() => setTransfer(false)} />}
		</div>
	);
}

function ControlButton({
	state,
	workspace,
	call,
	act,
}: {
	state: ControlState;
	workspace: Workspace;
	call: LiveInteraction;
	act: (control: ControlState["control"]) => void;
}) {
	const busy = workspace.busy.value.has(`${state.control}.${call.id}`);
	return (
		<button
			type="button"
			class="call-control"
			data-call-control={state.control}
			data-on={state.on ? "true" : undefined}
			aria-expanded={state.control === "dtmf" ? state.on === true : undefined}
			aria-disabled={busy ? "true" : undefined}
			title={t(state.label)}
			onClick={() => act(state.control)}
		>
			<span class="call-control-icon">
				<Icon name={state.icon} size={20} />
			</span>
			<span class="call-control-label">{t(state.label)}</span>
		</button>
	);
}

async function perform(workspace: Workspace, call: LiveInteraction, control: ControlState["control"]): Promise<void> {
	const { actions } = workspace.session;
	if (control === "pickup") return workspace.pickUp(call);
	if (control === "disconnect") return actions.hangUp(call);
	if (control === "mute") return actions.setMuted(call, !call.muted);
	if (control === "hold") return actions.setHeld(call, !call.held);
	if (control === "record") return actions.setRecording(call, call.recording === "none");
	if (control === "securePause") return actions.setSecurePause(call, call.recording !== "paused");
	if (control === "flag") return actions.setFlag(call, !call.flagged);
}
