import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { clientId, jwt, type Known } from "./test-support/oidc-idp.ts";
import { known, type OidcScene, oidcScene } from "./test-support/oidc-scene.ts";

const event = "http://schemas.openid.net/event/backchannel-logout";
const place = "/oauth/sso/backchannel-logout";

let scene: OidcScene;
/** The address that the provider knows: what it sends there comes to the server. */
let door: Server;

beforeAll(async () => {
	door = createServer(async (request, response) => {
		let body = "";
		for await (const part of request) body += part;
		const answer = await send(body);
		response.writeHead(answer.statusCode).end(answer.body);
	});
	await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
	scene = await oidcScene(`http://127.0.0.1:${(door.address() as AddressInfo).port}${place}`);
});
afterAll(async () => {
	await scene.close();
	door.closeAllConnections();
	await new Promise((resolve) => door.close(resolve));
});
beforeEach(() => scene.reset());

interface Told {
	userId?: string;
	reason?: string;
}

const send = (payload: string) =>
	scene.people.http.inject({
		...{ method: "POST", url: place, payload },
		headers: { "content-type": "application/x-www-form-urlencoded" },
	});
const sendToken = (token: string) => send(new URLSearchParams({ logout_token: token }).toString());

/** Somebody signs in in a browser of their own. */
async function signedIn(person: Known) {
	const { access_token: token = "" } = await scene.tokenOf(await scene.signIn(person));
	const { db } = scene.people.kernel.database;
	const rows = await db.selectFrom("identity_sessions").selectAll().where("subject", "=", person.sub).execute();
	return { token, sid: rows.at(-1)?.sid ?? "", familyIds: rows.map((row) => row.family_id) };
}

async function isIn(token: string): Promise<boolean> {
	return (await scene.people.oauth.authenticate(token)) !== undefined;
}

const claims = (change: object = {}) => {
	const iat = Math.floor(scene.people.kernel.clock.now().getTime() / 1000);
	const id = `jti-${Math.random()}`;
	return { iss: scene.idp.issuer, aud: clientId, iat, exp: iat + 120, jti: id, events: { [event]: {} }, ...change };
};
const signed = (change: object = {}, head: object = {}) =>
	jwt({ alg: "RS256", kid: "k1", typ: "logout+jwt", ...head }, claims(change), scene.idp.privateKey);

test("whoever signed out at npm's oidc-provider stayed signed in here; another session of theirs goes on", async () => {
	const user = await scene.person();
	const person = known(user.email);
	const [one, other] = [await signedIn(person), await signedIn(person)];
	const stranger = await signedIn(known((await scene.person()).email));
	expect(new Set([one.sid, other.sid, stranger.sid, ""]).size).toBe(4);
	await scene.idp.logOut(person.sub, other.sid);
	expect([await isIn(one.token), await isIn(other.token), await isIn(stranger.token)]).toEqual([true, false, true]);
	const told = await scene.people.kernel.told();
	const revoked = told.filter(({ type, data }) => type === "token.revoked" && (data as Told).userId === user.id);
	expect(revoked.map(({ data }) => (data as Told).reason)).toEqual(["SIGNED_OUT"]);
	// A session that is over already is no error.
	await scene.idp.logOut(person.sub, other.sid);
	expect(scene.lines.filter((line) => line.event === "sso.logout-refused")).toEqual([]);
});

test("all sessions of a person end, those of before their names were kept too, and of a provider that is switched off", async () => {
	const person = known((await scene.person()).email);
	const [one, other] = [await signedIn(person), await signedIn(person)];
	const stranger = await signedIn(known((await scene.person()).email));
	const { db } = scene.people.kernel.database;
	const [oldest = ""] = one.familyIds;
	await db.updateTable("identity_sessions").set({ sid: null, subject: null }).where("family_id", "=", oldest).execute();
	await scene.change({ enabled: false });
	const answer = await sendToken(signed({ sub: person.sub }));
	expect([answer.statusCode, answer.headers["cache-control"]], answer.body).toEqual([200, "no-store"]);
	expect([await isIn(one.token), await isIn(other.token), await isIn(stranger.token)]).toEqual([false, false, true]);
});

test("a logout token signed somebody out that was no sound one, or a second time", async () => {
	const person = known((await scene.person()).email);
	const { token, sid } = await signedIn(person);
	const now = Math.floor(scene.people.kernel.clock.now().getTime() / 1000);
	const whose = { sub: person.sub, sid };
	const other = jwt(
		{ alg: "RS256", kid: "k1" },
		claims(whose),
		generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
	);
	const bad: Record<string, string> = {
		"no token": "x.y.z",
		none: "",
		unsigned: jwt({ alg: "none" }, claims(whose)),
		"another key": other,
		"another issuer": signed({ ...whose, iss: "https://login.example.com" }),
		"another client": signed({ ...whose, aud: "somebody-else" }),
		over: signed({ ...whose, iat: now - 300, exp: now - 120 }),
		"too old": signed({ ...whose, iat: now - 3_600, exp: undefined }),
		"of the future": signed({ ...whose, iat: now + 600 }),
		"no time": signed({ ...whose, iat: undefined }),
		"no jti": signed({ ...whose, jti: undefined }),
		"no events": signed({ ...whose, events: undefined }),
		"another event": signed({ ...whose, events: { "urn:other": {} } }),
		"an event that is none": signed({ ...whose, events: { [event]: true } }),
		"an ID token": signed({ ...whose, nonce: "n" }),
		"an access token": signed(whose, { typ: "at+jwt" }),
		nobody: signed(),
		"a session that is none": signed({ ...whose, sid: 7 }),
	};
	for (const [what, sent] of Object.entries(bad)) {
		const answer = await sendToken(sent);
		expect([what, answer.statusCode, answer.json().error]).toEqual([what, 400, "invalid_request"]);
		expect(await isIn(token), what).toBe(true);
	}
	const refused = scene.lines.filter((line) => line.event === "sso.logout-refused");
	const details = refused.map(({ detail }) => detail);
	expect(details).toEqual(
		expect.arrayContaining(["it is no token", "ERR_JWS_SIGNATURE_VERIFICATION_FAILED", "events", "nonce"]),
	);
	expect(JSON.stringify(refused)).not.toContain(person.sub);
	const sound = signed(whose);
	expect((await sendToken(sound)).statusCode).toBe(200);
	expect(await isIn(token)).toBe(false);
	const again = await signedIn(person);
	expect((await sendToken(sound)).statusCode).toBe(400);
	expect(await isIn(again.token)).toBe(true);
	expect(decodeJwt(sound).sid).toBe(sid);
});

test("a session of one person was ended by a token that named another one beside it", async () => {
	const [one, other] = [known((await scene.person()).email), known((await scene.person()).email)];
	const { token, sid } = await signedIn(one);
	expect((await sendToken(signed({ sub: other.sub, sid }))).statusCode).toBe(200);
	expect(await isIn(token)).toBe(true);
});

test("a provider whose keys cannot be had is told to try again", async () => {
	const person = known((await scene.person()).email);
	const { token, sid } = await signedIn(person);
	await scene.change({ label: "Asked anew" });
	scene.idp.meddling.answer = (_request, response) => {
		response.writeHead(502).end();
		return true;
	};
	expect((await sendToken(signed({ sid }))).statusCode).toBe(503);
	expect(await isIn(token)).toBe(true);
});
