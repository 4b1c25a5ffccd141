import type { Definitions } from "./definitions.ts";
import type { Presence } from "./presence.ts";
import { organizationPresence, presenceDefinition, userPresence } from "./views.ts";

/** `expand=presence` of users. */
export function presenceExpander(presence: Presence) {
	return async (userIds: string[]): Promise<Map<string, unknown>> => {
		const found = await presence.find(userIds);
		return new Map([...found].map(([id, one]) => [id, userPresence(one)]));
	};
}

/** `expand=presencedefinitions` of `users/me`; the answer's key is `presenceDefinitions`. */
export function presenceDefinitionsExpander(definitions: Definitions) {
	return async (): Promise<unknown> => (await definitions.list()).map((one) => organizationPresence(one));
}

/** `expand=divisionedpresencedefinitions` of `users/me`; the answer's key is `divisionedPresenceDefinitions`. */
export function divisionedDefinitionsExpander(definitions: Definitions) {
	return async (): Promise<unknown> => (await definitions.list()).map((one) => presenceDefinition(one));
}
