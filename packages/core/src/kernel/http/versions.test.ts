import { describe, expect, test } from "vitest";
import { seenVersion, versioned } from "./versions.ts";

describe("the version that a client has seen", () => {
	test.each([
		[undefined, undefined, undefined],
		[undefined, null, undefined],
		[undefined, 3, 3],
		['"3"', undefined, 3],
		['W/"3"', undefined, 3],
		["3", undefined, 3],
		["*", undefined, undefined],
		["*", 4, 4],
		['"3"', 3, 3],
	])("If-Match %s and version %s are %s", (header, inBody, expected) => {
		expect(seenVersion(header === undefined ? {} : { "if-match": header }, inBody)).toBe(expected);
	});

	test.each(['"x"', '"1", "2"', "-1", "", '"1', "1.5"])("If-Match %s is refused", (header) => {
		const reading = () => seenVersion({ "if-match": header });
		expect(reading).toThrow(expect.objectContaining({ status: 400, code: "bad.request" }));
	});

	test("two different ones are refused: neither is dropped", () => {
		const reading = () => seenVersion({ "if-match": '"3"' }, 4);
		expect(reading).toThrow(expect.objectContaining({ status: 400 }));
	});
});

test("an answer carries its version as ETag, too", () => {
	expect(versioned({ id: "a", version: 7 })).toMatchObject({ status: 200, headers: { etag: '"7"' } });
});
