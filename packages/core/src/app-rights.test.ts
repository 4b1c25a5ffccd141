import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPanelRoutes, createRoutes } from "./app-routes.ts";
import { createServices } from "./app-services.ts";
import { createGivers, type Giver, type Givers, type Rights } from "./test-support/givers.ts";
import { type Attempt, given, givingAttempts, type Scene, takingAttempts } from "./test-support/rights-attempts.ts";
import { giving, neutral, taking } from "./test-support/rights-of-routes.ts";
import { testKernel } from "./test-support/test-kernel.ts";
import { type TestPeople, testPeople } from "./test-support/test-people.ts";

let people: TestPeople;
let givers: Givers;
let home: string;
let elsewhere: string;
let count = 0;

beforeAll(async () => {
	people = await testPeople();
	givers = await createGivers(people);
	home = await people.authorization.homeDivisionId();
	elsewhere = await givers.division();
});

afterAll(() => people.close());

describe("every operation of the server", () => {
	test("stands in rights-of-routes.ts: whether it gives or takes rights, or why it does not", async () => {
		const kernel = await testKernel();
		const services = createServices(kernel);
		const changing = [...createRoutes(kernel, services, {}), ...createPanelRoutes(kernel, services)]
			.filter((route) => route.method !== "GET" && route.method !== "HEAD")
			.map((route) => route.operationId);
		await services.oauth.stop();
		await kernel.close();
		const judged = new Set<string>([...giving, ...taking]);
		const reasoned = neutral.flatMap((entry) => entry.operations);
		expect(changing.filter((id) => !judged.has(id) && !reasoned.includes(id))).toEqual([]);
		expect([...judged, ...reasoned].filter((id) => !changing.includes(id))).toEqual([]);
		expect(reasoned.filter((id, at) => judged.has(id) || reasoned.indexOf(id) !== at)).toEqual([]);
	});
});

type Attempts = Record<string, Record<string, (scene: Scene) => Promise<Attempt>>>;

function cases(attempts: Attempts) {
	return Object.entries(attempts).flatMap(([operation, ways]) =>
		Object.entries(ways).map(([way, make]) => [operation, way, make] as const),
	);
}

async function scene(): Promise<Scene> {
	return { people, givers, where: home, role: await givers.role(given), count: ++count };
}

function send(one: Giver, { method, path, body }: Attempt) {
	return one.call(method, path, body);
}

/** Everything that rights follow from. */
async function stored(): Promise<unknown[]> {
	const tables = [
		sql`select * from grants order by 1, 2, 3, 4`,
		sql`select * from roles order by 1`,
		sql`select * from divisions order by 1`,
		sql`select * from oauth_clients order by 1`,
		sql`select * from groups order by 1`,
		sql`select * from group_members order by 1, 2`,
		sql`select * from group_owners order by 1, 2`,
		sql`select id, username, email, state, version from users order by 1`,
		sql`select * from credentials order by 1`,
		sql`select * from second_factors order by 1`,
		sql`select hash from oauth_tokens order by 1`,
	];
	return Promise.all(tables.map(async (table) => (await table.execute(people.kernel.database.db)).rows));
}

/** Refuses the person with that code, and keeps everything as it was. */
async function expectRefused(rights: Rights, attempt: Attempt, code: string): Promise<void> {
	const one = await givers.person(rights);
	const before = await stored();
	const answer = await send(one, attempt);
	expect([answer.statusCode, answer.json().code], answer.body).toEqual([code === "bad.client.role" ? 400 : 403, code]);
	expect(await stored()).toEqual(before);
}

describe("nobody gives what they do not hold", () => {
	test.each(cases(givingAttempts))("%s: %s", async (_operation, _way, make) => {
		const attempt = await make(await scene());
		const code = attempt.code ?? "missing.division.permission";
		await expectRefused([[attempt.needs, "*"]], attempt, code);
		await expectRefused(
			[
				[attempt.needs, "*"],
				[[given], elsewhere],
			],
			attempt,
			code,
		);
		const holder = await givers.person([
			[attempt.needs, "*"],
			// What goes where another role comes is taken, so that is held as well.
			[[given, "a:b:c"], home],
		]);
		const answer = await send(holder, attempt);
		expect(answer.statusCode, answer.body).toBeLessThan(300);
	});
});

describe("nobody takes away where they may not, or what they do not hold", () => {
	test.each(cases(takingAttempts))("%s: %s", async (operation, _way, make) => {
		const attempt = await make(await scene());
		await expectRefused([[[...attempt.needs, given], elsewhere]], attempt, "missing.division.permission");
		const weak = attempt.needs.filter((one) => one !== given);
		const isClient = operation.endsWith("OauthClient");
		await expectRefused([[weak, "*"]], attempt, isClient ? "bad.client.role" : "missing.division.permission");
		const one = await givers.person([[[...attempt.needs, given], "*"]]);
		const answer = await send(one, attempt);
		expect(answer.statusCode, answer.body).toBeLessThan(300);
	});
});
