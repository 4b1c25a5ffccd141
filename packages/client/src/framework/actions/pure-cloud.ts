/** The `window.PureCloud` that scripts call (framework-contract 6). Nothing here throws into the script or returns a value. */
import type { PureCloudActions } from "@inlay/framework";
import type { CallLogs } from "../call-log/call-logs.ts";
import type { Guard } from "../guard.ts";
import { messageOf } from "../guard.ts";
import type { FrameworkLog, FrameworkSessionPort, FrameworkUiPort } from "../ports.ts";
import type { ReadyGate } from "../ready-gate.ts";
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
	gate: ReadyGate;
	subscriptions: Subscriptions;
	callLogs: CallLogs;
	transferContexts: TransferContexts;
	/** The interaction that calls without an id mean. */
	currentInteractionId: () => string | undefined;
}

/** The object for `window.PureCloud`. Calls that need the signed-in agent wait for sign-in. */
export function createPureCloud(parts: PureCloudParts): PureCloudActions {
	const act = actionRunner(parts);
	const { session, ui, guard } = parts;

	const addCustomAttributes = (given: unknown) =>
		act("addCustomAttributes", readCustomAttributes(given), async ({ interactionId, attributes }) => {
			parts.callLogs.addAttributes(interactionId, attributes);
			await session.setAttributes(interactionId, attributes);
		});

	const getTranscript = (first: unknown, second?: unknown) =>
		act("getTranscript", readTranscriptRequest(first, second), async ({ interactionId, callback }) => {
			const transcript = await session.transcript(interactionId);
			guard("getTranscript", () => callback(copyOf(transcript)));
		});

	const actions: PureCloudActions = {
		clickToDial: (given) =>
			act("clickToDial", readClickToDial(given), async ({ request, place }) => {
				if (place) await session.startInteraction(request);
				else ui.fillNewInteraction(request);
			}),
		addAssociation: (given) =>
			act("addAssociation", { given }, async () => {
				if (!parts.callLogs.addAssociation(given, parts.currentInteractionId())) invalid(parts, "addAssociation");
			}),
		addTransferContext: (given) => {
			if (parts.transferContexts.add(given)) ui.showTransferContexts(parts.transferContexts.all());
			else invalid(parts, "addTransferContext");
		},
		addCustomAttributes,
		subscribe: (given) => parts.subscriptions.add(given),
		addAttribute: () => noAction(parts, "addAttribute"),
		Interaction: {
			addCustomAttributes,
			updateState: (given) => act("updateState", readUpdateState(given), (command) => session.control(command)),
			getCurrentInteraction: () => noAction(parts, "Interaction.getCurrentInteraction"),
			Chat: { getTranscript },
		},
		User: {
			getAuthToken: (callback) =>
				act("getAuthToken", typeof callback === "function" ? callback : undefined, async () => {
					const token = await session.token();
					guard("getAuthToken", () => callback(token));
				}),
			updateStatus: (given) => act("updateStatus", readStatus(given), (status) => session.updateStatus(status)),
			setView: (given) => act("setView", readView(given), async (view) => ui.setView(view)),
			Notification: {
				notifyUser: (given) => {
					const notice = readNotice(given);
					if (notice === undefined) invalid(parts, "notifyUser");
					else ui.notify(notice);
				},
				setAudioConfiguration: (given) => ui.setAudioConfiguration(readAudio(given)),
			},
		},
	};
	return actions;
}

/** Runs an action once the agent is signed in, and says so when it cannot be understood or done. */
function actionRunner(parts: PureCloudParts) {
	return <Request extends object | string>(
		name: string,
		request: Request | undefined,
		run: (request: Request) => Promise<void>,
	): void => {
		if (request === undefined) {
			invalid(parts, name);
			return;
		}
		const taken = parts.gate.run(() => {
			run(request).catch((thrown: unknown) => failed(parts, name, thrown));
		});
		if (!taken) parts.log.warn("Too many calls before sign-in; this one is dropped", { action: name });
	};
}

function failed(parts: PureCloudParts, action: string, thrown: unknown): void {
	const message = messageOf(thrown);
	parts.log.warn("A framework action failed", { action, message });
	parts.ui.report({ code: "framework.action.failed", text: `${action}: ${message}` });
}

/** The script's author reads the log; an agent could do nothing about it. */
function invalid(parts: PureCloudParts, action: string): void {
	parts.log.warn("A framework action has unusable arguments and is ignored", {
		code: "framework.action.invalid",
		action,
	});
}

function noAction(parts: PureCloudParts, name: string): void {
	parts.log.info("This is not an action of the framework; nothing happens", { name });
}
