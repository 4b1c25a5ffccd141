// node scripts/look-alikes.mjs <confusables.txt> [--check]: writes packages/core/src/kernel/look-alikes.generated.json, or says
// whether it is what the file gives.
//
// The file is Unicode's, and not kept here: https://www.unicode.org/Public/17.0.0/security/confusables.txt (or, of the
// repository github.com/unicode-org/unicodetools, unicodetools/data/security/17.0.0/confusables.txt). For a later version of
// Unicode take that version's file, write, and run the tests of names; names that stand are compared anew, none is changed.
import { hash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { fail, SetupError } from "./setup/step.mjs";
import { workspace } from "./setup.mjs";

export const generated = join(workspace, "packages/core/src/kernel/look-alikes.generated.json");

/** What the committed data was made of and what it is, by SHA-256: whoever changes one by hand is found out without the file. */
export const recorded = {
	version: "17.0.0",
	source: "091c7f82fc39ef208faf8f94d29c244de99254675e09de163160c810d13ef22a",
	data: "38c72bc4e53b7d48757fd63a03003f518e202c91e40c2f55f1d27bcd6504a41b",
};

/**
 * The data of a confusables.txt (Unicode TR39, 4): each prototype with the characters that look like it.
 *
 * @param {string} text lines `source ; prototype ; MA # …`, code points in hex
 * @returns {{ notice: string, looksLike: Record<string, string> }}
 */
export function lookAlikesOf(text) {
	const version = /^# Version: (\S+)/m.exec(text)?.[1];
	const years = /© (\d{4})/.exec(text)?.[1];
	if (!version || !years) throw new SetupError("This is no confusables.txt of Unicode: version or year are missing.");
	const looksLike = {};
	for (const [character, prototype] of pairsOf(text).filter(([one]) => isCompared(one))) {
		looksLike[prototype] = (looksLike[prototype] ?? "") + character;
	}
	const notice = `Data of confusables.txt, Unicode ${version}, https://www.unicode.org/reports/tr39. Copyright 1991-${years} Unicode, Inc., under the Unicode License V3, https://www.unicode.org/license.txt`;
	return { notice, looksLike: sorted(looksLike) };
}

/** The whole file, as it is committed. */
export function fileOf(text) {
	return `${JSON.stringify(lookAlikesOf(text))}\n`;
}

/** By code point, so that the data is the same whatever the order of the file. */
function sorted(looksLike) {
	const entries = Object.entries(looksLike).map(([prototype, found]) => [prototype, [...found].sort().join("")]);
	return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function pairsOf(text) {
	const lines = text.replace(/^\uFEFF/, "").split("\n");
	const data = lines.map((line) => line.split("#", 1)[0].split(";")).filter((parts) => parts.length === 3);
	return data.map(([from, to]) => [characters(from), characters(to)]);
}

function characters(hex) {
	return String.fromCodePoint(
		...hex
			.trim()
			.split(/\s+/)
			.map((one) => Number.parseInt(one, 16)),
	);
}

/**
 * Names are kept as NFKC with single spaces (kernel/names.ts), and compared as NFD: what neither leaves standing never comes to
 * be looked up.
 */
function isCompared(character) {
	return (
		character.normalize("NFKC") === character && character.normalize("NFD") === character && !/\s/u.test(character)
	);
}

function main([path, mode]) {
	if (!path) fail(new SetupError("Say which file: node scripts/look-alikes.mjs <confusables.txt> [--check]"));
	const text = readFileSync(path, "utf8");
	const made = fileOf(text);
	if (mode !== "--check") return writeFileSync(generated, made);
	if (made !== readFileSync(generated, "utf8")) {
		const other =
			hash("sha256", text) === recorded.source ? "" : ` The file is not the one of Unicode ${recorded.version}.`;
		fail(new SetupError(`${generated} is not what ${path} gives.${other}`));
	}
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv.slice(2));
