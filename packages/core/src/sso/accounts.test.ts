import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAccounts } from "./accounts.ts";
import { identityStore } from "./identities-store.ts";
import type { Known } from "./test-support/oidc-idp.ts";
import { expectIn, known, type OidcScene, oidcScene } from "./test-support/oidc-scene.ts";

let scene: OidcScene;

beforeAll(async () => {
	scene = await oidcScene();
});
afterAll(() => scene.close());
beforeEach(() => scene.reset());

describe("who has no account, and what groups give", () => {
	const kind = { type: "official", visibility: "public", rulesVisible: true } as const;
	let names = 0;

	async function things() {
		const { users, authorization } = scene.people;
		const group = await users.groups.create("server", { name: `Mapped ${++names}`, ...kind });
		const roleId = await scene.givers.role("conversation:call:add");
		return { group, roleId, home: await authorization.homeDivisionId() };
	}

	async function heldBy(userId: string) {
		const { users, authorization } = scene.people;
		const roles = (await authorization.grants.own(userId)).map(({ roleId, divisionId }) => `${roleId}@${divisionId}`);
		return { groups: await users.groups.groupsOf(userId), roles };
	}

	test("an account is made with what everybody and what their groups get", async () => {
		const { group, roleId, home } = await things();
		const division = await scene.givers.division();
		const gifts = [{ groupId: group.id }, { group: "support", roleId, divisionId: home }];
		const changed = await scene.change({ createsPeople: true, divisionId: division, gifts });
		expect(changed.statusCode, changed.body).toBe(200);
		const answer = await scene.signIn(
			known(`new${++names}@acme.example`, { name: "New\u0000 Person", groups: ["support"] }),
		);
		const made = await scene.userOf(answer);
		expect(made).toMatchObject({ email: `new${names}@acme.example`, name: "New Person" });
		expect((await scene.people.users.get(made.id)).divisionId).toBe(division);
		expect(await heldBy(made.id)).toEqual({ groups: [group.id], roles: [`${roleId}@${home}`] });
		const told = (await scene.people.kernel.told()).findLast(({ type }) => type === "user.identity.told");
		expect(told).toMatchObject({
			entityId: made.id,
			data: { provider: scene.provider.name, created: true, bound: true },
		});
	});

	test("what a group gives goes with it, what one had from elsewhere stays, and silence takes nothing", async () => {
		const { group, roleId, home } = await things();
		const own = await scene.givers.role("conversation:call:view");
		const gifts = [
			{ group: "support", groupId: group.id },
			{ group: "support", roleId, divisionId: home },
			{ group: "support", roleId: own, divisionId: home },
		];
		await scene.change({ gifts });
		const user = await scene.person();
		await scene.people.authorization.grant(user.id, own, home);
		const person = known(user.email, { groups: "support" });
		expectIn(await scene.signIn(person));
		const all = { groups: [group.id], roles: [`${own}@${home}`, `${roleId}@${home}`].sort() };
		expect({ ...(await heldBy(user.id)), roles: (await heldBy(user.id)).roles.sort() }).toEqual(all);
		expectIn(await scene.signIn({ ...person, groups: undefined }));
		expect((await heldBy(user.id)).groups).toEqual([group.id]);
		expectIn(await scene.signIn({ ...person, groups: [] }));
		expect(await heldBy(user.id)).toEqual({ groups: [], roles: [`${own}@${home}`] });
		expectIn(await scene.signIn(person));
		expect((await heldBy(user.id)).groups).toEqual([group.id]);
	});

	test("a provider took the last administrator's rights", async () => {
		const { authorization, users } = scene.people;
		const admin = await authorization.defaultRole("admin");
		const gifts = [{ group: "bosses", roleId: admin.id, divisionId: "*" }];
		await scene.change({ gifts });
		const boss = await scene.givers.person([]);
		const person = known(boss.user.email, { groups: ["bosses"] });
		expectIn(await scene.signIn(person));
		// By the provider alone they are no administrator who counts: their password ended with the gain.
		await users.authentication.passwords.reset(boss.user, "battery staple 9");
		const own = (await authorization.grants.own(scene.admin.user.id))[0];
		if (!own) throw new Error("The administrator holds nothing.");
		const { roleId, divisionId } = own;
		await authorization.grants.revoke("server", { subjectId: scene.admin.user.id, roleId, divisionId });
		expectIn(await scene.signIn({ ...person, groups: [] }));
		expect(await authorization.hasAdministrator()).toBe(true);
		expect(scene.lines).toContainEqual(expect.objectContaining({ event: "sso.last-administrator" }));
		await authorization.grant(scene.admin.user.id, roleId, divisionId);
		expectIn(await scene.signIn({ ...person, groups: [] }));
		expect((await heldBy(boss.user.id)).roles).toEqual([]);
		await users.remove(boss.user.id);
	});

	test("who was deleted here had the provider's person for ever", async () => {
		const first = await scene.person();
		const person = known(first.email);
		expectIn(await scene.signIn(person));
		await scene.people.users.remove(first.id);
		const second = await scene.person(first.email, "Again");
		expect((await scene.userOf(await scene.signIn(person))).id).toBe(second.id);
	});

	test("of who was deleted the provider's name for them, what it gave, and their token stayed", async () => {
		const { group } = await things();
		await scene.change({ gifts: [{ groupId: group.id }], ...scene.trusted({ endsSession: true }) });
		const user = await scene.person();
		await scene.tokenOf(await scene.signIn(known(user.email)));
		const { db } = scene.people.kernel.database;
		const left = async () => {
			const rows = (["user_identities", "user_identity_gains", "identity_sessions"] as const).map((table) =>
				db.selectFrom(table).select("user_id").where("user_id", "=", user.id).execute(),
			);
			return (await Promise.all(rows)).map(({ length }) => length);
		};
		expect(await left()).toEqual([1, 1, 1]);
		await scene.people.users.update(user.id, { state: "inactive" });
		expect(await left(), "who is deactivated can come back").toEqual([1, 1, 1]);
		await scene.people.users.remove(user.id);
		expect(await left()).toEqual([0, 0, 0]);
	});

	test("a right that went while its holder signed in came back outside of the changes of rights", async () => {
		const { kernel, authorization, users, sso } = scene.people;
		const { roleId, home } = await things();
		await scene.change({ gifts: [{ roleId, divisionId: home }] });
		const person = known((await scene.person()).email);
		const { id: userId } = await scene.userOf(await scene.signIn(person));
		let revoked = false;
		let changes = 0;
		const accounts = createAccounts(
			{
				...kernel,
				database: {
					...kernel.database,
					async change(work) {
						if (!revoked) await authorization.grants.revoke("server", { subjectId: userId, roleId, divisionId: home });
						revoked = true;
						expect(await authorization.grantsOf(userId)).toEqual([]);
						return kernel.database.change(work);
					},
				},
			},
			{
				users,
				authorization: {
					...authorization,
					changeRights(by, work) {
						changes++;
						return authorization.changeRights(by, work);
					},
				},
			},
		);
		const told = { issuer: scene.idp.issuer, subject: person.sub, claims: {}, groups: [] };
		await accounts.enter(await sso.providers.get(scene.provider.id), told);
		expect(changes).toBe(1);
		expect((await authorization.grantsOf(userId)).map(({ permission }) => permission)).toEqual([
			"conversation:call:add",
		]);
	});

	test("who had made the account, or put its owner's address on their own, had what the provider gave", async () => {
		const { users, oauth, kernel } = scene.people;
		const { roleId, home } = await things();
		await scene.change({ gifts: [{ group: "chiefs", roleId, divisionId: home }] });
		const { user, token } = await scene.givers.person([[["directory:user:view"], "*"]]);
		const email = `chief${++names}@acme.example`;
		await users.update(user.id, { email });
		expect(await oauth.authenticate(token)).toBeDefined();
		const chief = known(email, { groups: ["chiefs"] });
		const { access_token: own = "" } = await scene.tokenOf(await scene.signIn(chief));
		expect((await heldBy(user.id)).roles).toContain(`${roleId}@${home}`);
		expect(await oauth.authenticate(token)).toBeUndefined();
		const credentials = kernel.database.db.selectFrom("credentials").select("password_hash");
		expect(await credentials.where("user_id", "=", user.id).execute()).toEqual([{ password_hash: null }]);
		// What gives nothing more ends nothing.
		expectIn(await scene.signIn(chief));
		expect(await oauth.authenticate(own)).toBeDefined();
	});

	test("the only administrator lost the password to fall back on, with a group that everybody gets", async () => {
		const { authorization, kernel } = scene.people;
		const { group } = await things();
		await scene.change({ gifts: [{ groupId: group.id }] });
		const boss = await scene.givers.person([[["*:*:*"], "*"]]);
		expectIn(await scene.signIn(known(boss.user.email)));
		expect((await heldBy(boss.user.id)).groups).toEqual([group.id]);
		const credentials = kernel.database.db.selectFrom("credentials").select("password_hash");
		const [row] = await credentials.where("user_id", "=", boss.user.id).execute();
		expect(row?.password_hash).not.toBeNull();
		expect(await authorization.hasAdministrator()).toBe(true);
	});

	test("who was at work by the provider was put out by what a later sign-in gave", async () => {
		const { oauth } = scene.people;
		const { roleId, home } = await things();
		await scene.change({ gifts: [{ group: "late", roleId, divisionId: home }] });
		const person = known((await scene.person()).email);
		const { access_token: atWork = "" } = await scene.tokenOf(await scene.signIn(person));
		expectIn(await scene.signIn({ ...person, groups: ["late"] }));
		const principal = await oauth.authenticate(atWork);
		expect((await heldBy(principal?.userId ?? "")).roles).toEqual([`${roleId}@${home}`]);
	});

	test("who was known by another provider, too, had what this one gave", async () => {
		const { kernel } = scene.people;
		const { roleId, home } = await things();
		await scene.change({ gifts: [{ group: "chiefs", roleId, divisionId: home }] });
		const user = await scene.person();
		const other = await scene.addProvider({
			oidc: { issuer: "https://b.example.com", clientId: "b", clientSecret: "b" },
		});
		const now = kernel.clock.now();
		await kernel.database.change((trx) =>
			identityStore
				.bind(trx, {
					...{ providerId: other.id, issuer: "https://b.example.com", subject: "mallory", userId: user.id },
					...{ address: user.email, dateCreated: now, dateLastUsed: now },
				})
				.then(() => undefined),
		);
		expectIn(await scene.signIn(known(user.email, { groups: ["chiefs"] })));
		const bound = await identityStore.ofUser(kernel.database.db, user.id);
		expect(bound.map(({ providerId }) => providerId)).toEqual([scene.provider.id]);
		const told = await kernel.told();
		const removed = told.filter(({ type, entityId }) => type === "user.identity.removed" && entityId === user.id);
		expect(removed.map(({ data }) => data)).toEqual([{ providerId: other.id }]);
	});

	test("a sign-in that changes nobody's rights waited for who changes some", async () => {
		const person = known((await scene.person()).email);
		expectIn(await scene.signIn(person));
		const { authorization } = scene.people;
		const held = Promise.withResolvers<void>();
		const done = Promise.withResolvers<void>();
		const changing = authorization.changeRights("server", async (trx) => {
			await authorization.judge(trx, "server");
			held.resolve();
			await done.promise;
		});
		await held.promise;
		expectIn(await scene.signIn(person));
		done.resolve();
		await changing;
	});
});

describe("two windows in which somebody signs in for the first time", () => {
	/** Both have come back from the provider, and look whose account it is at the same moment. */
	async function both(person: Known) {
		scene.idp.be(person);
		const browsers = [scene.browser(), scene.browser()];
		const back = await Promise.all(browsers.map((browser) => scene.away(browser)));
		return Promise.all(browsers.map((browser, at) => browser.inlay(back[at] ?? "")));
	}

	test("the second one of somebody whose account is made was refused", async () => {
		await scene.change({ createsPeople: true });
		const answers = await both(known("two-windows@acme.example"));
		const [one, other] = await Promise.all(answers.map((answer) => scene.userOf(answer)));
		expect(one?.id).toBe(other?.id);
	});

	test("the second one of somebody who was found by their address was refused as another person's", async () => {
		const user = await scene.person();
		const { db } = scene.people.kernel.database;
		// Nobody writes until both have looked: as it is when they come at the very same moment.
		const answers = await db.transaction().execute(async (trx) => {
			await sql`lock table user_identities in share mode`.execute(trx);
			const signingIn = both(known(user.email));
			const waiting = () =>
				sql<{ count: number }>`select count(*)::int as count from pg_locks
					where not granted and relation = 'user_identities'::regclass`
					.execute(trx)
					.then(({ rows }) => rows[0]?.count);
			await expect.poll(waiting).toBe(2);
			return { signingIn };
		});
		for (const answer of await answers.signingIn) expect((await scene.userOf(answer)).id).toBe(user.id);
	});
});
