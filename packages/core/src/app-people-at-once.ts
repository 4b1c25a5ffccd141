import type { Authorization } from "./authorization/authorization.ts";
import { conversationSummary } from "./conversations/projection/summary.ts";
import type { Conversations } from "./conversations/service.ts";
import type { Route } from "./kernel/http/route.ts";
import type { OAuth } from "./oauth/oauth.ts";
import { PeopleAtOnce } from "./people-at-once/at-once.ts";
import { Deeds, type QueuesOfPeople } from "./people-at-once/deeds.ts";
import { type Looks, peopleAtOnceRoutes } from "./people-at-once/routes.ts";
import type { Users } from "./users/users.ts";

interface Domains {
	users: Users;
	authorization: Authorization;
	oauth: OAuth;
	queues: QueuesOfPeople;
	conversations: Pick<Conversations, "workOf">;
}

/** What is done with everybody whom a search finds; by the rules of several domains, which know nothing of each other. */
export function peopleRoutes(services: Domains): Route[] {
	const { users, conversations } = services;
	const looks: Looks = {
		async inCall(userIds) {
			const work = await conversations.workOf(userIds);
			return new Set(userIds.filter((id) => isInCall(conversationSummary(id, work.get(id)))));
		},
		async emptied(groupId, people) {
			const leaving = new Set(people.map(({ id }) => id));
			const members = await users.groups.memberIds(groupId);
			return members.length > 0 && members.every((id) => leaving.has(id));
		},
	};
	const deeds = new Deeds(services);
	return peopleAtOnceRoutes(new PeopleAtOnce(users), deeds, looks);
}

function isInCall({ call }: ReturnType<typeof conversationSummary>): boolean {
	return call.contactCenter.active + call.enterprise.active > 0;
}
