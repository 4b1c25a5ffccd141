import type { Interaction } from "@inlay/contract";
import { Button, type IconName, Select } from "@inlay/ui";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { phoneText } from "../crm/phone-numbers.ts";
import { Ticker } from "../page/ticker.tsx";
import { callerOf, goesOut, isUncalled, mediumOf } from "./caller.ts";
import { type Control, controlsOf, hasSound } from "./controls.ts";
import { stateName } from "./notices.ts";
import { statuses, strings } from "./strings.ts";
import type { Workplace } from "./workplace.ts";

/** The CRM's own view of the agent: status, the call the agent is in and the one that rings, each with its controls, all by the panel's actions. */
export function CallBar({ work }: { work: Workplace }) {
	const { running, ringing } = work.calls;
	return (
		<>
			{running.value && <CurrentCall key={running.value.id} call={running.value} work={work} />}
			{ringing.value && (
				<CurrentCall key={ringing.value.id} call={ringing.value} work={work} isSecond={running.value !== undefined} />
			)}
			<StatusChoice work={work} />
		</>
	);
}

/** A click this soon after a ring was meant for what stood there before, ms. */
const settleMs = 500;

function StatusChoice({ work }: { work: Workplace }) {
	const presence = work.status.value;
	const status = presence === "ON_QUEUE" && work.notResponding.value ? "NOT_RESPONDING" : presence;
	if (status === undefined) return <span class="signed-out">{strings.signedOut}</span>;
	const isKnown = statuses.some(({ value }) => value === status);
	const options = isKnown ? statuses : [{ value: status, text: readable(status) }, ...statuses];
	return (
		<div class="status-choice" data-status={status}>
			<span class="status-dot" aria-hidden="true" />
			<Select
				label={strings.status}
				labelHidden
				value={status}
				options={options}
				onChange={(value) => work.setStatus(value)}
			/>
		</div>
	);
}

/** @param isSecond rings while another is talked in: it hangs below the bar, which neither grows nor moves */
function CurrentCall({ call, work, isSecond }: { call: Interaction; work: Workplace; isSecond?: boolean }) {
	const [settled, setSettled] = useState(false);
	useEffect(() => {
		const timer = setTimeout(() => setSettled(true), settleMs);
		return () => clearTimeout(timer);
	}, []);
	const isRinging = call.state === "ALERTING";
	const uncalled = isUncalled(call);
	const controls = controlsOf(call);
	const place = useRef<HTMLElement>(null);
	const isInside = useRef(false);
	useLayoutEffect(() => {
		// “Answer” has gone with its press: whoever works by keyboard goes on with what stands there now.
		if (isInside.current && document.activeElement === document.body) place.current?.querySelector("button")?.focus();
	}, [controls.join()]);
	const { number: address, name } = work.calledBy(call) ?? callerOf(call);
	const number = phoneText(address);
	// How long the customer has waited counts more than how long the agent has talked.
	const since = call.remoteHeldTime ?? call.connectedTime;
	return (
		<section
			class="current-call"
			ref={place}
			onFocusIn={() => {
				isInside.current = true;
			}}
			onFocusOut={({ relatedTarget }) => {
				// A button that is taken away loses the focus to nobody.
				if (relatedTarget !== null) isInside.current = false;
			}}
			aria-label={labelOf(call)}
			data-uncalled={uncalled ? "true" : undefined}
			data-medium={mediumOf(call) === "message" ? "message" : undefined}
			data-state={call.state}
			data-second={isSecond ? "true" : undefined}
			data-settling={isRinging && !settled ? "true" : undefined}
		>
			<div class="current-call-text" role="status">
				<strong class="ui-clip">
					<bdi>{name || number || strings.unknownCaller}</bdi>
				</strong>
				<span class="ui-clip">
					{name && number && <bdi class="ui-number">{number}</bdi>} {stateName(call)}
				</span>
			</div>
			{hasSound(call) && since && <Ticker since={Date.parse(since)} />}
			<div class="current-call-controls">
				{controls.map((control) => (
					<ControlButton key={control} control={control} call={call} work={work} />
				))}
			</div>
		</section>
	);
}

function ControlButton({ control, call, work }: { control: Control; call: Interaction; work: Workplace }) {
	const { kind, icon, text } = appearanceOf(control, call);
	const act = () => {
		if (control === "open") return work.open(call);
		work.control(control === "decline" ? "disconnect" : control, call);
	};
	return (
		<Button size="small" kind={kind} icon={icon} data-crm={control} onClick={act}>
			{text}
		</Button>
	);
}

interface Appearance {
	text: string;
	icon: IconName;
	kind?: "good" | "bad";
}

function appearanceOf(control: Control, call: Interaction): Appearance {
	const { state } = call;
	const isMessage = mediumOf(call) === "message";
	// After a consult that came to nothing the agent is back, and the customer still hears music.
	const isHeld = state === "HELD" || (state === "CONNECTED" && call.remoteState === "HELD");
	const end: Appearance = isMessage
		? { kind: "bad", icon: "close", text: strings.disconnect }
		: { kind: "bad", icon: "hangup", text: strings.hangUp };
	const appearances: Record<Control, Appearance> = {
		pickup: isMessage
			? { kind: "good", icon: "message", text: strings.open }
			: { kind: "good", icon: "phone", text: strings.pickup },
		decline: { ...end, text: strings.decline },
		hold: { icon: isHeld ? "play" : "hold", text: isHeld ? strings.resume : strings.hold },
		mute: call.isMuted ? { icon: "mic", text: strings.unmute } : { icon: "mic-off", text: strings.mute },
		open: { icon: "open", text: strings.open },
		disconnect: end,
	};
	return appearances[control];
}

function labelOf(call: Interaction): string {
	const isRinging = call.state === "ALERTING";
	if (isUncalled(call)) return strings.toBeCalled;
	if (mediumOf(call) === "message") return isRinging ? strings.newMessage : strings.currentMessage;
	return isRinging && !goesOut(call) ? strings.ringingCall : strings.currentCall;
}

/** The state is the agent's own; where the customer is may differ from it. */
/** `OUT_OF_OFFICE` becomes `Out of office`. */
function readable(status: string): string {
	const words = status.toLowerCase().replaceAll("_", " ");
	return words.charAt(0).toUpperCase() + words.slice(1);
}
