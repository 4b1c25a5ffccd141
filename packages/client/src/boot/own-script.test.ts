import type { BootAnswer } from "@inlay/contract";
import { expect, it } from "vitest";
import { mustLoadAnother, rememberOwn, withOwnScript } from "./own-script.ts";
import { memoryStorage } from "./storage.ts";

const everybodys = { url: "/framework.js?v=1", version: 1 };
const staged = { url: "/framework.js?v=2", version: 2, isolation: true, withholdsToken: true };

function boot(script: BootAnswer["script"]): BootAnswer {
	const deployment = { id: "d", name: "CRM", kind: "private", active: true, withholdsToken: true } as const;
	return {
		organization: { id: "o", name: "O", country: "DE" },
		api: "",
		region: "",
		hosts: [],
		demo: false,
		deployment,
		script,
	};
}

it("begins with everybody's version, and once the server has said another, with that one by its own rules", () => {
	const store = memoryStorage();
	const answer = boot({ ...everybodys, staged });
	expect(withOwnScript(answer, store)).toEqual(answer);
	expect(mustLoadAnother("d", 1, 2, store)).toBe(true);
	expect(withOwnScript(answer, store)).toMatchObject({
		deployment: { isolation: true, withholdsToken: true },
		script: { url: staged.url, version: 2 },
	});
	// It has the token by its own rules, whatever the other one has.
	const open = withOwnScript(boot({ ...everybodys, staged: { url: staged.url, version: 2 } }), store);
	expect(open.deployment).not.toHaveProperty("withholdsToken");
	expect(
		withOwnScript({ ...answer, deployment: { ...answer.deployment, id: "e" } as never }, store).script?.version,
	).toBe(1);
});

it("goes back to everybody's when the other one is nobody's any more, or somebody else signs in", () => {
	const store = memoryStorage();
	mustLoadAnother("d", 1, 2, store);
	expect(withOwnScript(boot(everybodys), store).script).toEqual(everybodys);
	expect(mustLoadAnother("d", 2, 1, store)).toBe(true);
	expect(withOwnScript(boot({ ...everybodys, staged }), store).script?.version).toBe(1);
});

it("two answers of a server sent nobody in circles", () => {
	const store = memoryStorage();
	expect(mustLoadAnother("d", 1, 2, store)).toBe(true);
	expect(mustLoadAnother("d", 1, 2, store)).toBe(false);
	expect(mustLoadAnother("d", 1, 1, store)).toBe(false);
	expect(mustLoadAnother("d", 0, 2, store)).toBe(false);
	expect(mustLoadAnother("d", 1, undefined, store)).toBe(false);
});

it("a page that was loaded for another version began with the old one, and was loaded once more", () => {
	const store = memoryStorage();
	expect(rememberOwn("d", 2, store)).toBe(true);
	const next = withOwnScript(boot({ ...everybodys, staged }), store).script?.version ?? 0;
	expect([next, mustLoadAnother("d", next, 2, store)]).toEqual([2, false]);
});
