import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthorization } from "../authorization/authorization.ts";
import type { Principal } from "../kernel/principal.ts";
import { seesEverything } from "../test-support/sees-everything.ts";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { scriptEditRoutes } from "./edit-routes.ts";
import { agentScriptRoutes } from "./routes.ts";
import { createScripts, type Scripts } from "./scripts.ts";
import { sampleScript } from "./test-support/sample-script.ts";

let kernel: TestKernel;
let api: TestApi;
let scripts: Scripts;
let count = 0;

beforeAll(async () => {
	kernel = await testKernel();
	const authorization = createAuthorization(kernel);
	scripts = createScripts(kernel, authorization);
	const home = await authorization.homeDivisionId();
	const may = (permission: string, divisions: Set<string>) =>
		testPrincipal({ userId: permission, tokenHash: permission, grants: [{ permission, divisions }] });
	const principals: Record<string, Principal> = {
		author: testPrincipal({ userId: "author" }),
		agent: may("scripter:publishedScript:view", new Set([home])),
		elsewhere: may("scripter:*:*", new Set(["far"])),
	};
	api = await testApi(
		[...agentScriptRoutes(scripts, authorization), ...scriptEditRoutes(scripts, authorization, seesEverything)],
		principals,
	);
});
afterAll(async () => {
	await api.close();
	await kernel.close();
});

async function ask(as: string, method: string, path: string, body?: unknown, headers?: Record<string, string>) {
	const answer = await api.call(method, path, { as, body, ...(headers ? { headers } : {}) });
	return { status: answer.statusCode, body: answer.body ? answer.json() : undefined };
}
const ours = "/api/inlay/v1/scripts";
const theirs = "/api/v2/scripts";

async function written(document = sampleScript()) {
	const { status, body } = await ask("author", "POST", ours, { name: `Script ${++count}`, document });
	expect(status, JSON.stringify(body)).toBe(200);
	return body;
}

describe("scripts that agents follow", () => {
	it("what is written is seen by its authors, and by agents once it is published", async () => {
		const { id, version, document } = await written();
		expect([version, document]).toEqual([1, sampleScript()]);
		expect((await ask("agent", "GET", `${theirs}/published/${id}`)).status).toBe(404);
		expect((await ask("agent", "GET", `${theirs}/${id}`)).status).toBe(403);
		const first = await ask("author", "POST", `${theirs}/published`, { scriptId: id });
		expect(first.body).toMatchObject({ id, startPageId: "greet", startPageName: "Greeting" });
		const changed = sampleScript({ startPageId: "end" });
		await ask("author", "PUT", `${ours}/${id}`, { name: "Changed", document: changed, version: 1 });
		const seen = await ask("agent", "GET", `${theirs}/published/${id}`);
		expect(seen.body).toMatchObject({ versionId: first.body.versionId, startPageId: "greet" });
		expect((await ask("author", "GET", `${theirs}/${id}`)).body.startPageId).toBe("end");
	});

	it("pages and variables are read one by one", async () => {
		const { id } = await written();
		await ask("author", "POST", `${ours}/${id}/publish`);
		const pages = await ask("agent", "GET", `${theirs}/published/${id}/pages`);
		expect(pages.body.map((page: { name: string }) => page.name)).toEqual(["Greeting", "Product", "Goodbye"]);
		const one = await ask("agent", "GET", `${theirs}/published/${id}/pages/end`);
		expect(one.body.rootContainer.children[0]).toMatchObject({ kind: "numberInput", variable: "pieces" });
		expect((await ask("agent", "GET", `${theirs}/published/${id}/pages/none`)).status).toBe(404);
		const variables = await ask("agent", "GET", `${theirs}/published/${id}/variables`);
		expect(variables.body.order).toEqual({ type: "string", output: true });
	});

	it("lists hold what the caller may see, published or not", async () => {
		const [draft, out] = [await written(), await written()];
		await ask("author", "POST", `${theirs}/published`, { scriptId: out.id });
		const idsIn = async (as: string, path: string) =>
			(await ask(as, "GET", `${path}?scriptIds=${draft.id},${out.id}`)).body.entities.map(
				(one: { id: string }) => one.id,
			);
		expect((await idsIn("author", theirs)).sort()).toEqual([draft.id, out.id].sort());
		expect(await idsIn("agent", `${theirs}/published`)).toEqual([out.id]);
		expect(await idsIn("elsewhere", theirs)).toEqual([]);
		expect((await ask("elsewhere", "GET", `${theirs}/${out.id}`)).status).toBe(403);
		expect((await ask("elsewhere", "POST", `${theirs}/published`, { scriptId: out.id })).status).toBe(403);
		expect((await ask("elsewhere", "POST", ours, { name: "Mine", document: sampleScript() })).status).toBe(403);
	});

	it("SC-5 a page whose address a variable could turn into a script is refused, at its place", async () => {
		const web = { kind: "webPage", id: "w", title: "Order", address: "{{url}}" };
		const document = sampleScript();
		document.pages[0]?.root.children.push(web as never);
		const refused = await ask("author", "POST", ours, { name: "Unsafe", document });
		expect([refused.status, refused.body.message]).toEqual([400, "document: address.unsafe ({{url}}) at greet/w."]);
	});

	it("what has not the form of a script is refused, its place named", async () => {
		const document = sampleScript() as unknown as { pages: Array<{ root: { children: object[] } }> };
		document.pages[1]?.root.children.push({ kind: "iframe", id: "x", src: "https://evil.example" });
		for (const sent of [document, {}, null, "text", [], { ...sampleScript(), onclick: "alert(1)" }]) {
			const { status, body } = await ask("author", "POST", ours, { name: "Odd", document: sent });
			expect([status, body.code, body.details?.[0]?.fieldName.startsWith("document")]).toEqual([
				400,
				"invalid.value",
				true,
			]);
		}
	});

	it("an author who saves an old page overwrites nobody, and publishes what they have seen", async () => {
		const { id, name } = await written();
		const save = (version: number) =>
			ask("author", "PUT", `${ours}/${id}`, { name, document: sampleScript(), version });
		expect((await save(1)).body.version).toBe(2);
		expect(await save(1)).toMatchObject({ status: 409, body: { code: "version.conflict" } });
		const stale = await ask("author", "POST", `${ours}/${id}/publish`, undefined, { "if-match": '"1"' });
		expect(stale).toMatchObject({ status: 409, body: { code: "version.conflict" } });
		const taken = await ask("author", "POST", ours, { name, document: sampleScript() });
		expect(taken).toMatchObject({ status: 409, body: { code: "general.conflict" } });
	});

	it("versions can be looked at and gone back to", async () => {
		const { id, name } = await written();
		await ask("author", "POST", `${ours}/${id}/publish`);
		await ask("author", "PUT", `${ours}/${id}`, { name, document: sampleScript({ startPageId: "end" }), version: 1 });
		await ask("author", "POST", `${ours}/${id}/publish`);
		const { entities } = (await ask("author", "GET", `${ours}/${id}/versions`)).body;
		expect(entities.map((one: { number: number }) => one.number)).toEqual([2, 1]);
		const old = await ask("author", "GET", `${ours}/${id}/versions/${entities[1].id}`);
		expect(old.body.document.startPageId).toBe("greet");
		const other = await written();
		expect((await ask("author", "GET", `${ours}/${other.id}/versions/${entities[1].id}`)).status).toBe(404);
	});

	it("a script that a queue shows is not deleted", async () => {
		const { id } = await written();
		scripts.onRemove(async (_trx, asked) => (asked === id ? [{ what: "the queue Support" }] : []));
		const refused = await ask("author", "DELETE", `${ours}/${id}`);
		expect([refused.status, refused.body.message]).toEqual([
			409,
			expect.stringContaining("is shown by the queue Support"),
		]);
		const free = await written();
		expect((await ask("author", "DELETE", `${ours}/${free.id}`)).status).toBe(204);
		expect((await ask("author", "GET", `${ours}/${free.id}`)).status).toBe(404);
	});
});
