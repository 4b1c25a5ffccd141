import type { Interaction } from "@inlay/contract";
import { Button, Select } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import { phoneText } from "../crm/phone-numbers.ts";
import { Ticker } from "../page/ticker.tsx";
import { callerOf, isUncalled } from "./caller.ts";
import { stateNames, statuses, strings } from "./strings.ts";
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
	const isTalking = !uncalled && (call.state === "CONNECTED" || call.state === "HELD");
	const { number: address, name } = work.calledBy(call) ?? callerOf(call);
	const number = phoneText(address);
	// How long the customer has waited counts more than how long the agent has talked.
	const since = call.remoteHeldTime ?? call.connectedTime;
	return (
		<section
			class="current-call"
			aria-label={uncalled ? strings.toBeCalled : isRinging ? strings.ringingCall : strings.currentCall}
			data-uncalled={uncalled ? "true" : undefined}
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
			{isTalking && since && <Ticker since={Date.parse(since)} />}
			<div class="current-call-controls">
				{isRinging && (
					<Button kind="good" icon="phone" size="small" data-crm="pickup" onClick={() => work.control("pickup", call)}>
						{strings.pickup}
					</Button>
				)}
				{isTalking && (
					<>
						{/* Who hears whom in a consult is chosen in the panel. */}
						{(!call.isConsult || call.state === "HELD") && (
							<Button
								size="small"
								icon={call.state === "HELD" ? "play" : "hold"}
								data-crm="hold"
								onClick={() => work.control("hold", call)}
							>
								{call.state === "HELD" ? strings.resume : strings.hold}
							</Button>
						)}
						{/* Interactions do not tell whether they are muted (framework-contract 7): the button claims no state. */}
						<Button
							size="small"
							icon="mic-off"
							title={strings.muteToggle}
							data-crm="mute"
							onClick={() => work.control("mute", call)}
						>
							{strings.mute}
						</Button>
					</>
				)}
				{/* Whether a contact may be passed over, and how a callback ends, is for the panel's card. */}
				{(isRinging || !uncalled) && (
					<Button
						kind="bad"
						icon="hangup"
						size="small"
						data-crm={isRinging ? "decline" : "disconnect"}
						onClick={() => work.control("disconnect", call)}
					>
						{isRinging ? strings.decline : strings.hangUp}
					</Button>
				)}
			</div>
		</section>
	);
}

/** The state is the agent's own; where the customer is may differ from it. */
function stateName(call: Interaction): string {
	const { state, remoteState } = call;
	if (isUncalled(call)) return stateNames[call.isDialer ? "PREVIEW" : "CALLBACK"] ?? "";
	const isElsewhere = state === "CONNECTED" && remoteState !== undefined;
	return stateNames[isElsewhere ? `REMOTE_${remoteState}` : state] ?? "";
}

/** `OUT_OF_OFFICE` becomes `Out of office`. */
function readable(status: string): string {
	const words = status.toLowerCase().replaceAll("_", " ");
	return words.charAt(0).toUpperCase() + words.slice(1);
}
