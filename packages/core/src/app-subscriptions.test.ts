import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { subscriptionPorts } from "./app-subscriptions.ts";
import { grantChangingEvents } from "./authorization/events.ts";
import type { Principal } from "./kernel/principal.ts";
import { Notifications } from "./notifications/notifications.ts";
import { mayChangeRights } from "./notifications/rights-watch.ts";
import { channelStore } from "./notifications/store.ts";
import { type Listener, listener, notes } from "./notifications/test-support/listener.ts";
import { seedClient } from "./oauth/seed.ts";
import { createQueues, type Queues } from "./routing/queues.ts";
import { createRoutingStatus } from "./routing/routing-status.ts";
import { type TestPeople, testPeople } from "./test-support/test-people.ts";

/** Subscriptions with the real domains behind them: grants, groups, queues, tokens. */

let people: TestPeople;
let queues: Queues;
let notifications: Notifications;
const view = "conversation:communication:view";

beforeEach(async () => {
	people = await testPeople();
	const routingStatus = createRoutingStatus(people.kernel);
	queues = createQueues(people.kernel, { ...people, routingStatus });
	const conversations = { whereabouts: async () => new Map() };
	const ports = subscriptionPorts({ ...people, queues, conversations });
	notifications = new Notifications(people.kernel, channelStore(people.kernel.database.db), ports);
});
afterEach(async () => {
	await notifications.stop();
	await people.close();
});

/** A supervisor with a role of these permissions in a division, signed in. */
async function supervisor(permissions: string[], divisionId = "*") {
	const role = await people.authorization.seedRole({ name: randomUUID(), description: "", permissions });
	const user = await people.users.create({ name: "Sue", email: `${randomUUID()}@test.example` });
	await people.authorization.grant(user.id, role.id, divisionId);
	const me = await signIn(user.id);
	return { user, role, me };
}

async function signIn(userId: string, accessTokenValiditySeconds = 86_400): Promise<Principal> {
	const { client } = await seedClient(people, {
		name: randomUUID(),
		grant: "TOKEN",
		redirectUris: ["http://localhost/test"],
		scopes: ["notifications"],
		accessTokenValiditySeconds,
	});
	const { accessToken } = await people.oauth.issueToken({ clientId: client.id, userId });
	return (await people.oauth.authenticate(accessToken)) as Principal;
}

async function follow(me: Principal, topic: string): Promise<Listener> {
	const channel = await notifications.createChannel(me, "plain");
	await notifications.subscribe(me, channel.id, [topic], { replace: true, ignoreErrors: false });
	const to = listener();
	await notifications.attach(channel, to);
	return to;
}

function tell(topic: string, note: unknown, divisionId: string): Promise<void> {
	const { kernel } = people;
	const announcement = { topics: [topic], eventBody: { note }, visibleTo: { divisionIds: [divisionId] } };
	return kernel.database.change((trx) =>
		kernel.events.append(trx, [
			{ type: "test.noted", entityType: "test", entityId: "x", announcements: [announcement] },
		]),
	);
}

const dropped = (to: Listener) => vi.waitFor(() => expect(to.frames.at(-1)?.topicName).toBe("v2.subscription.updated"));
const topic = () => `v2.users.${randomUUID()}.conversations`;

describe("an open socket is told nothing any more", () => {
	it("of what a role opened that was taken away", async () => {
		const { user, role, me } = await supervisor([view]);
		const followed = topic();
		const to = await follow(me, followed);
		await tell(followed, "before", "any");
		await vi.waitFor(() => expect(notes(to.frames)).toEqual(["before"]));
		await people.authorization.grants.revoke("server", { subjectId: user.id, roleId: role.id, divisionId: "*" });
		await tell(followed, "after", "any");
		await dropped(to);
		expect(notes(to.frames)).toEqual(["before"]);
	});

	it("of what a wildcard in a role opened that is narrower now", async () => {
		const { role, me } = await supervisor(["conversation:*:*"]);
		const followed = topic();
		const to = await follow(me, followed);
		await people.authorization.seedRole({ name: role.name, description: "", permissions: ["conversation:call:*"] });
		await tell(followed, "after", "any");
		await dropped(to);
		expect(notes(to.frames)).toEqual([]);
	});

	it("of what a group opened that its user has left", async () => {
		const { user, role, me } = await supervisor([]);
		const other = await people.authorization.seedRole({ name: "Group's", description: "", permissions: [view] });
		const group = await people.users.groups.create("server", {
			name: "Supervisors",
			type: "official",
			visibility: "public",
			rulesVisible: false,
			memberIds: [user.id],
		});
		await people.authorization.grant(group.id, other.id, "*", "PC_GROUP");
		expect(role.id).not.toBe(other.id);
		const followed = topic();
		const to = await follow(me, followed);
		await tell(followed, "before", "any");
		await vi.waitFor(() => expect(notes(to.frames)).toEqual(["before"]));
		await people.users.groups.removeMembers("server", group.id, [user.id]);
		await tell(followed, "after", "any");
		await dropped(to);
		expect(notes(to.frames)).toEqual(["before"]);
	});

	it("of a queue that is in another division now", async () => {
		const home = await people.authorization.homeDivisionId();
		const elsewhere = await people.authorization.divisions.create({ name: "Elsewhere", description: "" });
		const queue = await queues.create({ name: "Support" }, {});
		const { me } = await supervisor(["routing:queue:view"], home);
		const users = `v2.routing.queues.${queue.id}.users`;
		const to = await follow(me, users);
		await tell(users, "before", home);
		await vi.waitFor(() => expect(notes(to.frames)).toEqual(["before"]));
		await queues.update(queue.id, { name: queue.name, division: { id: elsewhere.id } }, {});
		await tell(users, "after", elsewhere.id);
		await dropped(to);
		expect(notes(to.frames)).toEqual(["before"]);
	});

	it("once its token has expired, or was not used for as long as the organization allows", async () => {
		const { user } = await supervisor([]);
		const me = await signIn(user.id, 600);
		const to = await follow(me, `v2.users.${user.id}.presence`);
		people.kernel.clock.advance(599_000);
		await notifications.endOverdue();
		expect(to.closed).toBeUndefined();
		people.kernel.clock.advance(1_000);
		await notifications.endOverdue();
		expect(to.closed?.code).toBe(4001);
	});

	it("once its token is revoked", async () => {
		const { user, me } = await supervisor([]);
		const to = await follow(me, `v2.users.${user.id}.presence`);
		await people.oauth.revokeToken(me.tokenHash);
		await vi.waitFor(() => expect(to.closed?.code).toBe(4001));
	});
});

it("whatever makes the server forget what people hold makes it judge open sockets anew", () => {
	const unknown = [...grantChangingEvents].filter(
		(type) =>
			!mayChangeRights({ type, entityType: "", entityId: "", position: "1.1", at: new Date(0), announcements: [] }),
	);
	expect(unknown).toEqual([]);
});
