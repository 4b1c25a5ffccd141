import { describe, expect, it } from "vitest";
import { challengeOf, randomToken } from "./pkce.ts";

describe("PKCE", () => {
	it("computes the challenge of RFC 7636, appendix B", async () => {
		expect(await challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe(
			"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
		);
	});

	it("makes verifiers of a permitted length and alphabet, never the same", () => {
		const [one, two] = [randomToken(), randomToken()];
		expect(one).toMatch(/^[A-Za-z0-9_-]{43,128}$/);
		expect(one).not.toBe(two);
	});
});
