import { expect, test } from "vitest";
import { mostSegments, plainCharacters, smsSegments } from "./sms-segments.ts";

test.each([
	["a", 160, 1],
	["a", 161, 2],
	["a", 307, 3],
	["a", 765, 5],
	["a", 766, 6],
	["[", 80, 1],
	["[", 81, 2],
	["ж", 70, 1],
	["ж", 71, 2],
	["ж", 335, 5],
	["ж", 336, 6],
	["😀", 35, 1],
	["😀", 36, 2],
])("SM-1: %s × %i is sent as %i", (character, count, segments) => {
	expect(smsSegments(character.repeat(count)).segments).toBe(segments);
	expect(smsSegments(character.repeat(count)).segments > mostSegments).toBe(segments > 5);
});

test("SM-1: only the capital Ç is in GSM-7; the character that costs half of the room is named", () => {
	expect(smsSegments("Ça")).toMatchObject({ encoding: "GSM-7", units: 2, room: 160 });
	expect(smsSegments("ça va?")).toMatchObject({ encoding: "UCS-2", room: 70, beyondGsm7: "ç" });
	expect(smsSegments("")).toEqual({ encoding: "GSM-7", units: 0, room: 160, segments: 1 });
});

test("a character of two septets is not torn apart between two texts", () => {
	expect(smsSegments(`${"a".repeat(152)}[${"a".repeat(151)}`).segments).toBe(2);
	expect(smsSegments(`${"a".repeat(152)}[${"a".repeat(152)}`).segments).toBe(3);
});

test("plain characters save half of the cost", () => {
	const written = "“Smart” – it’s…";
	expect(smsSegments(written).encoding).toBe("UCS-2");
	expect(plainCharacters(written)).toBe('"Smart" - it\'s...');
	expect(smsSegments(plainCharacters(written)).encoding).toBe("GSM-7");
});
