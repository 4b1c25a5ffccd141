import "./call-controls.css";
import { arrange } from "@inlay/contract";
import { Icon } from "@inlay/ui";
import type { ComponentChildren } from "preact";
import type { LiveInteraction } from "../../session/interaction.ts";
import { rightsThere } from "../../session/rights-there.ts";
import { isAskedFirst } from "../../shell/lazy-card.tsx";
import { pageNames } from "../../shell/page-names.ts";
import { type CallShortcut, subjectOf } from "../../shell/shortcuts.ts";
import { useModel } from "../../shell/use-model.ts";
import { timeFormat } from "../../shell/when-text.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { type AddedControl, addedControls, type ControlState, controlsFor, toggleOf } from "./controls.ts";
import { DialPad } from "./dial-pad.tsx";
import { LazyTransfer } from "./lazy-transfer.tsx";
import { openTools } from "./open-tools.ts";
import { t } from "./strings.ts";
import { tileWidth } from "./tile-width.ts";

/**
 * The buttons of a call. Customer scripts find them by `data-call-control` inside
 * `.interaction-call-control-container > .call-control-list` (framework-contract 11.1), so these names stay.
 */
export function CallControls({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const tools = openTools(call.id);
	const wanted = workspace.config.value.settings.callControls;
	const rules = workspace.ui.now.value.callControls;
	const rights = useModel(() => rightsThere(workspace.session));
	const offered = controlsFor(
		call,
		wanted,
		// Work is given to a queue by who may where the call is; whoever has the call may hand it on whatever division that is.
		(one) => workspace.can(one) && (one !== "conversation:callback:create" || rights.mayAsFarAsKnown(call, one)),
	);
	const controls = arrange([...offered, ...addedControls(call, rules)], rules, ({ control }) => [control]);
	const act = (control: ControlState["control"]) => {
		if (control === "dtmf") tools.keypad.value = !tools.keypad.value;
		else if (control === "transfer") tools.transfer.value = true;
		else if (control === "scheduleCallback") agreeUpon(workspace, call);
		else if (control === "disconnect" && isAskedFirst(workspace, call)) return;
		// A second press while the first is under way is a wish of its own.
		else if (toggleOf[control]) void workspace.tell(() => perform(workspace, call, control));
		else void workspace.attempt(`${control}.${call.id}`, () => perform(workspace, call, control));
	};
	return (
		<div class="interaction-call-control-container">
			<div
				class="call-control-list"
				role="toolbar"
				data-alerting={call.state === "alerting"}
				aria-label={t("controls")}
				style={{ "--tile": tileWidth(controls.flatMap(({ text }) => text ?? [])) }}
			>
				{controls.map(({ item: state, text }) => (
					<Named key={state.control} control={state.control}>
						{"added" in state ? (
							<AddedButton state={state} {...{ workspace, call, text }} />
						) : (
							<ControlButton
								state={state.control === "dtmf" ? { ...state, on: tools.keypad.value } : state}
								{...{ workspace, call, act }}
								text={state.control === "scheduleCallback" ? (text ?? madeText(workspace, call)) : text}
							/>
						)}
					</Named>
				))}
			</div>
			{tools.keypad.value && call.state === "connected" && <DialPad workspace={workspace} call={call} />}
			<LazyTransfer workspace={workspace} call={call} />
		</div>
	);
}

/** When the customer of this interaction is called back, where that is agreed upon. */
function madeText({ session }: Workspace, { id }: LiveInteraction): string | undefined {
	const made = session.callbacksMade.value.get(id);
	if (!made) return undefined;
	return t("callbackSet", { time: timeFormat({ weekday: "short" }).format(Date.parse(made.scheduledAt)) });
}

/** The feature of callbacks has the form. */
function agreeUpon(workspace: Workspace, call: LiveInteraction): void {
	const isOpen = workspace.agreeing.peek() === call.id;
	// It has one: the list shows it.
	if (workspace.session.callbacksMade.peek().has(call.id)) workspace.view.value = "callbacks";
	else workspace.agreeing.value = isOpen ? undefined : call.id;
}

/** Around it stand the names of the original's page, where the deployment asks for them. */
function Named({ control, children }: { control: string; children: ComponentChildren }) {
	const Around = pageNames.value?.Control;
	return Around ? <Around control={control}>{children}</Around> : <>{children}</>;
}

/** One name for one element: scripts click on all that have it. */
const nameOf = (control: string) => (pageNames.value ? undefined : control);

/** A button that the script adds; what it does is the script's. */
function AddedButton({
	state: { control, added },
	workspace,
	call,
	text = added.text,
}: {
	state: AddedControl;
	workspace: Workspace;
	call: LiveInteraction;
	text?: string | undefined;
}) {
	return (
		<button
			type="button"
			class="call-control"
			data-call-control={nameOf(control)}
			title={text}
			onClick={() => workspace.ui.clicked("callControls", added, call.id)}
		>
			<span class="call-control-icon">
				<Icon name="open" size={20} />
			</span>
			<span class="call-control-label">{text}</span>
		</button>
	);
}

function ControlButton({
	state,
	workspace,
	call,
	act,
	text,
}: {
	state: ControlState;
	workspace: Workspace;
	call: LiveInteraction;
	/** The policy's text for it, whatever a click does. */
	text?: string | undefined;
	act: (control: ControlState["control"]) => void;
}) {
	const keys = keysFor(workspace, call, shortcutOf[state.control]);
	const busy = workspace.busy.value.has(`${state.control}.${call.id}`);
	const label = text ?? t(state.label);
	const hint = hintOf(state, label);
	return (
		<button
			type="button"
			class="call-control"
			data-call-control={nameOf(state.control)}
			data-control={state.control}
			data-on={state.on ? "true" : undefined}
			aria-expanded={state.control === "dtmf" ? state.on === true : undefined}
			aria-disabled={busy || state.missing || state.noConsent ? "true" : undefined}
			title={keys ? `${hint} (${keys})` : hint}
			aria-label={state.missing ? hint : undefined}
			aria-keyshortcuts={keys?.replace("Ctrl", "Control")}
			onClick={() => !state.missing && act(state.control)}
		>
			<span class="call-control-icon">
				<Icon name={state.icon} size={20} />
			</span>
			<span class="call-control-label">{label}</span>
		</button>
	);
}

/** What is pressed for this call's button; nothing where the same keys are for another call. */
function keysFor(workspace: Workspace, call: LiveInteraction, action: CallShortcut | undefined): string | undefined {
	if (!action || subjectOf(workspace, action)?.id !== call.id) return undefined;
	return workspace.shortcuts.map.value[action];
}

/** What the button does, or why it does nothing. */
function hintOf({ missing, noConsent }: ControlState, label: string): string {
	if (noConsent) return `${label}: ${t("noConsent")}`;
	return missing ? t("needsPermission", { label, permission: missing }) : label;
}

const shortcutOf: Partial<Record<ControlState["control"], CallShortcut>> = {
	pickup: "answer",
	mute: "mute",
	hold: "hold",
	disconnect: "hangUp",
};

async function perform(workspace: Workspace, call: LiveInteraction, control: ControlState["control"]): Promise<void> {
	const { actions } = workspace.session;
	if (control === "pickup") return workspace.calls.pickUp(call);
	if (control === "disconnect") return workspace.calls.hangUp(call);
	if (control === "requestAfterCallWork") return actions.askForAfterCallWork(call, !call.afterCallWorkAsked);
	const toggle = toggleOf[control];
	if (toggle) await actions.toggle(call, toggle);
}
