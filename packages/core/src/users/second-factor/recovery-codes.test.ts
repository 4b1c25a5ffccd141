import { expect, test } from "vitest";
import { hashRecoveryCode, looksLikeRecoveryCode, newRecoveryCodes, recoveryCodesFrom } from "./recovery-codes.ts";

test("recovery codes of 77 bits stood as plain hashes in the database: they have more than 112 now", () => {
	const codes = newRecoveryCodes();
	expect(new Set(codes).size).toBe(10);
	const signs = new Set(codes.join("").replaceAll("-", ""));
	for (const code of codes) expect(code).toMatch(/^(?:[2-9a-hjkmnp-tw-z]{4}-){5}[2-9a-hjkmnp-tw-z]{4}$/);
	// 240 signs of 29: that one of them never comes is rarer than one in a hundred times; most do.
	expect(signs.size).toBeGreaterThan(20);
	expect(24 * Math.log2(29)).toBeGreaterThan(112);
});

test("those that were given out before are still known for what they are", () => {
	expect(looksLikeRecoveryCode("k3m9-abcd-efgh-2345")).toBe(true);
	expect(looksLikeRecoveryCode(newRecoveryCodes()[0] ?? "")).toBe(true);
	expect(looksLikeRecoveryCode("123456")).toBe(false);
	expect(hashRecoveryCode("K3M9 abcd-EFGH 2345")).toBe(hashRecoveryCode("k3m9-abcd-efgh-2345"));
});

test("those of a page that may show them again are as good as any, and the same for the same page alone", () => {
	const key = Buffer.alloc(32, 7);
	const codes = recoveryCodesFrom(key, "page 1");
	for (const code of codes) expect(code).toMatch(/^(?:[2-9a-hjkmnp-tw-z]{4}-){5}[2-9a-hjkmnp-tw-z]{4}$/);
	expect(recoveryCodesFrom(key, "page 1")).toEqual(codes);
	const others = [recoveryCodesFrom(key, "page 2"), recoveryCodesFrom(Buffer.alloc(32, 8), "page 1")].flat();
	expect(new Set([...codes, ...others]).size).toBe(30);
});
