import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fileOf, generated, lookAlikesOf, recorded } from "./look-alikes.mjs";

const head = "# confusables.txt\n# © 2025 Unicode®, Inc.\n# Version: 17.0.0\n";

describe("nobody could make the data of look-alike names again", () => {
	it("is what the recorded version of Unicode gave, and nobody has changed it by hand", () => {
		const committed = readFileSync(generated, "utf8");
		expect(hash("sha256", committed)).toBe(recorded.data);
		expect(JSON.parse(committed).notice).toContain(`Unicode ${recorded.version},`);
	});

	// INLAY_CONFUSABLES=<path of Unicode's file>; how to get it stands in the script.
	it.runIf(process.env.INLAY_CONFUSABLES)("is what the script makes of Unicode's own file", () => {
		const text = readFileSync(process.env.INLAY_CONFUSABLES ?? "", "utf8");
		expect(hash("sha256", text)).toBe(recorded.source);
		expect(fileOf(text)).toBe(readFileSync(generated, "utf8"));
	});

	it("is each prototype with what looks like it, in whatever order the lines come", () => {
		const lines = ["0430 ;\t0061 ;\tMA\t# a", "0251 ;\t0061 ;\tMA\t# alpha", "A731 ;\t0073 0073 ;\tMA\t#"];
		const expected = { a: "ɑа", ss: "ꜱ" };
		expect(lookAlikesOf(head + lines.join("\n")).looksLike).toEqual(expected);
		expect(lookAlikesOf(head + lines.reverse().join("\n")).looksLike).toEqual(expected);
	});

	it("leaves out what no name holds when it is compared: other forms, composed letters, spaces", () => {
		const lines = ["FF21 ;\t0041 ;\tMA", "01CE ;\t0103 ;\tMA", "2028 ;\t0020 ;\tMA", "0410 ;\t0041 ;\tMA"];
		expect(lookAlikesOf(head + lines.join("\n")).looksLike).toEqual({ A: "А" });
	});

	it("is made of nothing else than Unicode's file", () => {
		expect(() => lookAlikesOf("0430 ; 0061 ; MA")).toThrow("no confusables.txt");
	});
});
