/** The `window.PureCloud` that scripts call (framework-contract 6). Nothing here throws into the script or returns a value. */
import type { InlayApi, PureCloudActions } from "@inlay/framework";
import type { CallLogs } from "../call-log/call-logs.ts";
import { mostAssociated } from "../call-log/store.ts";
import type { Guard } from "../guard.ts";
import { messageOf } from "../guard.ts";
import type { Wish } from "../inlay/ask.ts";
import { type KeptWish, keptWish, repeatWish } from "../kept-wishes.ts";
import type { FrameworkLog, FrameworkSessionPort, FrameworkUiPort, Timers } from "../ports.ts";
import { patienceMs, type ReadyGate, type TooEarly } from "../ready-gate.ts";
import { copyOf, type Subscriptions } from "../subscriptions.ts";
import type { TransferContexts } from "../transfer-contexts.ts";
import {
	readAudio,
	readClickToDial,
	readCustomAttributes,
	readNotice,
	readStatus,
	readTranscriptRequest,
	readUpdateState,
	readView,
} from "./read-requests.ts";

export interface PureCloudParts {
	session: FrameworkSessionPort;
	ui: FrameworkUiPort;
	log: FrameworkLog;
	guard: Guard;
	timers: Timers;
	/** Opens for an agent. */
	agentGate: ReadyGate;
	/** Opens once calls and statuses are known as well. */
	listsGate: ReadyGate;
	subscriptions: Subscriptions;
	callLogs: CallLogs;
	transferContexts: TransferContexts;
	/** The interaction that calls without an id mean. */
	currentInteractionId: () => string | undefined;
	/** The deployment keeps the token from scripts. */
	withholdsToken?: () => boolean;
	/** The origin of the page that asks, where it is not the script. */
	host?: string | undefined;
}

type PureCloud = PureCloudActions & { Inlay: InlayApi };

/** `window.PureCloud` of the page of an origin; without one, the script's. */
export type PureCloudOf = (host?: string) => PureCloud;

/** Each is made once. */
export function pureClouds(parts: PureCloudParts): PureCloudOf {
	const made = new Map<string | undefined, PureCloud>();
	return (host) => {
		const known = made.get(host) ?? createPureCloud({ ...parts, host });
		made.set(host, known);
		return known;
	};
}

/** The object for `window.PureCloud`. What the panel cannot do yet waits its turn, or is refused aloud. */
function createPureCloud(parts: PureCloudParts): PureCloud {
	const act = actionRunner(parts, parts.listsGate);
	const actAsAgent = actionRunner(parts, parts.agentGate);
	const { session, ui, guard } = parts;

	const addCustomAttributes = (given: unknown) =>
		act("addCustomAttributes", given, readCustomAttributes(given), async ({ interactionId, attributes }) => {
			parts.callLogs.addAttributes(interactionId, attributes);
			await session.setAttributes(interactionId, attributes);
		});

	const getTranscript = (first: unknown, second?: unknown) =>
		act("getTranscript", first, readTranscriptRequest(first, second), async ({ interactionId, callback }) => {
			const transcript = await session.transcript(interactionId);
			guard("getTranscript", () => callback(copyOf(transcript)));
		});

	return {
		clickToDial: (given) =>
			act("clickToDial", given, readClickToDial(given), async ({ request, place }) => {
				if (place) await session.startInteraction(request);
				else ui.fillNewInteraction(request);
			}),
		addAssociation: (given) =>
			act("addAssociation", given, { given }, async () => {
				const became = parts.callLogs.addAssociation(given, parts.currentInteractionId());
				if (became === "unusable") invalid(parts, "addAssociation");
				if (became === "full") full(parts, "addAssociation");
			}),
		addTransferContext: (given) => {
			if (parts.transferContexts.add(given, parts.currentInteractionId()))
				ui.showTransferContexts(parts.transferContexts.all());
			else invalid(parts, "addTransferContext");
		},
		addCustomAttributes,
		subscribe: (given) => void parts.subscriptions.add(given),
		addAttribute: () => noAction(parts, "addAttribute"),
		Interaction: {
			addCustomAttributes,
			updateState: (given) => act("updateState", given, readUpdateState(given), (command) => session.control(command)),
			getCurrentInteraction: () => noAction(parts, "Interaction.getCurrentInteraction"),
			Chat: { getTranscript },
		},
		User: {
			getAuthToken: (callback) =>
				actAsAgent("getAuthToken", callback, typeof callback === "function" ? callback : undefined, async () => {
					if (parts.withholdsToken?.()) return withhold(parts);
					const token = await session.token();
					guard("getAuthToken", () => callback(token));
				}),
			updateStatus: (given) =>
				act("updateStatus", given, readStatus(given), async (status) => {
					const warning = await session.updateStatus(status);
					if (warning) warn(parts, { action: "updateStatus", code: "framework.action.warning", message: warning });
				}),
			setView: (given) =>
				actAsAgent("setView", given, readView(given), async (view) => {
					if (!(await ui.setView(view))) noView(parts, view);
				}),
			Notification: {
				notifyUser: (given) => {
					const notice = readNotice(given);
					if (notice === undefined) invalid(parts, "notifyUser");
					else ui.notify(notice);
				},
				setAudioConfiguration: (given) => ui.setAudioConfiguration(readAudio(given)),
			},
		},
		Inlay: {
			version: 1,
			request: (name, data, options) => askInlay(parts, { name, data, options, host: "script" }) as Promise<never>,
		},
	};
}

/** What goes beyond the contract is loaded with the first wish. Rejects with RequestFailed. */
export async function askInlay(parts: PureCloudParts, wish: Wish): Promise<unknown> {
	const { ask } = await import("../inlay/ask.ts");
	return ask(parts, wish);
}

/** Runs an action once the gate is open, and says so when it cannot be understood or done. */
function actionRunner(parts: PureCloudParts, gate: ReadyGate) {
	return <Request extends object | string>(
		name: string,
		given: unknown,
		request: Request | undefined,
		run: (request: Request) => Promise<void>,
	): void => {
		if (request === undefined) {
			invalid(parts, name);
			return;
		}
		gate.run(
			() => {
				// What throws at once fails like any other: neither the script nor the wishes behind it are to feel it.
				const attempt = async () => run(request);
				attempt().catch((thrown: unknown) => failed(parts, name, thrown));
			},
			(why) => tooEarly(parts, name, why),
			keptWish(name, given, Date.now(), parts.host),
		);
	};
}

/**
 * Asks once more for what a page before this one was asked for. What was kept without its contents, or for too long, is
 * refused in its turn, when those who have asked may hear of it. It stays the wish of the page that asked.
 */
export function repeatWishes(parts: PureCloudParts, actionsOf: PureCloudOf, wishes: readonly KeptWish[]): void {
	for (const wish of wishes) {
		const why = wish.given === undefined ? "lost" : Date.now() - wish.askedAt > patienceMs ? "late" : undefined;
		const { host } = wish;
		const refused = why && (() => tooEarly({ ...parts, host }, wish.action, why));
		if (refused) parts.listsGate.run(refused, refused);
		else repeatWish(actionsOf(host), wish);
	}
}

function failed(parts: PureCloudParts, action: string, thrown: unknown): void {
	const message = messageOf(thrown);
	parts.ui.report({ code: "framework.action.failed", text: `${action}: ${message}`, said: message });
	tellRefused(parts, { action, code: "framework.action.failed", message });
}

/** Agents can do nothing about it: administrators are told. */
function withhold(parts: PureCloudParts): void {
	const code = "framework.token.withheld";
	const message = "The deployment gives scripts no token.";
	// The name behind it: what follows "token:" is taken for one, and out of the operator's log.
	parts.ui.report({ code, text: `${message.slice(0, -1)} (getAuthToken).` });
	tellRefused(parts, { action: "getAuthToken", code, message });
}

function tooEarly(parts: PureCloudParts, action: string, why: TooEarly): void {
	parts.ui.report({ code: "framework.action.early", text: action });
	tellRefused(parts, { action, code: "framework.action.early", message: earlyMessages[why] });
}

const earlyMessages: Record<TooEarly, string> = {
	late: "It was asked for before the panel was ready, and waited in vain.",
	many: "Too much was asked for before the panel was ready.",
	lost: "It was asked for before the panel left for the sign-in page, and the browser lets it keep nothing.",
};

/** The script's author reads the log; an agent could do nothing about it. */
function invalid(parts: PureCloudParts, action: string): void {
	refuse(parts, { action, code: "framework.action.invalid", message: "Its arguments cannot be used." });
}

/** Nobody chooses among so many. */
function full(parts: PureCloudParts, action: string): void {
	const message = `The log has ${mostAssociated} associations of this type already: this one was not added.`;
	refuse(parts, { action, code: "framework.action.failed", message });
}

/** What it needs the agent may not do, or `settings.ui` hides it. */
function noView(parts: PureCloudParts, view: string): void {
	const message = `This agent's panel has no view ${view}.`;
	refuse(parts, { action: "setView", code: "framework.view.missing", message });
}

interface Refusal {
	action: string;
	code: string;
	message: string;
}

/** Tells whoever has asked: in the console, and as {@link tellRefused}. */
function refuse(parts: PureCloudParts, refusal: Refusal): void {
	parts.log.warn("A framework action was not done", { ...refusal });
	tellRefused(parts, refusal);
}

/** By a notification that a script or page subscribes to by its name; what is reported stands in the console by that. */
function tellRefused(parts: PureCloudParts, refusal: Refusal): void {
	parts.subscriptions.emit("Notification", "actionRefused", { ...refusal, host: parts.host });
}

/** It was done, and will not do what it was asked for: the status is taken, and no call can ring. The agent has been told. */
function warn(parts: PureCloudParts, warning: { action: string; code: string; message: string }): void {
	const { host } = parts;
	parts.log.warn("A framework action was done, with a warning", warning);
	parts.subscriptions.emit("Notification", "actionWarning", { ...warning, host });
}

function noAction(parts: PureCloudParts, name: string): void {
	parts.log.info("This is not an action of the framework; nothing happens", { name });
}
