import { Icon } from "@inlay/ui";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { ShortcutAction } from "../../shell/shortcuts.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { type ControlState, controlsFor, toggleOf } from "./controls.ts";
import { DialPad } from "./dial-pad.tsx";
import { openTools } from "./open-tools.ts";
import { t } from "./strings.ts";
import { TransferDialog } from "./transfer-dialog.tsx";

/**
 * The buttons of a call. Customer scripts find them by `data-call-control` inside
 * `.interaction-call-control-container > .call-control-list` (framework-contract 11.1), so these names stay.
 */
export function CallControls({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const tools = openTools(call.id);
	const wanted = workspace.config.value.settings.callControls;
	const controls = controlsFor(call, wanted, (permission) => workspace.can(permission));
	const act = (control: ControlState["control"]) => {
		if (control === "dtmf") tools.keypad.value = !tools.keypad.value;
		else if (control === "transfer") tools.transfer.value = true;
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
				{controls.map((state) => (
					<ControlButton
						key={state.control}
						state={state.control === "dtmf" ? { ...state, on: tools.keypad.value } : state}
						{...{ workspace, call, act }}
					/>
				))}
			</div>
			{tools.keypad.value && call.state === "connected" && <DialPad workspace={workspace} call={call} />}
			{tools.transfer.value && (
				<TransferDialog
					workspace={workspace}
					call={call}
					onClose={() => {
						tools.transfer.value = false;
					}}
				/>
			)}
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
	const keys = shortcutOf[state.control] && workspace.shortcuts.map.value[shortcutOf[state.control] ?? "answer"];
	const busy = workspace.busy.value.has(`${state.control}.${call.id}`);
	return (
		<button
			type="button"
			class="call-control"
			data-call-control={state.control}
			data-on={state.on ? "true" : undefined}
			aria-expanded={state.control === "dtmf" ? state.on === true : undefined}
			aria-disabled={busy ? "true" : undefined}
			title={keys ? `${t(state.label)} (${keys})` : t(state.label)}
			aria-keyshortcuts={keys?.replace("Ctrl", "Control")}
			onClick={() => act(state.control)}
		>
			<span class="call-control-icon">
				<Icon name={state.icon} size={20} />
			</span>
			<span class="call-control-label">{t(state.label)}</span>
		</button>
	);
}

const shortcutOf: Partial<Record<ControlState["control"], ShortcutAction>> = {
	pickup: "answer",
	mute: "mute",
	hold: "hold",
	disconnect: "hangUp",
};

async function perform(workspace: Workspace, call: LiveInteraction, control: ControlState["control"]): Promise<void> {
	const { actions } = workspace.session;
	if (control === "pickup") return workspace.pickUp(call);
	if (control === "disconnect") return actions.hangUp(call);
	if (control === "requestAfterCallWork") return actions.askForAfterCallWork(call, !call.afterCallWorkAsked);
	const toggle = toggleOf[control];
	if (toggle) await actions.toggle(call, toggle);
}
