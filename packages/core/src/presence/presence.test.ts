import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { departures } from "../test-support/platform-shape.ts";
import { testPrincipal } from "../test-support/test-api.ts";
import { workplace } from "../test-support/workplace.ts";
import { systemPresences } from "./model.ts";

const clock = new FakeClock();
let work: Awaited<ReturnType<typeof workplace<FakeClock>>>;

beforeAll(async () => {
	work = await workplace({ clock });
});
afterAll(() => work.close());

/** Sets a presence over the API; the answer's status and body. */
async function take(as: string, userId: string, body: unknown) {
	const answer = await work.api.call("PATCH", `/api/v2/users/${userId}/presences/purecloud`, { as, body });
	return { status: answer.statusCode, body: answer.json() };
}

async function idOf(systemPresence: string): Promise<string> {
	const found = (await work.presence.definitions.list()).find((one) => one.systemPresence === systemPresence);
	return found?.id ?? "";
}

describe("presence definitions", () => {
	it("come in both families with the same ids", async () => {
		await work.hire("Lister", "admin");
		const older = (await work.api.call("GET", "/api/v2/presencedefinitions", { as: "Lister" })).json();
		const newer = (await work.api.call("GET", "/api/v2/presence/definitions", { as: "Lister" })).json();
		expect(departures("OrganizationPresenceEntityListing", older)).toEqual([]);
		expect(departures("OrganizationPresenceDefinitionEntityListing", newer)).toEqual([]);
		const primary = (entities: Array<{ id: string; primary?: boolean; type?: string }>) =>
			entities.filter((one) => one.primary ?? one.type === "System").map((one) => one.id);
		expect(primary(older.entities)).toEqual(primary(newer.entities));
		expect(newer.entities.slice(0, 10).map((one: { systemPresence: string }) => one.systemPresence)).toEqual([
			...systemPresences,
		]);
		expect(older.entities[5]).toMatchObject({ name: "On Queue", systemPresence: "On Queue", primary: true });
	});

	it("answer labels of one language when asked", async () => {
		await work.hire("Sprecher", "admin");
		const url = `/api/v2/presence/definitions/${await idOf("Meal")}?localeCode=de_DE`;
		const meal = (await work.api.call("GET", url, { as: "Sprecher" })).json();
		expect(meal).toMatchObject({ name: "Mahlzeit", languageLabels: { de_DE: "Mahlzeit" } });
	});

	it("live from their making to their deletion, and stay with who has them", async () => {
		const boss = await work.hire("Maker", "admin");
		const body = { languageLabels: { en_US: "Lunch" }, systemPresence: "Meal" };
		const made = await work.api.call("POST", "/api/v2/presence/definitions", { as: "Maker", body });
		expect(made.statusCode).toBe(200);
		expect(departures("OrganizationPresenceDefinition", made.json())).toEqual([]);
		const { id } = made.json();
		expect((await take("Maker", boss, { presenceDefinition: { id } })).body.presenceDefinition).toMatchObject({
			id,
			systemPresence: "Meal",
		});
		const path = `/api/v2/presence/definitions/${id}`;
		const renamed = { ...body, languageLabels: { en_US: "Long lunch" } };
		expect((await work.api.call("PUT", path, { as: "Maker", body: renamed })).json().name).toBe("Long lunch");
		expect((await work.api.call("DELETE", path, { as: "Maker" })).statusCode).toBe(204);
		expect((await work.api.call("GET", path, { as: "Maker" })).statusCode).toBe(404);
		expect((await work.presence.get(boss)).definition.id).toBe(id);
		expect((await take("Maker", boss, { presenceDefinition: { id } })).status).toBe(404);
	});

	it.each([
		["an unknown system presence", { languageLabels: { en: "X" }, systemPresence: "Napping" }, "systemPresence"],
		["no label", { languageLabels: {}, systemPresence: "Busy" }, "languageLabels"],
		["a blank label", { languageLabels: { en: " " }, systemPresence: "Busy" }, "languageLabels"],
	])("refuse %s", async (_name, body, fieldName) => {
		work.principals.Root = testPrincipal();
		const answer = await work.api.call("POST", "/api/v2/presence/definitions", { as: "Root", body });
		expect(answer.statusCode).toBe(400);
		expect(answer.json().details[0].fieldName).toBe(fieldName);
	});

	it("an administrator who saved an old page overwrote what a colleague had just saved", async () => {
		work.principals.Root = testPrincipal();
		const call = (method: string, path: string, body?: unknown, headers = {}) =>
			work.api.call(method, `/api/v2/presence/definitions${path}`, { as: "Root", body, headers });
		const body = { languageLabels: { en_US: "Tea" }, systemPresence: "Break" };
		const made = await call("POST", "", body);
		const { id } = made.json();
		expect(made.headers.etag).toBe('"1"');
		expect((await call("PUT", `/${id}`, { ...body, deactivated: true, version: 1 })).headers.etag).toBe('"2"');
		for (const stale of [
			await call("PUT", `/${id}`, { ...body, version: 1 }),
			await call("DELETE", `/${id}`, undefined, { "if-match": '"1"' }),
		])
			expect([stale.statusCode, stale.json().code]).toEqual([409, "version.conflict"]);
		expect((await call("GET", `/${id}`)).json().deactivated).toBe(true);
		expect((await call("DELETE", `/${id}`, undefined, { "if-match": '"2"' })).statusCode).toBe(204);
	});

	it("stood in the order of their making, whatever administrators wished", async () => {
		work.principals.Root = testPrincipal();
		const make = async (label: string) => {
			const body = { languageLabels: { en_US: label }, systemPresence: "Training" };
			return (await work.api.call("POST", "/api/v2/presence/definitions", { as: "Root", body })).json().id;
		};
		const [a, b, c] = [await make("A"), await make("B"), await make("C")];
		const order = (ids: string[]) =>
			work.api.call("PUT", "/api/inlay/v1/presence/definitions/order", {
				as: "Root",
				body: { systemPresence: "Training", ids },
			});
		expect((await order([c, a, b])).statusCode).toBe(204);
		const under = async (path: string) => {
			const { entities } = (await work.api.call("GET", path, { as: "Root" })).json();
			return entities.map((one: { id: string }) => one.id).filter((id: string) => [a, b, c].includes(id));
		};
		expect(await under("/api/inlay/v1/presence/definitions")).toEqual([c, a, b]);
		expect(await under("/api/v2/presencedefinitions")).toEqual([c, a, b]);
		for (const ids of [[c, a], [c, a, b, "other"], []])
			expect((await order(ids)).json().code, ids.join()).toBe("version.conflict");
		expect((await order([a, a, b])).statusCode).toBe(400);
		expect(await under("/api/v2/presencedefinitions")).toEqual([c, a, b]);
	});

	it("one request with thousands of labels stopped the whole server", async () => {
		await work.hire("Flooder", "admin");
		const labels = (count: number) =>
			Object.fromEntries(Array.from({ length: count }, (_, i) => [`en_x${i}`, `Label ${i} of many`]));
		const post = (languageLabels: Record<string, string>) =>
			work.api.call("POST", "/api/v2/presence/definitions", {
				as: "Flooder",
				body: { languageLabels, systemPresence: "Busy" },
			});
		expect((await post(labels(101))).statusCode).toBe(400);
		expect((await post({ constructor_of_things: "x" })).statusCode).toBe(400);
		const made = await post(labels(100));
		expect(made.statusCode).toBe(200);
		expect((await post({ en: "label 7 OF many" })).json()).toMatchObject({ status: 409 });
		await work.api.call("DELETE", `/api/v2/presence/definitions/${made.json().id}`, { as: "Flooder" });
	});

	it("a person of one division made, changed and deleted those of the whole organization", async () => {
		await work.hire("Chief", "admin");
		const home = await work.authorization.homeDivisionId();
		const local = await work.hire("Local");
		const there = [{ permission: "presence:presenceDefinition:*", divisions: new Set([home]) }];
		work.principals.Local = testPrincipal({ userId: local, grants: there });
		const path = "/api/v2/presence/definitions";
		const body = (label: string, divisionId: string) => ({
			languageLabels: { en: label },
			systemPresence: "Training",
			divisionId,
		});
		const call = (as: string, method: "POST" | "PUT" | "DELETE", url: string, sent?: object) =>
			work.api.call(method, url, { as, ...(sent ? { body: sent } : {}) });
		const everybodys = (await call("Chief", "POST", path, body("For all", "*"))).json();
		const own = (await call("Local", "POST", path, body("For us", home))).json();
		const answers = await Promise.all([
			call("Local", "POST", path, body("Mine for all", "*")),
			call("Local", "PUT", `${path}/${everybodys.id}`, body("Changed", "*")),
			call("Local", "PUT", `${path}/${own.id}`, body("For us", "*")),
			call("Local", "DELETE", `${path}/${everybodys.id}`),
		]);
		expect(answers.map((one) => [one.statusCode, one.json().code])).toEqual(
			answers.map(() => [403, "missing.division.permission"]),
		);
		expect((await work.api.call("GET", `${path}/${everybodys.id}`, { as: "Local" })).statusCode).toBe(200);
		expect((await call("Local", "DELETE", `${path}/${own.id}`)).statusCode).toBe(204);
	});

	it("of the system cannot be changed", async () => {
		await work.hire("Vandal", "admin");
		const answer = await work.api.call("DELETE", `/api/v2/presence/definitions/${await idOf("Away")}`, {
			as: "Vandal",
		});
		expect(answer.statusCode).toBe(400);
	});
});

describe("a user's presence", () => {
	it("is Offline at first", async () => {
		const id = await work.hire("Newcomer");
		const answer = await work.api.call("GET", `/api/v2/users/${id}/presences/purecloud`, { as: "Newcomer" });
		expect(departures("UserPresence", answer.json())).toEqual([]);
		expect(answer.json().presenceDefinition.systemPresence).toBe("Offline");
	});

	it("makes idle by On Queue, and off queue by anything else", async () => {
		const id = await work.hire("Ann");
		const onQueue = await take("Ann", id, { presenceDefinition: { id: await idOf("OnQueue") } });
		expect(onQueue).toMatchObject({ status: 200, body: { presenceDefinition: { systemPresence: "On Queue" } } });
		expect((await work.routingStatus.get(id)).status).toBe("IDLE");
		await take("Ann", id, { presenceDefinition: { systemPresence: "AVAILABLE" }, message: "back soon" });
		expect((await work.routingStatus.get(id)).status).toBe("OFF_QUEUE");
		expect(await work.presence.get(id)).toMatchObject({ message: "back soon" });
	});

	it("is announced with its activity, in the platform's words", async () => {
		const id = await work.hire("Bob");
		await take("Bob", id, { presenceDefinition: { id: await idOf("OnQueue") } });
		const told = (await work.events()).filter((event) => event.entityId === id);
		const bodies = new Map(told.flatMap((e) => e.announcements).map((a) => [a.topics[0], a.eventBody]));
		const presence = bodies.get(`v2.users.${id}.presence`);
		expect(departures("PresenceEventUserPresence", presence)).toEqual([]);
		expect(presence).toMatchObject({ source: "PURECLOUD", presenceDefinition: { systemPresence: "ON_QUEUE" } });
		const status = bodies.get(`v2.users.${id}.routingStatus`);
		expect(departures("UserRoutingStatusUserRoutingStatus", status)).toEqual([]);
		const activity = bodies.get(`v2.users.${id}.activity`);
		expect(departures("AgentActivityChangedTopicAgentActivity", activity)).toEqual([]);
		expect(activity).toMatchObject({
			routingStatus: { status: "IDLE" },
			presence: { presenceDefinition: { systemPresence: "ON_QUEUE" } },
			activeQueueIds: [],
		});
	});

	it("On Queue needs the permission of the one who goes", async () => {
		const id = await work.hire("Clerk", "none");
		const refused = await take("Clerk", id, { presenceDefinition: { systemPresence: "OnQueue" } });
		expect(refused).toMatchObject({ status: 403, body: { code: "presence.not.authorized.update.on.queue" } });
		await work.hire("Head", "admin");
		expect((await take("Head", id, { presenceDefinition: { systemPresence: "OnQueue" } })).status).toBe(403);
		expect((await work.presence.get(id)).definition.systemPresence).toBe("Offline");
	});

	it("of others needs presence:userPresence:edit in their division", async () => {
		const id = await work.hire("Dora");
		const eve = await work.hire("Eve");
		expect((await take("Eve", id, { presenceDefinition: { systemPresence: "Busy" } })).status).toBe(403);
		const elsewhere = [{ permission: "presence:*:*", divisions: new Set(["elsewhere"]) }];
		work.principals.Eve = testPrincipal({ userId: eve, grants: elsewhere });
		const refused = await take("Eve", id, { presenceDefinition: { systemPresence: "Busy" } });
		expect(refused).toMatchObject({ status: 403, body: { code: "missing.division.permission" } });
	});

	it("unknown users, presences and sources are not found; nothing to set is refused", async () => {
		const id = await work.hire("Fay");
		expect((await take("Fay", "nobody", { presenceDefinition: { systemPresence: "Busy" } })).status).toBe(404);
		expect((await take("Fay", id, { presenceDefinition: { id: "nothing" } })).status).toBe(404);
		expect((await take("Fay", id, {})).status).toBe(400);
		const teams = await work.api.call("GET", `/api/v2/users/${id}/presences/teams`, { as: "Fay" });
		expect(teams.statusCode).toBe(404);
	});

	it("of many comes in one answer", async () => {
		const ids = [await work.hire("Gil"), await work.hire("Hal")];
		const url = `/api/v2/users/presences/purecloud/bulk?id=${ids.join(",")},nobody`;
		const found = (await work.api.call("GET", url, { as: "Gil" })).json();
		expect(departures("Array<UcUserPresence>", found)).toEqual([]);
		expect(found.map((one: { userId: string }) => one.userId).sort()).toEqual([...ids].sort());
	});

	it("set again changes nothing, but takes back an unanswered offer", async () => {
		const id = await work.hire("Ida");
		await take("Ida", id, { presenceDefinition: { systemPresence: "OnQueue" } });
		const before = await work.presence.get(id);
		await work.kernel.database.change((trx) => work.routingStatus.set(trx, id, "NOT_RESPONDING"));
		clock.advance(1000);
		await take("Ida", id, { presenceDefinition: { systemPresence: "OnQueue" } });
		expect((await work.presence.get(id)).modifiedDate).toEqual(before.modifiedDate);
		expect((await work.routingStatus.get(id)).status).toBe("IDLE");
	});

	it("and routing status changed by many at once never wait for each other", async () => {
		const id = await work.hire("Jo");
		const actor = { userId: id };
		const report = (status: "INTERACTING" | "IDLE" | "NOT_RESPONDING") =>
			work.kernel.database.change((trx) => work.routingStatus.set(trx, id, status));
		const rounds = Array.from({ length: 12 }, (_, round) => [
			work.presence.set(id, round % 2 ? "OnQueue" : "Break", { actor, message: `round ${round}` }),
			report(round % 3 ? "INTERACTING" : "IDLE"),
		]);
		await Promise.all(rounds.flat());
		await report("IDLE");
		const onQueue = (await work.presence.get(id)).definition.systemPresence === "OnQueue";
		expect((await work.routingStatus.get(id)).status).toBe(onQueue ? "IDLE" : "OFF_QUEUE");
	});
});
