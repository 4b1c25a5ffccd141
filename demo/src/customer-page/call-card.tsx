import { Banner, Button, Icon, TextField } from "@inlay/ui";
import { useEffect, useRef, useState } from "preact/hooks";
import { Ticker } from "../page/ticker.tsx";
import type { CustomerCall } from "./customer-call.ts";
import { Keypad } from "./keypad.tsx";
import { placeText, problemText, stateTexts, strings } from "./strings.ts";

export interface Caller {
	name: string;
	phone: string;
}

/** The card by which visitors call: a form first, the call then. */
export function CallCard({ call, service, caller }: { call: CustomerCall; service: string; caller: Caller }) {
	const state = call.state.value;
	const isRunning = state !== "idle" && state !== "ended";
	return (
		<section class="call-card" aria-labelledby="call-title" data-state={state} id="call">
			<h2 id="call-title">{strings.callTitle}</h2>
			{isRunning ? (
				<RunningCall call={call} caller={caller} />
			) : (
				<CallForm call={call} service={service} caller={caller} />
			)}
		</section>
	);
}

function CallForm({ call, service, caller }: { call: CustomerCall; service: string; caller: Caller }) {
	const [name, setName] = useState(caller.name);
	const [phone, setPhone] = useState(caller.phone);
	const start = () => void call.start({ to: service, name: name.trim(), phone: phone.trim() });
	const problem = call.problem.value;
	const hasEnded = call.state.value === "ended";
	return (
		<form
			class="ui-stack"
			onSubmit={(event) => {
				event.preventDefault();
				start();
			}}
		>
			{problem ? (
				<Banner tone="bad" urgent>
					{problemText(problem)}
				</Banner>
			) : (
				<p class="call-text" role="status">
					{call.callsBack.value ? strings.callingBack : hasEnded ? strings.ended : strings.callText}
				</p>
			)}
			<TextField label={strings.name} value={name} onInput={setName} autoComplete="name" name="name" />
			<TextField
				label={strings.phone}
				value={phone}
				onInput={setPhone}
				type="tel"
				autoComplete="tel"
				name="phone"
				hint={strings.phoneHint}
			/>
			<Button type="submit" kind="good" icon="phone" block class="call-main" data-action="call">
				{hasEnded ? strings.callAgain : strings.call}
			</Button>
		</form>
	);
}

/** Whoever waits may be called back instead. */
function CallBack({ call, caller }: { call: CustomerCall; caller: Caller }) {
	const [phone, setPhone] = useState(call.phone || caller.phone);
	const problem = call.callBackProblem.value;
	return (
		<form
			class="ui-stack"
			onSubmit={(event) => {
				event.preventDefault();
				call.callBack(phone.trim());
			}}
		>
			<TextField
				label={strings.phone}
				value={phone}
				onInput={setPhone}
				type="tel"
				name="callback-phone"
				hint={strings.callBackHint}
				{...(problem ? { error: strings.callBackFailed.replace("{text}", problem) } : {})}
			/>
			<Button type="submit" icon="clock" data-action="call-back">
				{strings.callBack}
			</Button>
		</form>
	);
}

/** … or say what it is about, where the queue takes messages. */
function LeaveMessage({ call }: { call: CustomerCall }) {
	return (
		<div class="ui-stack">
			<Button icon="mic" data-action="leave-message" onClick={() => call.leaveMessage()}>
				{strings.leaveMessage}
			</Button>
			<p class="ui-hint">{strings.leaveMessageHint}</p>
		</div>
	);
}

/** What the caller hears of it stands there, too, and changes as they move up. */
function Place({ call }: { call: CustomerCall }) {
	const place = call.place.value;
	if (!place) return null;
	return (
		<p class="ui-hint" role="status" data-place={place.place}>
			{placeText(place)}
		</p>
	);
}

/** What the caller hears and may answer by keys stands there to read, too. */
function ConsentQuestion({ call }: { call: CustomerCall }) {
	const consent = call.consent.value;
	if (!consent) return null;
	const refuse = (
		<Button data-action="consent-refuse" onClick={() => call.answerConsent("refused")}>
			{strings.consentRefuse}
		</Button>
	);
	if (consent.state !== "asked")
		return (
			<div class="ui-stack" data-consent={consent.state}>
				<p class="ui-hint" role="status">
					{consent.state === "given" ? strings.consentGiven : strings.consentRefused}
				</p>
				{consent.mayRefuse && refuse}
			</div>
		);
	return (
		<section class="ui-stack" aria-labelledby="consent" data-consent="asked">
			<p id="consent" role="status">
				{strings.consentTitle.replace("{text}", () => consent.text ?? "")}
			</p>
			<div class="call-controls">
				<Button data-action="consent-give" onClick={() => call.answerConsent("given")}>
					{strings.consentGive}
				</Button>
				{refuse}
			</div>
			<p class="ui-hint">{strings.consentHint}</p>
		</section>
	);
}

function RunningCall({ call, caller }: { call: CustomerCall; caller: Caller }) {
	const [keypadOpen, setKeypadOpen] = useState(false);
	const hangUp = useRef<HTMLDivElement>(null);
	// The button that started the call is gone: the focus goes on to the one that ends it.
	useEffect(() => hangUp.current?.querySelector("button")?.focus(), []);
	const state = call.state.value;
	const text = stateTexts[state].replace("{name}", call.agentName.value ?? strings.shopAgent);
	return (
		<div class="ui-stack">
			{call.unheard.value && !call.reconnecting.value && <Banner tone="warn">{strings.unheard}</Banner>}
			{call.reconnecting.value && (
				<Banner tone="warn" icon="offline" urgent>
					{strings.reconnecting}
				</Banner>
			)}
			{call.soundBlocked.value && (
				<Button kind="primary" icon="speaker" block onClick={() => call.turnSoundOn()}>
					{strings.soundOn}
				</Button>
			)}
			<div class="call-status">
				<span class="call-pulse" aria-hidden="true" />
				<p role="status">{call.consent.value?.state === "asked" ? strings.consentAsked : text}</p>
				{call.answeredAt.value !== undefined && <Ticker since={call.answeredAt.value} />}
			</div>
			<Place call={call} />
			<ConsentQuestion call={call} />
			<Levels call={call} />
			<div class="call-controls" ref={hangUp}>
				<Button kind="bad" icon="hangup" data-action="hangup" onClick={() => call.hangUp()}>
					{strings.hangUp}
				</Button>
				<Button
					icon={call.muted.value ? "mic-off" : "mic"}
					aria-pressed={call.muted.value}
					data-action="mute"
					onClick={() => call.toggleMute()}
				>
					{call.muted.value ? strings.unmute : strings.mute}
				</Button>
				<Button
					icon="keypad"
					aria-expanded={keypadOpen}
					data-action="keypad"
					onClick={() => setKeypadOpen(!keypadOpen)}
				>
					{strings.keypad}
				</Button>
			</div>
			{(state === "waiting" || state === "ringing") && <CallBack call={call} caller={caller} />}
			{call.mayLeaveMessage.value && <LeaveMessage call={call} />}
			{keypadOpen && <Keypad onPress={(key) => call.press(key)} />}
		</div>
	);
}

/** For the eye only: that the microphone hears something, and that something is heard. */
function Levels({ call }: { call: CustomerCall }) {
	const { own, other } = call.meter;
	return (
		<div class="levels" aria-hidden="true">
			<Icon name={call.muted.value ? "mic-off" : "mic"} size={14} />
			<Level value={call.muted.value ? 0 : own.value} name={strings.you} />
			<Icon name="speaker" size={14} />
			<Level value={other.value} name={strings.them} />
		</div>
	);
}

function Level({ value, name }: { value: number; name: string }) {
	return (
		<span class="level" title={name}>
			<span style={{ transform: `scaleX(${value.toFixed(3)})` }} />
		</span>
	);
}
