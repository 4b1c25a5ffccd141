import { readFileSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readDemo } from "./support/demo.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { automationToken, signIn } from "./support/sign-in.ts";

let inlay: TestInlay;

beforeAll(async () => {
	inlay = await startTestInlay();
}, 120_000);
afterAll(() => inlay?.stop());

it.each([
	["lost", (file: string) => rmSync(file)],
	["truncated", (file: string) => truncateSync(file, 40)],
])(
	"a %s demo.json was replaced by one whose passwords do not work, without a word",
	async (_what, damage) => {
		const file = join(inlay.dataFolder, "demo.json");
		const before = readFileSync(file, "utf8");
		damage(file);
		await inlay.restart();
		const demo = await readDemo(inlay.dataFolder);
		if (!demo) throw new Error("there is no demo.json");
		expect(readFileSync(file, "utf8")).not.toBe(before);
		for (const { username, password } of Object.values(demo.users)) {
			const redirectUri = `${demo.crm}/oauth.html`;
			const request = { baseUrl: demo.api, clientId: demo.clients.implicit.id, grant: "token", redirectUri } as const;
			expect(await signIn({ ...request, username, password })).not.toBe("");
		}
		expect(await automationToken(demo)).not.toBe("");
		expect(inlay.output()).toContain("demo.secret.renewed");
	},
	120_000,
);
