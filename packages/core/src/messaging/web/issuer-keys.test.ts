import { expect, test } from "vitest";
import type { Answered } from "../../kernel/outgoing/outgoing.ts";
import { IssuerKeys } from "./issuer-keys.ts";

const url = "https://shop.example/keys";
const old = { kty: "OKP", kid: "old" };
const fresh = { kty: "OKP", kid: "new" };

/** An issuer that answers when it is told to, and a clock. */
function issuer() {
	const asked: PromiseWithResolvers<Answered>[] = [];
	let now = 0;
	const keys = new IssuerKeys(
		{
			ask() {
				const answer = Promise.withResolvers<Answered>();
				asked.push(answer);
				return answer.promise;
			},
		},
		{ now: () => new Date(now) },
	);
	return {
		keys,
		count: () => asked.length,
		later: (ms: number) => {
			now += ms;
		},
		answer(status: number, ...found: object[]) {
			asked.at(-1)?.resolve({ status, headers: {}, body: Buffer.from(JSON.stringify({ keys: found })) });
		},
	};
}

const refused = { status: 401, code: "message.signin.refused" };

test("tokens of strangers had the issuer asked once for each of them, at once and again where it had failed", async () => {
	const at = issuer();
	const many = Array.from({ length: 20 }, (_, n) => at.keys.of(url, `stranger ${n}`));
	expect(at.count()).toBe(1);
	at.answer(503);
	for (const one of await Promise.allSettled(many)) expect(one).toMatchObject({ status: "rejected", reason: refused });
	await expect(at.keys.of(url, "old")).rejects.toMatchObject(refused);
	expect(at.count()).toBe(1);
	at.later(30_000);
	const found = at.keys.of(url, "old");
	at.answer(200, old);
	expect(await found).toEqual([old]);
	for (let n = 0; n < 20; n++) expect(await at.keys.of(url, `stranger ${n}`)).toEqual([]);
	expect(at.count()).toBe(2);
});

test("an issuer that failed once took the keys away that were good, and with them who is signed in", async () => {
	const at = issuer();
	const first = at.keys.of(url, "old");
	at.answer(200, old);
	expect(await first).toEqual([old]);
	at.later(40_000);
	const unknown = at.keys.of(url, "new");
	at.answer(500);
	expect(await unknown).toEqual([]);
	expect(await at.keys.of(url, "old")).toEqual([old]);
	at.later(10 * 60_000);
	const known = at.keys.of(url, "old");
	at.answer(500);
	expect(await known).toEqual([old]);
	expect(at.count()).toBe(3);
	at.later(30_000);
	const changed = at.keys.of(url, "new");
	at.answer(200, fresh);
	expect(await changed).toEqual([fresh]);
	expect(await at.keys.of(url, "old")).toEqual([]);
	// Nor is a key taken for ever that the issuer may have withdrawn.
	at.later(25 * 60 * 60_000);
	const lost = at.keys.of(url, "new");
	at.answer(500);
	await expect(lost).rejects.toMatchObject(refused);
});
