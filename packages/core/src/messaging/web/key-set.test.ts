import { generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { readKeySet } from "./key-set.ts";

const pair = generateKeyPairSync("ed25519");
const open = { ...pair.publicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "EdDSA" };
const secret = { ...pair.privateKey.export({ format: "jwk" }), kid: "one" };
const read = (value: unknown) => readKeySet(typeof value === "string" ? value : JSON.stringify(value), "keys");

it("public keys are kept as they were written, of a set and alone", () => {
	const pretty = JSON.stringify({ keys: [{ ...open, key_ops: ["verify"] }] }, null, 2);
	expect(read(pretty)).toBe(pretty);
	expect(read(JSON.stringify(open))).toBe(JSON.stringify(open));
});

it.each<[string, unknown, RegExp]>([
	["a private key", { keys: [secret] }, /"one" is a private key/],
	["one beside public ones", { keys: [open, secret] }, /private key/],
	["one whose members are in capitals", { keys: [{ ...open, D: "c2VjcmV0" }] }, /private key/],
	["private keys beside the set", { keys: [open], privateKeys: [secret] }, /leave "privateKeys" out/],
	["private keys beside the set, named alike", { keys: [open], KEYS: [secret] }, /leave "KEYS" out/],
	["one within a key", { keys: [{ ...open, jwk: secret }] }, /"jwk" is no part/],
	["one within a known member", { keys: [{ ...open, x5c: [secret] }] }, /"x5c" must be text/],
	["one as a PEM", { keys: [{ ...open, pem: "-----BEGIN PRIVATE KEY-----" }] }, /"pem" is no part/],
	["a shared secret", { keys: [{ kty: "oct", k: "c2VjcmV0" }] }, /private key/],
	["one for encryption", { keys: [open, { ...secret, use: "enc" }] }, /private key/],
	["a list", [open], /must be a JWK set/],
	["no key", { keys: [] }, /must be a JWK set/],
	["no JSON", "{", /must be a JWK set/],
])("settings kept what was not public: %s", (_what, value, why) => {
	expect(() => read(value)).toThrow(why);
});

it("of keys that stood there twice the first were kept unseen, private ones with them", () => {
	const twice = `{"keys":[${JSON.stringify(secret)}],"keys":[${JSON.stringify(open)}]}`;
	expect(read(twice)).toBe(JSON.stringify({ keys: [open] }));
	const inside = `{"keys":[{"x":"${secret.d}",${JSON.stringify(open).slice(1)}]}`;
	expect(read(inside)).not.toContain(secret.d);
});
