import { expect, test } from "vitest";
import { GuardedScripts } from "./guarded-scripts.ts";
import { guardScript } from "./lint-script.ts";

test("a version is guarded once, and asked for again where nobody had the time or it failed", async () => {
	const asked: string[] = [];
	const answers = ["busy", new Error("gone"), "guarded"];
	const scripts = new GuardedScripts(async (source) => {
		asked.push(source);
		const answer = answers[asked.length - 1];
		if (answer instanceof Error) throw answer;
		return answer;
	});
	expect(await scripts.of("d", 1, "one")).toBeUndefined();
	await expect(scripts.of("d", 1, "one")).rejects.toThrow("gone");
	expect(await Promise.all([scripts.of("d", 1, "one"), scripts.of("d", 1, "one")])).toEqual(["guarded", "guarded"]);
	expect(asked).toHaveLength(3);
});

test("a panel waited for guards behind whatever else was read: it gets the script as it is, and later ones the guards", async () => {
	const { promise, resolve } = Promise.withResolvers<string>();
	const scripts = new GuardedScripts(() => promise, 5);
	expect(await scripts.of("d", 1, "one")).toBeUndefined();
	resolve("guarded");
	expect(await scripts.of("d", 1, "one")).toBe("guarded");
});

test("a long script is guarded, too, and one that nobody can read is left as it is", async () => {
	const long = `for (;;) { ${"a();".repeat(40_000)} }`;
	const guarded = (await guardScript(long, "d")) ?? "";
	expect(guarded.startsWith('for (;;) {typeof __inlayTurn=="function"&&__inlayTurn(1); a();')).toBe(true);
	expect(guarded.endsWith(long.slice(10))).toBe(true);
	expect(await guardScript("for (", "d")).toBeUndefined();
});
