import "./alert-bar.css";
import { Button, Icon, oneLine } from "@inlay/ui";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t as phoneText } from "../phone/strings.ts";
import { isWritten, type LiveInteraction } from "../session/interaction.ts";
import { t as ofAlert } from "./alert-strings.ts";
import { t } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

interface Words {
	from: AlertText;
	what: AlertText;
}

type AlertText = Parameters<typeof ofAlert>[0];

/** What it is, and whom it is from. */
const words: Partial<Record<LiveInteraction["media"], Words>> & { call: Words } = {
	call: { from: "incomingFrom", what: "incomingCall" },
	callback: { from: "callbackFor", what: "callbackDue" },
	message: { from: "messageFrom", what: "messageWaits" },
	email: { from: "emailFrom", what: "emailWaits" },
};

/** A click this soon after a ring was meant for what stood there before, ms. */
const settleMs = 500;

/**
 * Who is ringing, with Answer and Decline, below whatever view is open: nothing that somebody is about to click moves, and
 * a click that was on its way hits nothing. Spoken at once to screen readers.
 * Where the interaction itself is open below with the same buttons, only the spoken part remains.
 */
export function AlertBar({ workspace }: { workspace: Workspace }) {
	const ringing = workspace.alerting.value;
	const busy = workspace.busy.value;
	const second = workspace.inCall.value;
	const isConnecting = ringing !== undefined && workspace.phone.states.value.get(ringing.id) === "connecting";
	// While the note of one that is over is typed, that one is open in its place.
	const isShown = workspace.selectedId.value === ringing?.id && !workspace.typing.value;
	const open = workspace.view.value === "interactions" && isShown;
	const { from, what } = words[ringing?.media ?? "call"] ?? words.call;
	const isMessage = isWritten(ringing);
	if (ringing && open) {
		return (
			<div class="alert-place ui-hidden" aria-live={second ? "polite" : "assertive"}>
				{ofAlert(from, { name: workspace.nameOf(ringing) })}
			</div>
		);
	}
	return (
		<div class="alert-place" aria-live={second ? "polite" : "assertive"}>
			{ringing && (
				<section
					class="alert-bar"
					aria-label={ofAlert(what)}
					data-interaction={ringing.id}
					data-second={second ? "true" : undefined}
				>
					<span class="alert-icon">
						<Icon name={isMessage ? "message" : "phone"} size={20} />
					</span>
					<div class="alert-text">
						<span class="ui-hidden">{ofAlert(from, { name: workspace.nameOf(ringing) })}</span>
						<strong class="ui-clip alert-name" aria-hidden="true">
							<bdi>{workspace.nameOf(ringing) || ofAlert(what)}</bdi>
						</strong>
						<span class="ui-clip alert-line">
							<bdi>
								{oneLine([addressBeside(workspace, ringing), workspace.ui.queueName(ringing)]) || ofAlert(what)}
							</bdi>
						</span>
						{second && !isMessage && <span class="alert-line">{ofAlert("secondCall")}</span>}
					</div>
					<Settling key={ringing.id}>
						<Button
							kind="good"
							icon={isMessage ? "message" : "phone"}
							data-call-control="pickup"
							busy={busy.has(`pickup.${ringing.id}`) || isConnecting}
							onClick={() => void workspace.attempt(`pickup.${ringing.id}`, () => workspace.calls.pickUp(ringing))}
						>
							{isConnecting ? phoneText("connecting") : isMessage ? ofAlert("accept") : t("answer")}
						</Button>
						<Button
							icon={isMessage ? "close" : "hangup"}
							data-call-control="disconnect"
							busy={busy.has(`disconnect.${ringing.id}`)}
							onClick={() => void workspace.attempt(`disconnect.${ringing.id}`, () => workspace.calls.hangUp(ringing))}
						>
							{ofAlert("decline")}
						</Button>
					</Settling>
				</section>
			)}
		</div>
	);
}

/** Takes no clicks for a moment; keys, and screen readers' presses, are meant for it from the first. */
export function Settling({ children }: { children: ComponentChildren }) {
	const [settled, setSettled] = useState(false);
	useEffect(() => {
		const timer = setTimeout(() => setSettled(true), settleMs);
		return () => clearTimeout(timer);
	}, []);
	return (
		// A press takes the focus from no field: what is open by it would change below the pointer.
		// biome-ignore lint/a11y/noStaticElementInteractions: it acts on nothing, the buttons in it do
		<div
			class="alert-actions"
			data-settling={settled ? undefined : "true"}
			onMouseDown={(event) => event.preventDefault()}
		>
			{children}
		</div>
	);
}

/** The number, where a name stands in its place above. */
function addressBeside(workspace: Workspace, { remoteName, remoteAddress }: LiveInteraction): string {
	return remoteName === remoteAddress ? "" : workspace.numbers.show(remoteAddress);
}
