import { expect, test } from "vitest";
import { extraOperations, minimalOperations, platformOperation } from "./operations.ts";
import { agentScopes, scopes, scopesAllow } from "./scopes.ts";

const ids = new Set(scopes.map((scope) => scope.id));

test("operations stand once, and every scope that one names is a scope", () => {
	const all = [...minimalOperations, ...extraOperations];
	expect(minimalOperations).toHaveLength(179);
	expect(new Set(all.map((operation) => `${operation.method} ${operation.path}`)).size).toBe(all.length);
	for (const scope of all.flatMap((operation) => operation.scopes)) expect(ids).toContain(scope);
});

test("the guide's 14 agent scopes are scopes", () => {
	expect(new Set(agentScopes).size).toBe(14);
	for (const scope of agentScopes) expect(ids).toContain(scope);
});

test("a full scope covers reading, a reading scope does not cover writing", () => {
	expect(scopesAllow(["users"], ["users:readonly"])).toBe(true);
	expect(scopesAllow(["users:readonly"], ["users"])).toBe(false);
	expect(scopesAllow(["presence"], ["users", "users:readonly"])).toBe(false);
	expect(scopesAllow([], [])).toBe(true);
});

test("an operation is found by method and path template", () => {
	expect(platformOperation("GET", "/api/v2/users/{userId}")?.response).toBe("User");
	expect(platformOperation("GET", "/api/v2/nothing")).toBeUndefined();
});
