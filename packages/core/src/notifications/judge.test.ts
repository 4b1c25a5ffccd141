import { randomUUID } from "node:crypto";
import { deskTopic, rightsTopic } from "@inlay/contract";
import { beforeEach, describe, expect, it } from "vitest";
import type { DivisionSet, GrantedPermission } from "../kernel/principal.ts";
import { judgeTopics, type TopicVerdict } from "./judge.ts";
import { reaches } from "./reach.ts";
import { type FakePorts, fakePorts } from "./test-support/fake-ports.ts";

const me = "5F8d0d55-0000-4000-8000-00000000000a";
const other = "5f8d0d55-0000-4000-8000-00000000000b";
const east = "division-east";
const west = "division-west";
const view = "conversation:communication:view";
let ports: FakePorts;

beforeEach(() => {
	ports = fakePorts();
});

const held = (permission: string, ...divisions: string[]): GrantedPermission => ({
	permission,
	divisions: divisions.length > 0 ? new Set(divisions) : ("all" as DivisionSet),
});

async function judge(topic: string, ...grants: GrantedPermission[]): Promise<TopicVerdict> {
	const [verdict] = await judgeTopics([topic], { userId: me, grants: async () => grants }, ports.places);
	return verdict as TopicVerdict;
}

/** Whether something in these divisions, with these people, is told on the topic. */
async function tells(
	topic: string,
	grants: GrantedPermission[],
	visibleTo?: { divisionIds: string[]; userIds?: string[] },
) {
	const verdict = await judge(topic, ...grants);
	const reach = verdict.state === "Permitted" ? verdict.singles[0]?.reach : undefined;
	return reach !== undefined && reaches(reach, { topics: [topic], eventBody: {}, ...(visibleTo ? { visibleTo } : {}) });
}

const rejected = (...missingPermissions: string[]) => ({ state: "Rejected", missingPermissions, divisioned: false });

describe("what is one's own, or open to all", () => {
	it.each([
		[`v2.users.${me}.conversations`],
		[`v2.users.${me.toLowerCase()}.conversations`],
		[`v2.users.${me}.tokens`],
		[`v2.analytics.users.${me}.aggregates`],
		[`v2.users.${other}.presence`],
		[`v2.users.${other}.ROUTINGSTATUS`],
		[`v2.users.${other}.station`],
		["v2.system.socket_closing"],
		[deskTopic(me)],
		[rightsTopic(me)],
		[rightsTopic()],
	])("%s is followed whole, and nobody is asked what the user holds", async (topic) => {
		const grants = () => Promise.reject(new Error("asked"));
		const [verdict] = await judgeTopics([topic], { userId: me, grants }, ports.places);
		expect(verdict).toMatchObject({ state: "Permitted", singles: [{ reach: "all", depends: { grants: false } }] });
	});

	it("is an agent's desk, which is not even open to who may do everything", async () => {
		expect((await judge(deskTopic(other), held("*:*:*"))).state).toBe("Rejected");
		expect((await judge(rightsTopic(other), held("*:*:*"))).state).toBe("Rejected");
	});
});

describe("what needs a permission", () => {
	it.each([
		[`v2.users.${other}.conversations`, view],
		[`v2.users.${other}.Conversations.Calls`, view],
		[`v2.users.${other}.tokens`, "directory:user:edit"],
		// A person who may edit people read where others are reached in private, and what was said to them.
		[`v2.users.${other}.callforwarding`, "conversation:callForwarding:editOther"],
		[`v2.users.${other}.voicemail.messages`, "voicemail:voicemail:viewOther"],
		[`v2.conversations.${other}.transcription`, view],
		[`v2.analytics.queues.${other}.observations`, "analytics:queueObservation:view"],
		[`v2.Analytics.Users.${other}.aggregates`, "analytics:userAggregate:view"],
		["v2.quality.evaluations", "quality:evaluation:view"],
	])("%s needs %s", async (topic, permission) => {
		expect(await judge(topic)).toMatchObject(rejected(permission));
		expect((await judge(topic, held(permission))).state).toBe("Permitted");
	});

	it("VM-9: without the guide's permission nobody is told of their voicemail", async () => {
		const topic = `v2.users.${me}.voicemail.messages`;
		const receive = "voicemail:voicemail:receive";
		expect(await judge(topic)).toMatchObject(rejected(receive));
		expect((await judge(topic, held(receive))).state).toBe("Permitted");
		expect((await judge(`v2.users.${other}.voicemail.messages`, held(receive))).state).toBe("Rejected");
	});

	it("is rejected with the combined topic of which it is a part", async () => {
		expect(await judge(`v2.users.${other}?presence&conversations`)).toMatchObject(rejected(view));
		expect((await judge(`v2.users.${me}?presence&conversations.calls`)).state).toBe("Permitted");
	});
});

describe("products that are not here", () => {
	it.each([
		["v2.workforcemanagement.agents", "workforcemanagement:*:view"],
		["v2.gamification.scorecards.users.x", "gamification:*:view"],
		["v2.telephony.providers.edges.x", "telephony:*:view"],
	])("%s was permitted to who holds everything, and told nothing for ever", async (topic, permission) => {
		const refused = { state: "Rejected", missingPermissions: [permission], divisioned: false, absent: true };
		expect(await judge(topic, held("*:*:*"))).toMatchObject(refused);
		expect(await judge(topic)).toMatchObject(refused);
	});
});

describe("divisions", () => {
	it("a supervisor of one division is not told of the callers of another", async () => {
		const topic = `v2.users.${other}.conversations`;
		const grants = [held(view, east)];
		expect(await tells(topic, grants, { divisionIds: [east] })).toBe(true);
		expect(await tells(topic, grants, { divisionIds: [west] })).toBe(false);
		expect(await tells(topic, grants, { divisionIds: [west, east] })).toBe(true);
		expect(await tells(topic, grants), "what does not say where it is").toBe(false);
		expect(await tells(topic, [held(view)])).toBe(true);
	});

	it("what somebody takes part in may be told to them wherever it is", async () => {
		const topic = `v2.users.${other}.conversations`;
		expect(await tells(topic, [held(view, east)], { divisionIds: [west], userIds: [other, me] })).toBe(true);
	});

	it("a queue is followed where it is, and tells of its conversations only to who may view these", async () => {
		const queue = randomUUID();
		ports.at.queue.set(queue, { divisionIds: [east] });
		const topic = `v2.routing.queues.${queue}.conversations.calls`;
		const sees = held("routing:queue:view", east);
		expect(await judge(topic)).toMatchObject(rejected("routing:queue:view", "routing:queue:search"));
		expect(await judge(topic, sees), "seeing the queue is not hearing its callers").toMatchObject(rejected(view));
		expect(await tells(topic, [sees, held(view, east)], { divisionIds: [east] })).toBe(true);
		expect(await tells(topic, [sees, held(view, west)], { divisionIds: [east] })).toBe(false);
		const elsewhere = await judge(topic, held("routing:queue:view", west), held(view, east));
		expect(elsewhere).toMatchObject({ state: "Rejected", divisioned: true });
		const members = `v2.routing.queues.${queue}.users`;
		expect((await judge(members, sees)).state).toBe("Permitted");
		const searches = await judge(members, held("routing:queue:search", east));
		expect(searches, "who may search queues may not read their members").toMatchObject({ state: "Rejected" });
	});

	it("a person's own matters need the permission where that person is", async () => {
		ports.at.user.set(other, { divisionIds: [east] });
		const topic = `v2.users.${other}.tokens`;
		expect((await judge(topic, held("directory:user:edit", east))).state).toBe("Permitted");
		expect(await judge(topic, held("directory:user:edit", west))).toMatchObject({
			state: "Rejected",
			divisioned: true,
		});
	});

	it("a conversation is followed by who takes part, and by who may view it", async () => {
		const id = randomUUID();
		ports.at.conversation.set(id, { divisionIds: [east], userIds: [me] });
		const topic = `v2.conversations.${id}.transcription`;
		expect(await tells(topic, [], { divisionIds: [east], userIds: [me] })).toBe(true);
		ports.at.conversation.set(id, { divisionIds: [east] });
		expect((await judge(topic, held(view, west))).state).toBe("Rejected");
		expect(await tells(topic, [held(view, east)], { divisionIds: [east] })).toBe(true);
		expect(await tells(topic, [held(view, east)], { divisionIds: [west] }), "after it has moved").toBe(false);
	});

	it("what is not there is followed by nobody but who holds the permission everywhere", async () => {
		const topic = `v2.routing.queues.${randomUUID()}.users`;
		expect((await judge(topic, held("routing:queue:view", east))).state).toBe("Rejected");
		expect((await judge(topic, held("routing:queue:view"))).state).toBe("Permitted");
	});
});

it("a thousand topics cost one question per kind of things, not one each", async () => {
	const queues = Array.from({ length: 500 }, () => randomUUID());
	for (const id of queues) ports.at.queue.set(id, { divisionIds: [east] });
	const topics = queues.flatMap((id) => [`v2.routing.queues.${id}.users`, `v2.users.${id}.tokens`]);
	let asked = 0;
	const grants = async () => {
		asked++;
		return [held("routing:queue:view", east)];
	};
	const verdicts = await judgeTopics(topics, { userId: me, grants }, ports.places);
	expect(verdicts.filter((one) => one.state === "Permitted")).toHaveLength(500);
	expect([asked, ports.questions]).toEqual([1, 2]);
});
