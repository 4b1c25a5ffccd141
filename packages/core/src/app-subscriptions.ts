import type { Authorization } from "./authorization/authorization.ts";
import type { Conversations } from "./conversations/service.ts";
import type { Place, SubscriptionPorts } from "./notifications/ports.ts";
import type { OAuth } from "./oauth/oauth.ts";
import type { Queues } from "./routing/queues.ts";
import type { Users } from "./users/users.ts";

/** What the other domains tell subscriptions: who holds what, where things are, and how long tokens are good. */
export function subscriptionPorts(services: {
	authorization: Pick<Authorization, "grantsOf">;
	users: Pick<Users, "find">;
	queues: Pick<Queues, "get">;
	conversations: Pick<Conversations, "whereabouts">;
	oauth: Pick<OAuth, "sessions" | "livingTokens">;
}): SubscriptionPorts {
	const { authorization, users, queues, conversations, oauth } = services;
	return {
		grantsOf: (userId) => authorization.grantsOf(userId),
		places: {
			queue: async (ids) => placesOf(await Promise.all(ids.map((id) => queues.get(id)))),
			user: async (ids) => placesOf(await users.find(ids)),
			conversation: (ids) => conversations.whereabouts(ids),
		},
		tokens: {
			goodUntil: (hash) => oauth.sessions.goodUntil(hash),
			whyOver: (hash) => oauth.sessions.whyOver(hash),
			living: (hashes) => oauth.livingTokens(hashes),
		},
	};
}

function placesOf(things: readonly ({ id: string; divisionId: string } | undefined)[]): Map<string, Place> {
	return new Map(things.flatMap((thing) => (thing ? [[thing.id, { divisionIds: [thing.divisionId] }] as const] : [])));
}
