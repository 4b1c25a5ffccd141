/** A `window.PureCloud` that records what a script asks for, and the subscriptions it makes. */
import type { SubscriptionRequest } from "@inlay/contract";
import { matchName, SUBSCRIPTION_TYPES, safeGet } from "@inlay/contract";
import type { InlayApi } from "../inlay-api.ts";
import type { PureCloudActions } from "../pure-cloud.ts";
import { createInlay, type InlayAnswers } from "./inlay-answers.ts";

/** One call: the action's name as in the contract, and its arguments. */
export interface RecordedAction {
	action: string;
	arguments: unknown[];
}

export interface Recorder {
	pureCloud: PureCloudActions & { Inlay: InlayApi };
	actions: RecordedAction[];
	subscriptions: SubscriptionRequest[];
}

/** @param hear of each action as it is asked for */
export function createRecorder(
	token: string,
	answers: InlayAnswers = {},
	hear: (action: string, given: unknown[]) => void = () => {},
): Recorder {
	const actions: RecordedAction[] = [];
	const subscriptions: SubscriptionRequest[] = [];
	const record =
		(action: string) =>
		(...given: unknown[]): void => {
			actions.push({ action, arguments: given });
			hear(action, given);
		};
	const addCustomAttributes = record("Interaction.addCustomAttributes");
	const pureCloud: Recorder["pureCloud"] = {
		clickToDial: record("clickToDial"),
		addAssociation: record("addAssociation"),
		addTransferContext: record("addTransferContext"),
		addCustomAttributes,
		addAttribute: record("addAttribute"),
		// As the panel: a list or a single one, and none that could never be called.
		subscribe: (given) => {
			subscriptions.push(...([given].flat() as SubscriptionRequest[]).filter(isUsable));
		},
		Interaction: {
			addCustomAttributes,
			updateState: record("Interaction.updateState"),
			getCurrentInteraction: record("Interaction.getCurrentInteraction"),
			Chat: { getTranscript: record("Interaction.Chat.getTranscript") },
		},
		User: {
			getAuthToken: (callback) => {
				record("User.getAuthToken")();
				callback(token);
			},
			updateStatus: record("User.updateStatus"),
			setView: record("User.setView"),
			Notification: {
				notifyUser: record("User.Notification.notifyUser"),
				setAudioConfiguration: record("User.Notification.setAudioConfiguration"),
			},
		},
		Inlay: createInlay(answers, record("Inlay.request")),
	};
	return { pureCloud, actions, subscriptions };
}

function isUsable(given: SubscriptionRequest): boolean {
	const known = matchName(SUBSCRIPTION_TYPES, safeGet(given, "type")) !== undefined;
	return known && typeof safeGet(given, "callback") === "function";
}
