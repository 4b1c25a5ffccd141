import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { defaultMessenger } from "../model.ts";
import { readMessenger } from "./messenger-settings.ts";
import { type PublicJwk, readSignedToken } from "./signed-token.ts";

const by = { issuer: "https://shop.example/", audience: "messenger" };
const now = new Date("2026-11-28T12:00:00Z");
const good = generateKeyPairSync("rsa", { modulusLength: 2048 });
const weak = generateKeyPairSync("rsa", { modulusLength: 1024 });
const ed = generateKeyPairSync("ed25519");

type Pair = typeof good;
const jwkOf = ({ publicKey }: Pair, more: Partial<PublicJwk> = {}): PublicJwk => ({
	...publicKey.export({ format: "jwk" }),
	...more,
});

function tokenBy({ privateKey }: Pair, alg: string, claims: object = {}) {
	const exp = now.getTime() / 1000 + 60;
	const parts = [{ alg }, { iss: by.issuer, aud: by.audience, sub: "customer-1", exp, ...claims }];
	const input = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
	const mark = sign(alg === "EdDSA" ? null : "sha256", Buffer.from(input), privateKey);
	return `${input}.${mark.toString("base64url")}`;
}

const read = (token: string, ...keys: PublicJwk[]) => readSignedToken(token, by, async () => keys, now);

test("a page's sign-in let somebody in by a signature of a key that others can compute", async () => {
	const token = tokenBy(weak, "RS256");
	await expect(read(token, jwkOf(weak))).rejects.toMatchObject({ status: 401, reason: "signature" });
	const keys = JSON.stringify({ keys: [jwkOf(good), jwkOf(weak)] });
	const save = () => readMessenger({ signIn: { ...by, keys } }, defaultMessenger, { requireTypable() {} });
	expect(save).toThrow(expect.objectContaining({ status: 400 }));
});

test("a private key was taken for the sign-in's public one, and shown to whoever looks at the settings", () => {
	const jwk = { ...good.privateKey.export({ format: "jwk" }), kid: "mine" };
	const save = (keys: object) =>
		readMessenger({ signIn: { ...by, keys: JSON.stringify(keys) } }, defaultMessenger, { requireTypable() {} });
	for (const keys of [jwk, { keys: [jwkOf(good), { ...jwk, use: "enc" }] }]) {
		const refused = { status: 400, message: expect.stringContaining('"mine" is a private key') };
		expect(() => save(keys)).toThrow(expect.objectContaining(refused));
	}
	expect(save({ keys: [jwkOf(good)] }).signIn?.issuer).toBe(by.issuer);
});

test("of several keys of an issuer the one counts that has signed, and none for an algorithm that is not its own", async () => {
	const signed = tokenBy(good, "RS256", { name: "Carol" });
	const others = [jwkOf(ed), jwkOf(weak), jwkOf(generateKeyPairSync("rsa", { modulusLength: 2048 }))];
	expect(await read(signed, ...others, jwkOf(good))).toEqual({ subject: "customer-1", name: "Carol" });
	expect(await read(tokenBy(ed, "EdDSA"), ...others)).toEqual({ subject: "customer-1" });
	await expect(read(signed, ...others)).rejects.toMatchObject({ reason: "signature" });
	await expect(read(signed, jwkOf(good, { alg: "PS256" }))).rejects.toMatchObject({ reason: "signature" });
});

test.each([
	["issuer", { iss: "https://evil.example/" }],
	["audience", { aud: ["billing"] }],
	["expired", { exp: now.getTime() / 1000 - 61 }],
	["expired", { exp: undefined }],
	["early", { nbf: now.getTime() / 1000 + 61 }],
	["expired", { exp: "tomorrow" }],
	["subject", { sub: " \t" }],
	["subject", { sub: "x".repeat(201) }],
	["malformed", { sub: "a\u0000" }],
	["malformed", { name: "\ud83d" }],
])("operators read another reason than %s for %j", async (reason, claims) => {
	await expect(read(tokenBy(good, "RS256", claims), jwkOf(good))).rejects.toMatchObject({ status: 401, reason });
	const late = { exp: now.getTime() / 1000 - 59, nbf: now.getTime() / 1000 + 59 };
	expect(await read(tokenBy(good, "RS256", late), jwkOf(good))).toEqual({ subject: "customer-1" });
});
