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

interface Answer {
	code: number;
	said: string;
	complained: string;
}

const resetPassword = (...args: string[]): Promise<Answer> => command("reset-password", ...args);

function command(...args: string[]): Promise<Answer> {
	const all = [commandLine, ...args, "--data", inlay.dataFolder];
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

	// The same for who has lost more than a password; the server that runs hears of it.
	const { agent } = inlay.demo.users;
	const recovered = await command("recover-admin", agent.username);
	expect(recovered).toMatchObject({ code: 0, complained: "" });
	expect(recovered.said).toContain("The user holds that role in every division.");
	expect(inlay.output()).toContain("administrator.recovered");

	await inlay.kill9();
	expect((await command("recover-admin", agent.username)).said).toContain("were whole already");
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
