import { expect, test } from "vitest";
import { shapeErrors, unknownFields } from "./shape.ts";
import { refusalErrors } from "./wire.ts";

const client = { id: "1", name: "Panel", authorizedGrantType: "CODE", state: "active" };

test("a body of the SDK's type has no errors", () => {
	expect(shapeErrors("OAuthClient", { ...client, dateCreated: "2026-11-22T08:00:00.000Z" })).toEqual([]);
	expect(shapeErrors("Array<OAuthClient>", [client])).toEqual([]);
});

test.each([
	["a missing field", { id: "1", name: "Panel" }, "authorizedGrantType"],
	["a value outside the enumeration", { ...client, state: "sleeping" }, "/state"],
	["a time that is none", { ...client, dateCreated: "yesterday" }, "/dateCreated"],
	["a text instead of a number", { ...client, accessTokenValiditySeconds: "300" }, "/accessTokenValiditySeconds"],
	["null", { ...client, description: null }, "/description"],
])("%s is found", (_what, body, place) => {
	expect(shapeErrors("OAuthClient", body).join()).toContain(place);
});

test("fields that the type does not know are named with their place", () => {
	expect(unknownFields("OAuthClientEntityListing", { entities: [{ ...client, colour: "red" }] })).toEqual([
		"entities[].colour",
	]);
	expect(unknownFields("Integration", { attributes: { anything: "goes" } })).toEqual([]);
});

test("a refusal needs status, code, message and the correlation id", () => {
	const body = { message: "No.", code: "not.found", status: 404, contextId: "c", details: [], errors: [] };
	const answer = { status: 404, headers: { "inin-correlation-id": "c" }, body };
	expect(refusalErrors(answer, { status: [404], codes: ["not.found"] }, "GET")).toEqual([]);
	expect(refusalErrors({ ...answer, headers: {} }, { status: [404] }, "GET")).toEqual([
		"contextId is not the correlation id",
	]);
	expect(refusalErrors({ ...answer, status: 500 }, { status: [404] }, "GET")).toHaveLength(2);
	expect(refusalErrors(answer, { status: [403], codes: ["not.authorized"] }, "GET")).toHaveLength(2);
});
