/**
 * The events that the original's package fires into the console of Salesforce Classic (framework-contract 10), for pages that
 * ask for them by `PureCloud.Subscribe` of the type `ConsoleEvent`. Names and shapes are documented, the reasons of most are not.
 */
import { safeGet } from "@inlay/contract";

export const CONSOLE_PREFIX = "inin.salesforce.constants.consoleevent.pc.";

const ofInteractions: Readonly<Record<string, string>> = {
	connect: "INTERACTION_CONNECTED",
	disconnect: "INTERACTION_DISCONNECTED",
	acw: "ACW_COMPLETED",
};

export interface ConsoleEvent {
	/** Without its prefix. */
	name: string;
	payload: object;
}

/** What the console hears of an event of ours: `INTERACTION_EVENT` or `CLIENT_EVENT` of each, and what has a name of its own. */
export function consoleEventsOf(type: string, category: string, data: unknown): ConsoleEvent[] {
	if (type === "Notification") return [whole("CLIENT_EVENT", "notification", category, data)];
	if (type === "UserAction") return [...ofUser(category, data), whole("CLIENT_EVENT", "user_action", category, data)];
	return [...ofInteraction(category, data), whole("INTERACTION_EVENT", "interaction", category, data)];
}

function whole(name: string, reason: string, category: string, data: unknown): ConsoleEvent {
	return { name, payload: { reason, data: { category, data } } };
}

function ofUser(category: string, data: unknown): ConsoleEvent[] {
	if (category === "logout") return [{ name: "LOGGED_OUT", payload: { reason: "logged_out" } }];
	if (category !== "status") return [];
	const payload = { reason: "status_updated", status: safeGet(data, "status"), id: safeGet(data, "id") };
	return [{ name: "UPDATE_STATUS", payload }];
}

function ofInteraction(category: string, data: unknown): ConsoleEvent[] {
	const name = ofInteractions[category];
	if (name === undefined) return [];
	const interactionId = safeGet(data, "id");
	const named = (one: string) => ({ name: one, payload: { reason: one.toLowerCase(), interactionId } });
	const owesWork = category === "disconnect" && safeGet(data, "isDone") !== true;
	return [named(name), ...(owesWork ? [named("ACW_REQUIRED")] : [])];
}
