import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { signIn } from "./support/sign-in.ts";

const commandLine = fileURLToPath(new URL("../packages/cli/src/main.ts", import.meta.url));

let inlay: TestInlay;

beforeAll(async () => {
	inlay = await startTestInlay();
});
afterAll(() => inlay?.stop());

function resetPassword(...args: string[]): Promise<{ code: number; said: string; complained: string }> {
	const all = [commandLine, "reset-password", ...args, "--data", inlay.dataFolder];
	return new Promise((resolve) =>
		execFile(process.execPath, all, { env: { PATH: process.env.PATH } }, (error, said, complained) =>
			resolve({ code: Number(error?.code ?? 0), said, complained }),
		),
	);
}

async function tokenOf({ username, password }: { username: string; password: string }): Promise<string> {
	const { demo, panelUrl, baseUrl } = inlay;
	const redirectUri = `${panelUrl}/crm/index.html`;
	return signIn({ baseUrl, clientId: demo.clients.panel.id, grant: "code", redirectUri, username, password });
}

const me = async (token: string) =>
	(await fetch(`${inlay.baseUrl}/api/v2/users/me`, { headers: { authorization: `Bearer ${token}` } })).status;

const oneTime = (said: string) => /^One-time password: (\S+)$/m.exec(said)?.[1] ?? "";

it("a sole administrator who had lost the password had no way back, whether or not the server runs", async () => {
	const { admin } = inlay.demo.users;
	const token = await tokenOf(admin);
	expect(await me(token)).toBe(200);
	const running = await resetPassword(admin.username);
	expect(running).toMatchObject({ code: 0, complained: "" });
	const first = oneTime(running.said);
	expect(first).toHaveLength(22);
	// What was open has ended, the old password is worth nothing, and the new one asks for another.
	expect(await me(token)).toBe(401);
	await expect(tokenOf(admin)).rejects.toThrow("answered 403");
	await expect(tokenOf({ ...admin, password: first })).rejects.toThrow("answered 200");
	expect(inlay.output()).toContain("user.access.restored");
	expect(inlay.output()).not.toContain(first);

	await inlay.kill9();
	const stopped = await resetPassword(admin.username, "--remove-second-factor");
	expect(stopped).toMatchObject({ code: 0, complained: "" });
	const second = oneTime(stopped.said);
	expect(second).not.toBe(first);
	await inlay.restart();
	await expect(tokenOf({ ...admin, password: first })).rejects.toThrow("answered 403");
	await expect(tokenOf({ ...admin, password: second })).rejects.toThrow("answered 200");

	expect(await resetPassword("nobody@x.example")).toMatchObject({
		code: 14,
		said: "",
		complained: expect.stringContaining("nobody@x.example"),
	});
}, 120_000);
