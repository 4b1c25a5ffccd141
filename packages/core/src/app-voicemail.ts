import { permissionMatches } from "@inlay/contract";
import type { Authorization } from "./authorization/authorization.ts";
import type { Presence } from "./presence/presence.ts";
import type { Queues } from "./routing/queues.ts";
import type { Users } from "./users/users.ts";
import type { VoicemailPorts } from "./voicemail/ports.ts";

/** Opens the guide's voicemail feature: whoever lacks it hears of no message, so nobody leaves one. */
const receive = "voicemail:voicemail:receive";

/** What the other domains tell voicemail: who people are, what is theirs, and where they are. */
export function voicemailPorts(services: {
	users: Users;
	authorization: Pick<Authorization, "grantsOf" | "homeDivisionId">;
	queues: Pick<Queues, "get">;
	presence: Pick<Presence, "get">;
}): VoicemailPorts {
	const { users, authorization, queues, presence } = services;
	/** What is in all divisions is in the home division where one has to be named. */
	const divisionOf = async (divisionId: string) => (divisionId === "*" ? authorization.homeDivisionId() : divisionId);
	return {
		users: (ids) => users.find([...ids]),
		group: (id) => users.groups.find(id),
		membersOf: (id) => users.groups.memberIds(id),
		groupsOf: (userId) => users.groups.groupsOf(userId),
		async queue(id) {
			const queue = await queues.get(id);
			return queue && { id: queue.id, name: queue.name, divisionId: await divisionOf(queue.divisionId) };
		},
		async mayReceive(userId) {
			const grants = await authorization.grantsOf(userId);
			return grants.some(({ permission }) => permissionMatches(permission, receive));
		},
		presenceOf: async (userId) => (await presence.get(userId)).definition.systemPresence,
		organizationId: async () => (await users.organization.get()).id,
	};
}
