import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { callSdk, loginByClientCredentials, pointSdkAt } from "./conformance/sdk.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";

const bundle = createRequire(import.meta.url)
	.resolve("purecloud-platform-client-v2/package.json")
	.replace(/package\.json$/, "dist/web-cjs/purecloud-platform-client-v2.min.js");

/** What the page shows of a sign-in. */
interface SignedIn {
	user?: { id: string; name: string };
	state?: string;
	error?: string;
}

/** The unmodified platform SDK in a page of an origin of its own, as an integrator's web app uses it. */
describe("the official platform SDK in a browser", () => {
	let inlay: TestInlay;
	let site: Server;
	let siteUrl: string;
	let browser: Browser;
	let automation: string;

	beforeAll(async () => {
		inlay = await startTestInlay();
		site = await serveApp();
		siteUrl = `http://localhost:${(site.address() as AddressInfo).port}/`;
		pointSdkAt(inlay.baseUrl);
		const { id, secret } = inlay.demo.clients.automation;
		automation = await loginByClientCredentials(id, secret ?? "");
		browser = await launchChromium();
	});

	afterAll(async () => {
		await browser?.close();
		site?.close();
		await inlay?.stop();
	});

	// The SDK decodes a fragment twice, so its implicit login takes no state with % in it (platform-api 1.2, no. 3).
	for (const [grant, login, state] of [
		["CODE", "loginPKCEGrant", "kept & = %"],
		["TOKEN", "loginImplicitGrant", "kept"],
	] as const) {
		it(`signs a user in by ${login}, comes back with the state, and calls the API from its own origin`, async () => {
			const page = await openApp(await createClient(grant), login, state);
			await signInAs(page, inlay.demo.users.agent);
			const signedIn = await outcome(page);
			expect(signedIn.error).toBeUndefined();
			expect(signedIn).toMatchObject({ user: { id: inlay.demo.users.agent.id }, state });
			expect(page.url(), "no token stays in the address").toBe(siteUrl);
			await page.close();
		});
	}

	it("a redirect URI that is not registered shows a page and does not go there", async () => {
		const page = await openApp(await createClient("CODE", "http://localhost:1/elsewhere"), "loginPKCEGrant", "x");
		await page.waitForURL(/\/oauth\/authorize/);
		expect(new URL(page.url()).origin).toBe(inlay.baseUrl);
		expect(await page.locator("body").textContent()).toContain("not registered");
		await page.close();
	});

	async function createClient(grant: "CODE" | "TOKEN", redirectUri = siteUrl): Promise<string> {
		const answer = await callSdk(automation, "OAuthApi.postOauthClients", [
			{
				name: `Browser ${grant} ${redirectUri}`,
				authorizedGrantType: grant,
				registeredRedirectUri: [redirectUri],
				scope: ["user-basic-info", "users"],
				accessTokenValiditySeconds: 3600,
			},
		]);
		return (answer.body as { id: string }).id;
	}

	async function openApp(clientId: string, login: string, state: string): Promise<Page> {
		const page = await (await browser.newContext()).newPage();
		await page.addInitScript((app) => Object.assign(window, { app }), { clientId, login, state, api: inlay.baseUrl });
		await page.goto(siteUrl);
		return page;
	}
});

async function signInAs(page: Page, user: { username: string; password: string }): Promise<void> {
	await page.locator("input[name=username]").fill(user.username);
	await page.locator("input[name=password]").fill(user.password);
	await page.locator("input[name=password]").press("Enter");
}

async function outcome(page: Page): Promise<SignedIn> {
	await page.locator("#outcome:not(:empty)").waitFor();
	return JSON.parse((await page.locator("#outcome").textContent()) ?? "") as SignedIn;
}

async function serveApp(): Promise<Server> {
	const script = await readFile(bundle);
	const server = createServer((request, response) => {
		const isScript = request.url === "/sdk.js";
		response.setHeader("content-type", isScript ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8");
		response.end(isScript ? script : app);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	return server;
}

/** A web app as the SDK's own readme writes it; `window.app` says whom to sign in with and how. */
const app = `<!doctype html><title>App</title><pre id="outcome"></pre><script src="/sdk.js"></script><script>
const { clientId, login, state, api } = window.app;
const platformClient = require("platformClient");
const client = platformClient.ApiClient.instance;
const url = new URL(api);
client.setGateway({ host: url.hostname, port: Number(url.port), protocol: "http", path_params_login: "login", path_params_api: "platform" });
const show = (value) => { document.getElementById("outcome").textContent = JSON.stringify(value); };
client[login](clientId, location.origin + "/", { state })
	.then(async ({ state }) => {
		const { id, name } = await new platformClient.UsersApi().getUsersMe();
		show({ user: { id, name }, state });
	})
	.catch((error) => show({ error: String(error && error.message || JSON.stringify(error)) }));
</script>`;
