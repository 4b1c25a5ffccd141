import { afterEach, beforeEach, expect, it } from "vitest";
import { createAuthorization } from "../authorization/authorization.ts";
import { type TestKernel, testKernel } from "../test-support/test-kernel.ts";
import { createUsers } from "../users/users.ts";
import { createOAuth } from "./oauth.ts";
import { type People, seedClient, seedUser } from "./seed.ts";

let kernel: TestKernel;
let people: People;

beforeEach(async () => {
	kernel = await testKernel();
	const authorization = createAuthorization(kernel);
	const users = createUsers(kernel, { authorization });
	people = { authorization, users, oauth: createOAuth(kernel, { users, authorization }) };
});
afterEach(() => kernel.close());

const id = "d0000000-0000-4000-8000-0000000000aa";
const panel = (redirectUri: string) => ({
	id,
	name: "Panel",
	grant: "CODE" as const,
	redirectUris: [redirectUri],
	scopes: ["users"],
});

it("keeps a client as it is when it is there already", async () => {
	await seedClient(people, panel("http://localhost:8080/crm/index.html"));
	await people.oauth.clients.update("server", id, { name: "Renamed", authorizedGrantType: "CODE" });
	const { client, secret } = await seedClient(people, panel("http://localhost:8080/crm/index.html"));
	expect(client).toMatchObject({ name: "Renamed", redirectUris: ["http://localhost:8080/crm/index.html"] });
	expect(secret).toBeUndefined();
});

it("a start on another port adds the new address to return to and keeps the old ones", async () => {
	await seedClient(people, panel("http://localhost:8080/crm/index.html"));
	const { client } = await seedClient(people, panel("http://localhost:9000/crm/index.html"));
	expect(client.redirectUris).toEqual(["http://localhost:8080/crm/index.html", "http://localhost:9000/crm/index.html"]);
});

it("keeps a user and their password when they are there already", async () => {
	const wanted = { name: "Ann", email: "ann@example.com", password: "a first password", roles: ["agent"] };
	const first = await seedUser(people, wanted);
	const second = await seedUser(people, { ...wanted, password: "another password" });
	expect(second.id).toBe(first.id);
	expect(await people.users.verifyPassword("ann@example.com", "a first password")).toMatchObject({ id: first.id });
	expect(await people.users.verifyPassword("ann@example.com", "another password")).toBeUndefined();
});
