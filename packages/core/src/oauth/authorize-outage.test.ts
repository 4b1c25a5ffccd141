import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DatabaseAway } from "../kernel/database/database-errors.ts";
import { createHttp } from "../kernel/http/http.ts";
import { createLog } from "../kernel/log.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import { authorizeRoutes } from "./authorize-routes.ts";
import { seedClient, seedUser } from "./seed.ts";
import { headingOf, Visitor } from "./test-support/visitor.ts";

const redirectUri = "https://crm.example/cb";
const email = "ann@x.example";
const password = "correct horse";

let people: TestPeople;
let http: FastifyInstance;
let clientId: string;
let away = false;

beforeAll(async () => {
	people = await testPeople();
	clientId = (await seedClient(people, { name: "Panel", grant: "CODE", redirectUris: [redirectUri] })).client.id;
	await seedUser(people, { name: "Ann", email, password, roles: ["agent"] });
	const { kernel, users, oauth } = people;
	const find = async (id: string) => {
		if (away) throw new DatabaseAway();
		return oauth.clients.find(id);
	};
	const clients = { ...oauth.clients, find };
	http = await createHttp(authorizeRoutes(kernel, { oauth: { ...oauth, clients }, users }, {}), {
		log: createLog("silent"),
		authenticator: { authenticate: async () => undefined },
		allowsOrigin: async () => false,
		rateLimitPerMinute: 0,
	});
});
afterAll(async () => {
	await http.close();
	await people.close();
});
beforeEach(() => {
	away = false;
});

const visitor = () => new Visitor({ ...people, http }, { clientId, redirectUri });

test("the sign-in page answered JSON while the database was away", async () => {
	away = true;
	const answer = await visitor().open();
	expect([answer.statusCode, answer.headers["content-type"]]).toEqual([503, "text/html; charset=utf-8"]);
	expect([answer.headers["retry-after"], headingOf(answer)]).toEqual(["2", "Signing in does not work just now"]);
	expect(answer.body).toContain('href="">Try again</a>');
	expect(answer.headers["content-security-policy"]).toContain("form-action 'self'");
	const url = "/oauth/authorize?client_id=x";
	const german = await http.inject({ url, headers: { "accept-language": "de-AT,en;q=0.5" } });
	expect(headingOf(german)).toBe("Die Anmeldung geht gerade nicht");
});

test("so did its form, and what was typed was lost: one click leads back to it, and nothing was half done", async () => {
	const visit = visitor();
	await visit.open();
	away = true;
	const failed = await visit.send({ username: email, password });
	expect([failed.statusCode, headingOf(failed)]).toEqual([503, "Signing in does not work just now"]);
	expect(failed.body).toContain(`name="username" value="${email}"`);
	expect(failed.body).not.toContain(password);
	away = false;
	const back = await visit.send({ username: email, again: "1" });
	expect([back.statusCode, headingOf(back)]).toEqual([200, "Sign in"]);
	expect(back.body).toContain(`value="${email}"`);
	expect(back.body).not.toContain('id="problem"');
	expect((await visit.send({ username: email, password })).statusCode).toBe(303);
});
