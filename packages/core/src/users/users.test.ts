import { licenses as known, usualLicenses } from "@inlay/contract/licenses";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLocations } from "../locations/locations.ts";
import { locationsExpander } from "../locations/routes.ts";
import { seedClient, seedUser } from "../oauth/seed.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import type { Assignment } from "./licenses/licenses.ts";
import type { User } from "./model.ts";

let people: TestPeople;
let token: string;
let ann: User;
let home: string;
let agentToken: string;

beforeAll(async () => {
	people = await testPeople();
	const admin = (await seedClient(people, { name: "Admin", grant: "CLIENT-CREDENTIALS", roles: ["admin"] })).client;
	token = (await people.oauth.issueToken({ clientId: admin.id })).accessToken;
	home = await people.authorization.homeDivisionId();
	const password = "correct horse";
	ann = await seedUser(people, {
		name: "Ann Agent",
		email: "ann@x.example",
		password,
		roles: ["agent"],
		phone: "+13175550100",
		department: "Sales",
	});
	await seedUser(people, {
		name: "Bob_100% Super",
		email: "bob@x.example",
		password,
		roles: [],
		department: "Support",
	});
	const wanted = { name: "UI", grant: "CODE" as const, redirectUris: ["https://a.example/"] };
	const panel = await seedClient(people, { ...wanted, scopes: ["users", "user-basic-info", "groups"] });
	agentToken = (await people.oauth.issueToken({ clientId: panel.client.id, userId: ann.id })).accessToken;
});

afterAll(() => people.close());

function call(method: string, path: string, body?: unknown, as = token) {
	return people.call(method, `/api/v2/${path}`, { token: as, ...(body === undefined ? {} : { body }) });
}

test("where somebody works could not be kept, and stayed with a place that had gone", async () => {
	const locations = createLocations(people.kernel, { users: people.users });
	people.users.addExpander("locations", locationsExpander(locations));
	const place = async (name: string) => (await locations.create({ name, state: "active", path: [] }, {})).id;
	const [berlin, floor] = [await place("Berlin"), await place("Third floor")];
	const { id } = (await call("POST", "users", { name: "Pat", email: "pat@x.example", divisionId: home })).json();
	const refused = await call("PATCH", `users/${id}`, { version: 1, locations: [{ id: "nowhere" }] });
	expect([refused.statusCode, refused.json().details[0].fieldName]).toEqual([400, "locations"]);
	expect(
		(await call("PATCH", `users/${id}`, { version: 1, locations: [{ id: floor }, { id: floor }] })).statusCode,
	).toBe(400);
	const wanted = [{ id: floor, notes: "Desk 7" }, { id: berlin }];
	expect((await call("PATCH", `users/${id}`, { version: 1, locations: wanted })).statusCode).toBe(200);
	const read = async () => (await call("GET", `users/${id}?expand=locations`)).json();
	const shown = await read();
	expect(shown.locations).toMatchObject([
		{ id: floor, notes: "Desk 7", locationDefinition: { name: "Third floor" } },
		{ id: berlin, locationDefinition: { name: "Berlin" } },
	]);
	// As it was read it goes back.
	expect((await call("PATCH", `users/${id}`, { version: 2, locations: shown.locations })).statusCode).toBe(200);
	await locations.remove(floor, {});
	expect(await read()).toMatchObject({ version: 4, locations: [{ id: berlin }] });
	expect((await call("GET", `users/${id}`)).json().locations).toBeUndefined();
});

test("who is named in Greek capitals, or with a Turkish İ, could not be found by this very name", async () => {
	const names = ["ΝΙΚΟΣ", "İpek"];
	const ids: string[] = [];
	for (const name of names) {
		const made = await call("POST", "users", { name, email: `${name}@x.example`, divisionId: home });
		expect(made.statusCode, made.body).toBe(200);
		ids.push(made.json().id);
	}
	const search = async (value: string, type: string) => {
		const query = [{ fields: ["name"], value, type }];
		const { results } = (await call("POST", "users/search", { pageSize: 5, query })).json();
		return results.map((one: { id: string }) => one.id);
	};
	for (const [at, name] of names.entries()) {
		for (const written of [name, name.toLocaleLowerCase("tr")])
			expect(await search(written, "CONTAINS"), written).toEqual([ids[at]]);
		expect(await search(name, "EXACT"), name).toEqual([ids[at]]);
		expect((await people.users.findBySignInName(`${name}@x.example`))?.id, name).toBe(ids[at]);
	}
	const twin = await call("POST", "users", { name: "Ipek", email: "ipek@x.example", divisionId: home });
	expect([twin.statusCode, twin.json().code]).toEqual([409, "resource.already.exists"]);
});

test("a picture was a script in everybody's client", async () => {
	const refusal = async (path: string, body: object) => {
		const answer = await call("PATCH", path, body);
		return [answer.statusCode, answer.json().details?.[0]?.fieldName];
	};
	const { version } = (await call("GET", `users/${ann.id}`)).json();
	const images = (imageUri: string) => ({ version, images: [{ resolution: "x48", imageUri }] });
	const picture = `users/${ann.id}`;
	expect(await refusal(picture, images("javascript:alert(1)"))).toEqual([400, "images[0].imageUri"]);
	expect((await call("GET", picture)).json().version).toBe(version);
});

test("a picture from before, which none may be now, stood in the way of every change that sends the whole back", async () => {
	const pia = (await call("POST", "users", { name: "Pia", email: "pia@x.example", divisionId: home })).json();
	const made = { name: "Pictured", type: "official", visibility: "public", rulesVisible: true };
	const group = (await call("POST", "groups", made)).json();
	const images = [{ resolution: "x48", imageUri: "ftp://old.example/a.png" }];
	await people.users.update(pia.id, { images });
	await people.users.groups.update("server", group.id, { images }, group.version);
	for (const [path, method] of [
		[`users/${pia.id}`, "PATCH"],
		[`groups/${group.id}`, "PUT"],
	] as const) {
		const whole = (await call("GET", path)).json();
		expect(whole.images).toEqual(images);
		const kept = await call(method, path, { ...whole, name: `${whole.name} again` });
		expect([kept.statusCode, kept.json().images]).toEqual([200, images]);
		const other = [{ resolution: "x48", imageUri: "ftp://old.example/b.png" }];
		expect((await call(method, path, { version: kept.json().version, images: other })).statusCode).toBe(400);
		await call("DELETE", path);
	}
});

describe("users/me", () => {
	test("tells what every client needs", async () => {
		const me = (await call("GET", "users/me", undefined, agentToken)).json();
		const organization = await people.users.organization.get();
		expect(me).toMatchObject({
			id: ann.id,
			name: "Ann Agent",
			division: { id: home, name: "Home" },
			chat: { jabberId: `${ann.id}@${organization.id}.orgspan.com` },
			username: "ann@x.example",
			version: 1,
			state: "active",
			acdAutoAnswer: false,
			images: [],
			primaryContactInfo: [{ mediaType: "EMAIL" }, { mediaType: "PHONE", address: "+13175550100" }],
			selfUri: `/api/v2/users/${ann.id}`,
		});
		expect(me.authorization).toBeUndefined();
		expect(JSON.stringify(me)).not.toContain("argon2");
	});

	test("adds what is asked for, comma-joined, of whatever letter case", async () => {
		people.users.addExpander("presence", async (ids) => new Map(ids.map((id) => [id, { id: `presence of ${id}` }])));
		const expand = "authorization,PRESENCE,organization,token,groups";
		const me = (await call("GET", `users/me?expand=${expand}`, undefined, agentToken)).json();
		expect(me.authorization.permissions).toContain("routing:agent:onqueue");
		expect(me.presence).toEqual({ id: `presence of ${ann.id}` });
		expect(me.organization.name).toBe("Inlay");
		expect(me.token.OAuthClient.name).toBe("UI");
		expect(me.groups).toEqual([]);
	});

	test("expands that are not implemented were left out in silence", async () => {
		for (const [path, fields] of [
			["users/me?expand=presence,geolocation,adjacents", "expand=geolocation, expand=adjacents"],
			["users?expand=nonsense", "expand=nonsense"],
			["users?sortBy=email", "sortBy=email"],
			["users?expand=Team", "expand=Team"],
			[`users/${ann.id}?expand=skills`, "expand=skills"],
		]) {
			const answer = (await call("GET", path ?? "", undefined, agentToken)).json();
			expect([answer.code, answer.messageParams.fields]).toEqual(["not.supported", fields]);
		}
		expect((await call("GET", `users/${ann.id}?expand=biography,dateLastLogin`)).statusCode).toBe(200);
	});

	test("sort keys and orders of a search that are not implemented were taken for the name", async () => {
		for (const sort of [{ sortBy: "divisionId" }, { sort: [{ sortBy: "name" }, { sortBy: "email" }] }]) {
			expect((await call("POST", "users/search", sort)).json().code).toBe("not.supported");
		}
		expect((await call("POST", "users/search", { enforcePermissions: true })).json().code).toBe("not.supported");
	});

	test("a user of another state is not found by who asks for one", async () => {
		expect((await call("GET", `users/${ann.id}?state=inactive`)).statusCode).toBe(404);
		expect((await call("GET", `users/${ann.id}?state=active`)).statusCode).toBe(200);
	});
});

describe("creating and changing", () => {
	const body = (email: string) => ({ name: "New", email, divisionId: home, password: "long enough" });

	test("a user who can then sign in", async () => {
		const made = await call("POST", "users", { ...body("new@x.example"), title: "Clerk" });
		expect([made.statusCode, made.json().title]).toEqual([200, "Clerk"]);
		expect((await people.users.verifyPassword("NEW@x.example", "long enough"))?.id).toBe(made.json().id);
	});

	test.each([
		[{ name: "" }, 400],
		[{ email: "nobody" }, 400],
		[{ email: undefined }, 400],
		[{ password: "short" }, 400],
		[{ state: "deleted" }, 400],
		[{ divisionId: "nowhere" }, 400],
		[{ email: "ANN@x.example" }, 409],
	])("%j is refused", async (change, status) => {
		const before = (await call("GET", "users?state=any")).json().total;
		const answer = await call("POST", "users", { ...body("other@x.example"), ...change });
		expect(answer.statusCode).toBe(status);
		expect(answer.json().details[0].fieldName).toBeTruthy();
		expect((await call("GET", "users?state=any")).json().total).toBe(before);
	});

	test("one user name goes to one of many creates at once", async () => {
		const answers = await Promise.all(Array.from({ length: 6 }, () => call("POST", "users", body("twin@x.example"))));
		expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409, 409, 409, 409, 409]);
	});

	test("on the version that was seen, one of two at once", async () => {
		const { id } = (await call("POST", "users", body("v@x.example"))).json();
		const patch = (name: string) => call("PATCH", `users/${id}`, { version: 1, name });
		const answers = await Promise.all([patch("One"), patch("Two")]);
		expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 409]);
		expect(answers.find((answer) => answer.statusCode === 409)?.json().code).toBe("version.conflict");
		const stored = (await call("GET", `users/${id}`)).json();
		expect(stored.version).toBe(2);
		expect((await call("PATCH", `users/${id}`, { ...stored, department: "Returns" })).json().department).toBe(
			"Returns",
		);
	});

	test("is not for agents, and unknown ids are 404", async () => {
		const refused = await call("PATCH", `users/${ann.id}`, { version: 1, name: "Boss" }, agentToken);
		expect([refused.statusCode, refused.json().code]).toEqual([403, "missing.any.permissions"]);
		expect((await call("GET", "users/nobody")).json().code).toBe("not.found");
		expect((await call("PATCH", "users/nobody", { version: 1 })).statusCode).toBe(404);
	});

	test("several users are changed at once, or none of them", async () => {
		const [one, two] = [
			(await call("POST", "users", body("b1@x.example"))).json(),
			(await call("POST", "users", body("b2@x.example"))).json(),
		];
		const bulk = (changes: object[], as = token) => call("PATCH", "users/bulk", changes, as);
		const done = await bulk([
			{ id: two.id, acdAutoAnswer: true },
			{ id: one.id, acdAutoAnswer: true },
		]);
		expect(done.statusCode).toBe(200);
		const read = async (id: string) => (await call("GET", `users/${id}`)).json();
		expect([await read(one.id), await read(two.id)]).toMatchObject([
			{ acdAutoAnswer: true, version: 2 },
			{ acdAutoAnswer: true, version: 2 },
		]);
		expect(
			(
				await bulk([
					{ id: one.id, acdAutoAnswer: false },
					{ id: "nobody", acdAutoAnswer: false },
				])
			).statusCode,
		).toBe(404);
		expect((await bulk([{ id: one.id, acdAutoAnswer: false }], agentToken)).statusCode).toBe(403);
		expect((await bulk([{ id: one.id, name: "Boss" }])).json().code).toBe("not.supported");
		expect(await read(one.id)).toMatchObject({ acdAutoAnswer: true, version: 2 });
	});

	test("a deleted user leaves name, grants and sign-in behind", async () => {
		const made = (await call("POST", "users", body("gone@x.example"))).json();
		await people.authorization.grant(made.id, (await people.authorization.defaultRole("agent")).id, home);
		expect((await call("DELETE", `users/${made.id}`)).statusCode).toBe(200);
		expect((await call("GET", `users/${made.id}`)).json().state).toBe("deleted");
		expect(await people.users.verifyPassword("gone@x.example", "long enough")).toBeUndefined();
		expect(await people.authorization.grantsOf(made.id)).toEqual([]);
		expect((await call("POST", "users", body("gone@x.example"))).statusCode).toBe(200);
		const password = { newPassword: "correct horse staple" };
		expect((await call("POST", `users/${made.id}/password`, password)).statusCode, "which was 204").toBe(404);
	});

	test("a user was deleted twice at the same moment", async () => {
		const made = (await call("POST", "users", body("twice@x.example"))).json();
		const both = await Promise.all([1, 2].map(() => call("DELETE", `users/${made.id}`)));
		expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 404]);
	});
});

describe("passwords", () => {
	test("are set by who may, and changed by their owner", async () => {
		const { id } = await people.users.create({ name: "P", email: "p@x.example", password: "first one" });
		expect((await call("POST", `users/${id}/password`, { newPassword: "second one" })).statusCode).toBe(204);
		expect(await people.users.verifyPassword("p@x.example", "first one")).toBeUndefined();
		expect(await people.users.verifyPassword("p@x.example", "second one")).toBeDefined();
		expect((await call("POST", `users/${id}/password`, { newPassword: "short" })).json().code).toBe("invalid.password");
		expect((await call("POST", `users/${id}/password`, { newPassword: "mine now!" }, agentToken)).statusCode).toBe(403);
		const own = (oldPassword: string) =>
			call("POST", "users/me/password", { oldPassword, newPassword: "battery staple" }, agentToken);
		expect((await own("wrong")).json().code).toBe("invalid.old.password");
		expect((await own("correct horse")).statusCode).toBe(204);
		expect((await people.users.verifyPassword("ann@x.example", "battery staple"))?.id).toBe(ann.id);
	});
});

describe("lists and search", () => {
	async function found(query: unknown[], extra: object = {}): Promise<string[]> {
		const answer = await call("POST", "users/search", { query, ...extra });
		expect([answer.statusCode, answer.json().types]).toEqual([200, ["users"]]);
		return answer.json().results.map((user: { email: string }) => user.email);
	}

	test.each([
		[{ type: "CONTAINS", fields: ["name"], value: "AGENT" }, ["ann@x.example"]],
		[{ type: "STARTS_WITH", fields: ["name", "department"], value: "sup" }, ["bob@x.example"]],
		[{ type: "EXACT", fields: ["name"], value: "ann" }, []],
		[{ type: "TERM", fields: ["name"], value: "ann" }, ["ann@x.example"]],
		[{ type: "EXACT", fields: ["department"], values: ["sales", "support"] }, ["ann@x.example", "bob@x.example"]],
		[{ type: "CONTAINS", fields: ["name"], value: "_100%" }, ["bob@x.example"]],
		[{ type: "CONTAINS", fields: ["name"], value: "%" }, ["bob@x.example"]],
		[{ type: "QUERY_STRING", fields: ["name", "email"], value: "agent ann" }, ["ann@x.example"]],
		[{ type: "QUERY_STRING", fields: ["name", "email"], value: "Agent,  Ann" }, ["ann@x.example"]],
		[{ type: "EXACT", fields: ["phone"], value: "x' or '1'='1" }, []],
	])("%j finds %j", async (criterion, emails) => {
		expect(await found([criterion])).toEqual(emails);
	});

	test("criteria join by their operators", async () => {
		const exact = (value: string, operator?: string) => ({ type: "EXACT", fields: ["department"], value, operator });
		expect(await found([exact("Sales"), exact("Support", "OR")])).toHaveLength(2);
		expect(await found([exact("Sales"), exact("Support", "AND")])).toHaveLength(0);
		expect(await found([exact("Sales", "NOT"), { type: "REQUIRED_FIELDS", fields: ["department"] }])).toContain(
			"bob@x.example",
		);
	});

	test("the same request works as q64", async () => {
		const request = { query: [{ type: "EXACT", fields: ["email"], value: "ann@x.example" }] };
		const q64 = Buffer.from(JSON.stringify(request)).toString("base64");
		const answer = await call("GET", `users/search?q64=${encodeURIComponent(q64)}`);
		expect(answer.json()).toMatchObject({ total: 1, results: [{ id: ann.id }] });
		expect((await call("GET", "users/search?q64=nonsense")).statusCode).toBe(400);
	});

	test.each([
		[{ type: "EXACT", fields: ["password_hash"], value: "x" }],
		[{ type: "EXACT", fields: ["__proto__"], value: "x" }],
		[{ type: "GUESS", fields: ["name"], value: "x" }],
		[{ type: "EXACT", fields: ["name"] }],
		[{ type: "EXACT", value: "x" }],
	])("%j is refused", async (criterion) => {
		const answer = await call("POST", "users/search", { query: [criterion] });
		expect([answer.statusCode, answer.json().details[0].fieldName]).toEqual([400, expect.stringContaining("query.0")]);
	});

	test("users are listed by id and page", async () => {
		const page = (await call("GET", "users?pageSize=1&pageNumber=2&sortOrder=desc")).json();
		expect(page).toMatchObject({ pageSize: 1, pageNumber: 2, entities: [expect.any(Object)] });
		expect(page.nextUri).toContain("pageNumber=3");
		expect((await call("GET", `users?id=${ann.id},nobody`)).json().total).toBe(1);
	});
});

describe("groups", () => {
	const body = (name: string) => ({ name, type: "official", visibility: "public", rulesVisible: false });

	test("are created, found, changed on their version and deleted", async () => {
		const made = (await call("POST", "groups", { ...body("Blue"), ownerIds: [ann.id] })).json();
		expect(made).toMatchObject({ name: "Blue", memberCount: 0, version: 1, owners: [{ id: ann.id }] });
		expect((await call("POST", "groups", body("BLUE"))).statusCode).toBe(409);
		const search = { query: [{ type: "STARTS_WITH", fields: ["name"], value: "bl" }] };
		expect((await call("POST", "groups/search", search)).json().results[0].id).toBe(made.id);
		expect((await call("PUT", `groups/${made.id}`, { version: 7, name: "Red" })).json().code).toBe("version.conflict");
		expect((await call("PUT", `groups/${made.id}`, { version: 1, includeOwners: true })).json().memberCount).toBe(1);
		expect(await people.users.groupsOf(ann.id)).toEqual([made.id]);
		expect((await call("DELETE", `groups/${made.id}`)).statusCode).toBe(204);
		expect((await call("GET", `groups/${made.id}`)).json().code).toBe("not.found");
	});

	test("let in who their owner or an administrator lets in, and nobody else", async () => {
		const { id } = (await call("POST", "groups", body("Closed"))).json();
		const join = { memberIds: [ann.id] };
		expect((await call("POST", `groups/${id}/members`, join, agentToken)).json().code).toBe("missing.permissions");
		expect((await call("POST", `groups/${id}/members`, { memberIds: ["nobody"] })).statusCode).toBe(400);
		expect((await call("POST", `groups/${id}/members`, join)).statusCode).toBe(202);
		expect((await call("POST", `groups/${id}/members`, { ...join, version: 1 })).json().code).toBe("version.conflict");
		const members = (await call("GET", `groups/${id}/members`)).json();
		expect(members.entities.map((user: { id: string }) => user.id)).toEqual([ann.id]);
		expect((await call("GET", `groups/${id}/individuals`)).json().total).toBe(1);
		expect((await call("DELETE", `groups/${id}/members?ids=${ann.id}`)).statusCode).toBe(202);
		expect((await call("GET", `groups/${id}/members`)).json().entities).toEqual([]);
	});
});

describe("the organization", () => {
	test("says who may embed the client, in both forms", async () => {
		expect(await people.users.embedAllowList()).toEqual([]);
		const settings = { domainAllowlistEnabled: true, domainAllowlist: ["CRM.example", "https://*.shop.example:8443"] };
		const patched = await call("PATCH", "organizations/authentication/settings", settings);
		expect(patched.json().domainAllowlist).toEqual(["crm.example", "https://*.shop.example:8443"]);
		expect(await people.users.embedAllowList()).toEqual(["crm.example", "https://*.shop.example:8443"]);
		const older = (await call("GET", "organizations/embeddedintegration")).json();
		expect(older).toEqual({ enableWhitelist: true, domainWhitelist: ["crm.example", "https://*.shop.example:8443"] });
		await call("PUT", "organizations/embeddedintegration", { enableWhitelist: false, domainWhitelist: [] });
		expect(await people.users.embedAllowList()).toEqual([]);
	});

	test.each(["evil.example; script-src *", "javascript:alert(1)", "a b", "", "null"])(
		"%j is no domain",
		async (domain) => {
			const answer = await call("PATCH", "organizations/authentication/settings", { domainAllowlist: [domain] });
			expect([answer.statusCode, answer.json().details[0].fieldName]).toEqual([400, "domainAllowlist"]);
		},
	);

	test("its language and country could be set by nobody: numbers of a French organization were read as American ones", async () => {
		const before = (await call("GET", "organizations/me")).json();
		const french = { ...before, defaultLanguage: "fr_FR", defaultCountryCode: "fr" };
		const changed = await call("PUT", "organizations/me", french);
		expect([changed.statusCode, changed.json()]).toEqual([
			...[200, { ...before, defaultLanguage: "fr-fr", defaultCountryCode: "FR", version: before.version + 1 }],
		]);
		expect((await people.users.organization.get()).defaultCountryCode).toBe("FR");
		expect((await call("PUT", "organizations/me", before)).json().code, "as it was before").toBe("version.conflict");
		const refusedOf = async (change: object) => {
			const { version } = await people.users.organization.get();
			const answer = await call("PUT", "organizations/me", { version, ...change });
			return [answer.statusCode, answer.json().details?.[0]?.fieldName];
		};
		expect(await refusedOf({ defaultCountryCode: "XX" })).toEqual([400, "defaultCountryCode"]);
		for (const defaultLanguage of ["!!", "english", "xx"])
			expect(await refusedOf({ defaultLanguage })).toEqual([400, "defaultLanguage"]);
		for (const supportURI of ["help.example.com:8080", "help.example.com/a", "https://help.example.com"])
			expect(await refusedOf({ supportURI }), supportURI).toEqual([200, undefined]);
		for (const supportURI of ["javascript:1", "a.example:99999", "x.example:8080@evil.example"])
			expect(await refusedOf({ supportURI }), supportURI).toEqual([400, "supportURI"]);
		await people.users.organization.update({ defaultLanguage: "english", supportUri: "ftp://old.example" });
		const standing = (await call("GET", "organizations/me")).json();
		expect(await refusedOf({ ...standing, version: standing.version }), "what stands").toEqual([200, undefined]);
		await people.users.organization.update({ supportUri: null });
		expect(await refusedOf({ name: "  " })).toEqual([400, "name"]);
		expect(await refusedOf({ domain: "other" })).toEqual([400, "domain"]);
		const { version } = await people.users.organization.get();
		await call("PUT", "organizations/me", { ...before, version });
	});

	test("and the clock and the time zones answer", async () => {
		expect((await call("GET", "organizations/me")).json()).toMatchObject({ name: "Inlay", state: "active" });
		expect((await call("GET", "date")).json().currentDate).toBe(people.kernel.clock.now().toISOString());
		const zones = (await call("GET", "timezones?pageSize=500")).json().entities as Array<{
			id: string;
			offset: number;
		}>;
		expect(zones.find((zone) => zone.id === "America/New_York")?.offset).toBe(-300);
		expect(zones.find((zone) => zone.id === "Europe/Berlin")?.offset).toBe(60);
	});
});

test("of two administrators who gave one user licenses at the same moment, one's were lost", async () => {
	const { licenses } = people.users;
	const ids = known.map(({ id }) => id);
	const each = (change: (licenseId: string) => Partial<Assignment>) =>
		Promise.all(
			ids.map((licenseId) => licenses.assign([{ licenseId, userIdsAdd: [], userIdsRemove: [], ...change(licenseId) }])),
		);
	const held = async () => [...((await licenses.ofAll([ann.id])).get(ann.id) ?? [])].sort();
	for (let time = 0; time < 3; time++) {
		await each(() => ({ userIdsAdd: [ann.id] }));
		expect(await held()).toEqual(ids.toSorted());
		await each((id) => (id === ids[0] ? {} : { userIdsRemove: [ann.id] }));
		expect(await held()).toEqual(ids.slice(0, 1));
	}
	await licenses.assign(usualLicenses.map((licenseId) => ({ licenseId, userIdsAdd: [ann.id], userIdsRemove: [] })));
});
