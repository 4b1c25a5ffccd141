import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { defaultRequirements, passwordProblems, refusePassword } from "./password-policy.ts";

const own = ["Ann Agent", "ann.agent@x.example", "Acme Service", "acme"];
const kindsOf = (password: string, requirements = {}) =>
	passwordProblems(password, { ...defaultRequirements, ...requirements }, { own }).map((problem) => problem.kind);

describe("a password that is guessed first is refused", () => {
	test.each([
		"password",
		"Password1",
		"P@ssw0rd!",
		"pass word 99",
		"Welcome2026!",
		"Summer2025",
		"Sommer-2026",
		"12345678",
		"19840712",
		"qwertyuiop",
		"Qwertz1234",
		"1qaz2wsx3edc",
		"asdfasdf",
		"abcabcabc",
		"aaaaaaaaaa",
		"zyxwvuts",
		"iloveyou123",
		"PASSWORDPASSWORD",
		"changeme!!",
		"Passwort123",
	])("%s", (password) => {
		expect(kindsOf(password)).toEqual(["common"]);
	});

	test("of the 3,000 most common 1,580 were taken, midnight and q1w2e3r4 among them: none of the first 5,000 is", () => {
		const list = readFileSync(new URL("./most-common-passwords.txt", import.meta.url), "utf8")
			.trim()
			.split("\n");
		expect(new Set(list).size).toBe(5000);
		expect(list.slice(0, 3)).toEqual(["password", "12345678", "123456789"]);
		for (const password of [...list, "Midnight", "M1DNIGHT", "Q1W2E3R4"]) expect(kindsOf(password)).toEqual(["common"]);
	});

	test.each([
		"correct horse",
		"battery staple",
		"Tr0ub4dor&3",
		"my summer in the alps",
		"kR9#vq2Lw0",
		"eine lange Passphrase",
		"пароль-для-работы",
	])("and %s is not", (password) => {
		expect(kindsOf(password)).toEqual([]);
	});
});

describe("a password made of names is refused", () => {
	test.each(["AnnAgent2026", "ann.agent@x.example", "agent-ann", "Acme2026!", "acmeservice1", "ANNAGENT99"])(
		"%s",
		(password) => {
			expect(kindsOf(password)).toEqual(["ownName"]);
		},
	);

	test("and one that has a name somewhere in it is not", () => {
		expect(kindsOf("ann likes green tea")).toEqual([]);
	});
});

describe("what the organization asks for holds", () => {
	test.each([
		[{ minimumLength: 16 }, "correct horse", ["tooShort"]],
		[{ minimumDigits: 2 }, "correct horse 1", ["digits"]],
		[{ minimumLetters: 5 }, "1234 9876 x", ["letters"]],
		[{ minimumUpper: 1 }, "correct horse", ["upper"]],
		[{ minimumLower: 1 }, "CORRECT HORSE", ["lower"]],
		[{ minimumSpecials: 2 }, "correct horse", ["specials"]],
		[{ minimumDigits: 1, minimumUpper: 1, minimumSpecials: 2 }, "correct horse", ["digits", "upper", "specials"]],
		[{ minimumDigits: 1, minimumUpper: 1, minimumSpecials: 2 }, "Correct-Horse-7", []],
	])("%j: %s", (requirements, password, kinds) => {
		expect(kindsOf(password, requirements)).toEqual(kinds);
	});

	test("letters of every script are letters, and a sign of two units is one character", () => {
		expect(kindsOf("пароль-для-работы", { minimumLetters: 10, minimumLower: 10 })).toEqual([]);
		expect(kindsOf("🐎🐎🐎🐎🐎", { minimumLength: 8 })).toEqual(["tooShort"]);
	});

	test("nothing is longer than a request needs", () => {
		expect(kindsOf("ab".repeat(200))).toEqual(["tooLong"]);
	});
});

test("a refusal names the field and everything that the password lacks", () => {
	const problems = passwordProblems("abc", { ...defaultRequirements, minimumDigits: 2 }, { own });
	expect(() => refusePassword(problems, "newPassword")).toThrow(
		"newPassword: It must have at least 8 characters. It must have at least 2 digits.",
	);
	expect(() => refusePassword([], "newPassword")).not.toThrow();
});
