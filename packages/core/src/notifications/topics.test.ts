import { describe, expect, it } from "vitest";
import { expandTopic, readTopic } from "./topics.ts";

const ann = "v2.users.5f8d0d55-0000-4000-8000-00000000000b";

describe("combined topics", () => {
	it.each([
		[`${ann}.presence`, [`${ann}.presence`]],
		[`${ann}?presence&routingStatus`, [`${ann}.presence`, `${ann}.routingStatus`]],
		[`${ann}?presence`, [`${ann}.presence`]],
	])("%s stands for %j", (topic, single) => {
		expect(expandTopic(topic)).toEqual(single);
		expect(readTopic(topic)).toEqual(single);
	});
});

describe("topics that do not exist", () => {
	it.each([
		`${ann}.nothing`,
		`${ann}?`,
		`${ann}?presence?station`,
		`${ann}?presence&`,
		"v2.users..presence",
		`${ann}.y.presence`,
		"v2.elsewhere.x",
		"presence",
		"",
		`v2.users.${"x".repeat(190)}.presence`,
	])("%s is none", (topic) => {
		expect(readTopic(topic)).toBeUndefined();
	});
});

describe("ids that cannot be", () => {
	it.each([
		"v2.users.undefined.presence",
		"v2.users.me.presence",
		"v2.users.{id}.conversations",
		`${ann}.conversations.undefined.recordings`,
		"v2.routing.queues.Sales.users",
		"v2.conversations.x.transcription",
		"v2.analytics.queues.x.observations",
	])("%s was permitted, and told nothing for ever", (topic) => {
		expect(readTopic(topic)).toBeUndefined();
	});

	it("an id is one in any case", () => {
		expect(readTopic(`${ann.toUpperCase()}.presence`)).toHaveLength(1);
		expect(readTopic("v2.webmessaging.deployments.my-page.undelivered.messages")).toHaveLength(1);
	});
});
