import { describe, expect, it } from "vitest";
import { expandTopic, readTopic } from "./topics.ts";

describe("combined topics", () => {
	it.each([
		["v2.users.x.presence", ["v2.users.x.presence"]],
		["v2.users.x?presence&routingStatus", ["v2.users.x.presence", "v2.users.x.routingStatus"]],
		["v2.users.x?presence", ["v2.users.x.presence"]],
	])("%s stands for %j", (topic, single) => {
		expect(expandTopic(topic)).toEqual(single);
		expect(readTopic(topic)).toEqual(single);
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
	])("%s is none", (topic) => {
		expect(readTopic(topic)).toBeUndefined();
	});
});
