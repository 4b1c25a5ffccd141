import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { contactRoutes } from "./contact-routes.ts";
import { type CampaignWorld, campaignWorld } from "./test-support/campaign-world.ts";

/** Permissions that whoever brings a file has no more. */
const lost = new Set<string>();
let at: CampaignWorld;
let api: TestApi;

beforeAll(async () => {
	at = await campaignWorld({ stillMay: async (_trx, _actor, permission) => !lost.has(permission) });
	const directory = {
		homeDivisionId: async () => "home",
		divisions: { list: async () => [], requireStanding: async () => {}, addCounter: () => {} },
	};
	const may = (...actions: string[]) =>
		testPrincipal({
			userId: actions.join(),
			grants: actions.map((action) => ({ permission: `outbound:contact:${action}`, divisions: "all" as const })),
		});
	api = await testApi(contactRoutes(at.outbound, directory), {
		add: may("add"),
		edit: may("add", "edit"),
		all: may("add", "edit", "delete"),
	});
});
afterAll(async () => {
	await api.close();
	await at.close();
});

const head = "name,cell,home,zone\n";
const rows = (count: number) => Array.from({ length: count }, (_, n) => `Jane,+4915${200_000_000 + n},,\n`).join("");

async function listOf(contacts: number): Promise<string> {
	const data = Array.from({ length: contacts }, (_, n) => ({ name: "Old", cell: `+4915${300_000_000 + n}` }));
	return (await at.story(data)).listId;
}

test.each([
	["add", "append", 200],
	["add", "update", 403],
	["edit", "update", 200],
	["edit", "replace", 403],
	["all", "replace", 200],
])("a file deleted and changed contacts for whoever may only add them: %s, %s", async (as, mode, status) => {
	const listId = await listOf(1);
	const answer = await api.call("PUT", `/api/v2/inlay/outbound/contactlists/${listId}/contacts?mode=${mode}`, {
		as,
		headers: { "content-type": "text/csv" },
		body: Buffer.from(head + rows(1)),
	});
	expect(answer.statusCode, answer.body).toBe(status);
	if (status === 403) expect(answer.json().code).toBe("missing.division.permission");
});

test("rows came into a list from somebody who had lost the right while the file came", async () => {
	const listId = await listOf(0);
	const file = async function* () {
		yield Buffer.from(head);
		lost.add("outbound:contact:add");
		yield Buffer.from(rows(3));
	};
	const wish = { mode: "append", encoding: "utf-8" } as const;
	const begun = at.outbound.imports.begin(listId, Readable.from(file()), wish, { userId: "ada" });
	await expect(begun).rejects.toMatchObject({ status: 403, code: "missing.division.permission" });
	lost.clear();
	await at.kernel.jobs.runDue();
	const list = await at.outbound.lists.require(listId);
	expect([await at.outbound.contacts.count(listId), at.outbound.imports.statusOf(list)]).toEqual([0, undefined]);
});

test("a file that was to replace a list deleted it after the right to delete had gone; it says now why it stopped", async () => {
	const listId = await listOf(2);
	const file = Readable.from([Buffer.from(head), Buffer.from(rows(3))]);
	await at.outbound.imports.begin(listId, file, { mode: "replace", encoding: "utf-8" }, { userId: "ada" });
	lost.add("outbound:contact:delete");
	await at.kernel.jobs.runDue();
	lost.clear();
	const list = await at.outbound.lists.require(listId);
	expect(at.outbound.imports.statusOf(list)).toMatchObject({
		state: "FAILED",
		completedRecords: 0,
		failureReason: expect.stringContaining("outbound:contact:delete"),
	});
	expect(await at.outbound.contacts.count(listId)).toBe(2);
});
