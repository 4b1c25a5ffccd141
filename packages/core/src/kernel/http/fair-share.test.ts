import { expect, test } from "vitest";
import { testApi, testPrincipal } from "../../test-support/test-api.ts";
import { connections } from "../database/connections.ts";
import { FairShare, mostOfOneSender } from "./fair-share.ts";
import { noPermission, readScope, route } from "./route.ts";

/** Works that are under way until they are let go, in the order in which they began. */
function works() {
	const begun: string[] = [];
	const ends: Array<() => void> = [];
	const work = (name: string) => () => {
		begun.push(name);
		return new Promise<void>((end) => ends.push(end));
	};
	return { begun, ends, work };
}

test("a smaller pool would have been one sender's alone: their share was tied to its size by a comment only", () => {
	expect(mostOfOneSender(connections)).toBeLessThan(connections);
	expect([16, 8, 2, 1].map(mostOfOneSender)).toEqual([12, 6, 1, 1]);
});

test("one sender's crowd waits for itself, in order, and nobody else for it", async () => {
	const share = new FairShare(2);
	const { begun, ends, work } = works();
	const all = ["a1", "a2", "a3", "a4"].map((name) => share.run("a", work(name)));
	const other = share.run("b", work("b1"));
	expect(begun).toEqual(["a1", "a2", "b1"]);
	ends[2]?.();
	await other;
	ends[0]?.();
	await all[0];
	await expect.poll(() => begun).toEqual(["a1", "a2", "b1", "a3"]);
	for (const [at, one] of all.entries()) {
		await expect.poll(() => begun.includes(`a${at + 1}`)).toBe(true);
		for (const end of ends) end();
		await one;
	}
	expect(begun).toEqual(["a1", "a2", "b1", "a3", "a4"]);
});

test("a work that fails hands its place on", async () => {
	const share = new FairShare(1);
	const fails = share.run("a", () => Promise.reject(new Error("no")));
	const next = share.run("a", async () => "yes");
	await expect(fails).rejects.toThrow("no");
	expect(await next).toBe("yes");
});

test("sixty changes at once by one user had every connection, and a bystander stood behind all of them", async () => {
	const { begun, ends, work } = works();
	const slow = route({
		method: "POST",
		path: "/api/v2/slow",
		operationId: "postSlow",
		summary: "",
		permission: noPermission,
		scope: readScope("things"),
		success: { status: 204 },
		handler: async ({ principal }) => {
			await work(principal.userId ?? "")();
		},
	});
	const api = await testApi([slow], {
		eager: testPrincipal({ userId: "eager" }),
		bystander: testPrincipal({ userId: "bystander" }),
	});
	const crowd = Array.from({ length: 60 }, () => api.call("POST", "/api/v2/slow", { as: "eager" }));
	await expect.poll(() => begun.length).toBe(12);
	const other = api.call("POST", "/api/v2/slow", { as: "bystander" });
	await expect.poll(() => begun).toContain("bystander");
	// Sixteen connections: there is one left for whoever comes.
	expect(begun.filter((one) => one === "eager")).toHaveLength(12);
	const letGo = setInterval(() => {
		for (const end of ends.splice(0)) end();
	}, 1);
	expect((await other).statusCode).toBe(204);
	expect((await Promise.all(crowd)).map(({ statusCode }) => statusCode)).toEqual(Array(60).fill(204));
	clearInterval(letGo);
	await api.close();
});
