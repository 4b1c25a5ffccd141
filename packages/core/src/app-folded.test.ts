import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { foldedColumns, foldedMigrations } from "./app-folded.ts";
import { type WholeServer, wholeServer } from "./test-support/whole-server.ts";

let server: WholeServer;
beforeAll(async () => {
	server = await wholeServer();
});
afterAll(() => server.close());

async function ask(method: "GET" | "POST", path: string, payload?: object) {
	const headers = { authorization: "Bearer admin" };
	const answer = await server.http.inject({ method, url: `/api/v2${path}`, headers, ...(payload ? { payload } : {}) });
	expect(answer.statusCode, answer.body).toBeLessThan(300);
	return answer.json();
}
const found = async (path: string) => (await ask("GET", path)).entities.map(({ id }: { id: string }) => id);

/** As an earlier version kept it: with a ς at the end of a word. */
async function keptBefore(): Promise<void> {
	const { db } = server.kernel.database;
	const before = (text: ReturnType<typeof sql.ref>) => sql`regexp_replace(${text}, 'σ( |$)', 'ς\\1', 'g')`;
	for (const { table, texts, lists, vectors } of foldedColumns) {
		const set = [
			...texts.map((name) => sql`${sql.ref(name)} = ${before(sql.ref(name))}`),
			...lists.map(
				(name) => sql`${sql.ref(name)} = array(select ${before(sql.ref("one"))} from unnest(${sql.ref(name)}) one)`,
			),
			...vectors.map(
				(name) =>
					sql`${sql.ref(name)} = array_to_tsvector(array(select ${before(sql.ref("one"))}
						from unnest(tsvector_to_array(${sql.ref(name)})) one))`,
			),
		];
		await sql`update ${sql.table(table)} set ${sql.join(set)}`.execute(db);
	}
}

it("a contact, a company, a canned response and an audit entry with a ς, kept by an earlier version, were not found", async () => {
	const company = await ask("POST", "/externalcontacts/organizations", { name: "Φάρος" });
	const contact = await ask("POST", "/externalcontacts/contacts", {
		...{ firstName: "Νίκος", lastName: "Παππάς", externalOrganization: { id: company.id } },
	});
	const library = await ask("POST", "/responsemanagement/libraries", { name: `Greek ${randomUUID()}` });
	const response = await ask("POST", "/responsemanagement/responses", {
		...{ name: "Χαιρετισμός", libraries: [{ id: library.id }] },
		texts: [{ content: "Γεια", contentType: "text/plain" }],
	});
	const stands = async () => [
		await found(`/externalcontacts/contacts?q=${encodeURIComponent("νίκος φάρος")}`),
		await found(`/externalcontacts/organizations?q=${encodeURIComponent("ΦΑΡΟΣ")}`),
		await found(`/responsemanagement/responses?libraryId=${library.id}`),
	];
	const all = [[contact.id], [company.id], [response.id]];
	expect(await stands()).toEqual(all);
	const { db } = server.kernel.database;
	const rows = async () =>
		Promise.all(
			foldedColumns.map(async ({ table, texts, lists, vectors }) => {
				const columns = [...texts, ...lists, ...vectors].map((name) => sql`${sql.ref(name)}::text as ${sql.ref(name)}`);
				return (await sql`select ${sql.join(columns)} from ${sql.table(table)} order by 1`.execute(db)).rows;
			}),
		);
	const kept = await rows();
	await keptBefore();
	expect((await stands())[0]).toEqual([]);
	expect(await rows()).not.toEqual(kept);
	await foldedMigrations["4095_folded_sigma"]?.up(db);
	expect(await stands()).toEqual(all);
	expect(JSON.stringify(await rows())).not.toContain("ς");
});
