import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type FindingCode, findingSeverities } from "./codes.ts";
import { findingTexts, textKeysOf } from "./finding-texts.ts";

it("every code has an entry in docs/doctor.md with its severity and cure, and every entry a code", () => {
	const docs = readFileSync(new URL("../../../../docs/doctor.md", import.meta.url), "utf8");
	const entries = docs.matchAll(/^### (\S+)\n\n\*(\w+)\.\* \S[^\n]+\n\nCure: (\S[^\n]+)$/gm);
	const told = Object.fromEntries([...entries].map(([, code = "", severity, cure]) => [code, [severity, cure]]));
	const wanted = Object.entries(findingSeverities).map(([code, severity]) => {
		const { cure } = textKeysOf({ code: code as FindingCode, cause: { say: "", values: {} } });
		return [code, [severity, findingTexts[cure]]];
	});
	expect(told).toEqual(Object.fromEntries(wanted));
});
