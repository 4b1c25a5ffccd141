import { deskTopic } from "@inlay/contract";
import { describe, expect, it } from "vitest";
import { testPrincipal } from "../test-support/test-api.ts";
import { expandTopic, judgeTopic } from "./topics.ts";

const me = "5F8d0d55-0000-4000-8000-00000000000a";
const other = "5f8d0d55-0000-4000-8000-00000000000b";
const nobody = testPrincipal({ userId: me, grants: [] });

describe("combined topics", () => {
	it.each([
		["v2.users.x.presence", ["v2.users.x.presence"]],
		["v2.users.x?presence&routingStatus", ["v2.users.x.presence", "v2.users.x.routingStatus"]],
		["v2.users.x?presence", ["v2.users.x.presence"]],
	])("%s stands for %j", (topic, single) => {
		expect(expandTopic(topic)).toEqual(single);
	});

	it("are permitted with every single topic that they stand for", () => {
		expect(judgeTopic(`v2.users.${me}?presence&conversations.calls`, nobody)).toEqual({
			state: "Permitted",
			topics: [`v2.users.${me}.presence`, `v2.users.${me}.conversations.calls`],
		});
	});

	it("are rejected where one single topic is", () => {
		expect(judgeTopic(`v2.users.${other}?presence&conversations`, nobody)).toEqual({
			state: "Rejected",
			missingPermissions: ["conversation:communication:view"],
		});
	});
});

describe("an agent's desk", () => {
	it("is followed by the agent alone, not even by who may do everything", () => {
		const [own, others] = [me, other].map(deskTopic);
		expect(judgeTopic(own ?? "", nobody).state).toBe("Permitted");
		expect(judgeTopic(others ?? "", testPrincipal({ userId: me })).state).toBe("Rejected");
		expect(judgeTopic(others ?? "", testPrincipal()).state).toBe("Rejected");
	});
});

describe("topics that do not exist", () => {
	it.each([
		"v2.users.x.nothing",
		"v2.users.x?",
		"v2.users.x?presence?station",
		"v2.users.x?presence&",
		"v2.users..presence",
		"v2.users.x.y.presence",
		"v2.elsewhere.x",
		"presence",
		"",
		`v2.users.${"x".repeat(190)}.presence`,
	])("%s is invalid", (topic) => {
		expect(judgeTopic(topic, nobody)).toEqual({ state: "Invalid" });
	});
});

describe("who may follow what", () => {
	const rejected = (...missingPermissions: string[]) => ({ state: "Rejected", missingPermissions });

	it.each([
		[`v2.users.${me}.conversations`],
		[`v2.users.${me.toLowerCase()}.conversations`],
		[`v2.users.${me}.tokens`],
		[`v2.users.${other}.presence`],
		[`v2.users.${other}.ROUTINGSTATUS`],
		[`v2.users.${other}.station`],
		["v2.system.socket_closing"],
	])("%s needs nothing", (topic) => {
		expect(judgeTopic(topic, nobody).state).toBe("Permitted");
	});

	it.each([
		[`v2.users.${other}.conversations`, "conversation:communication:view"],
		[`v2.users.${other}.Conversations.Calls`, "conversation:communication:view"],
		[`v2.users.${other}.tokens`, "directory:user:edit"],
		["v2.conversations.x.transcription", "conversation:communication:view"],
		["v2.analytics.queues.x.observations", "analytics:queueObservation:view"],
		["v2.Analytics.Users.x.aggregates", "analytics:userAggregate:view"],
		["v2.quality.evaluations", "quality:evaluation:view"],
	])("%s needs %s", (topic, permission) => {
		expect(judgeTopic(topic, nobody)).toEqual(rejected(permission));
		const granted = testPrincipal({ userId: me, grants: [{ permission, divisions: "all" }] });
		expect(judgeTopic(topic, granted).state).toBe("Permitted");
	});

	it("opens queues to who may see or search them", () => {
		const topic = "v2.routing.queues.x.conversations";
		expect(judgeTopic(topic, nobody)).toEqual(rejected("routing:queue:view", "routing:queue:search"));
		const search = testPrincipal({ grants: [{ permission: "routing:queue:search", divisions: new Set(["d"]) }] });
		expect(judgeTopic(topic, search).state).toBe("Permitted");
	});
});
