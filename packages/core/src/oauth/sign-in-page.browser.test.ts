import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../../../../scripts/testing/chromium.ts";
import { createGivers } from "../test-support/givers.ts";
import { type TestPeople, testPeople } from "../test-support/test-people.ts";
import { seedClient, seedUser } from "./seed.ts";
import { newPage, violations } from "./test-support/page-checks.ts";

const challenge = "c".repeat(43);
const password = "correct horse";
const demoUsers = [
	{ name: "Amelia Hartmann-Featherstonehaugh", role: { en: "Agent, service" }, username: "amelia@x.example", password },
	{ name: "Sam Supervisor", role: { en: "Supervisor" }, username: "sam@x.example", password },
];

let people: TestPeople;
let browser: Browser;
let crm: Server;
/** Origins: of the server, of a page that may frame it, of one that may not. All differ by port or host. */
let api: string;
let host: string;
let stranger: string;
let clientId: string;

beforeAll(async () => {
	const port = await freePort();
	api = `http://127.0.0.1:${port}`;
	people = await testPeople({
		config: { demo: true, publicUrl: api },
		ports: { demoUsers: () => demoUsers, mayFrame: async () => [host] },
	});
	await people.http.listen({ port, host: "127.0.0.1" });
	crm = createServer(crmPage);
	await new Promise<void>((resolve) => crm.listen(0, "127.0.0.1", resolve));
	const crmPort = (crm.address() as AddressInfo).port;
	host = `http://127.0.0.1:${crmPort}`;
	stranger = `http://localhost:${crmPort}`;
	for (const { name, username } of [...demoUsers, { name: "Ann", username: "ann@x.example" }]) {
		await seedUser(people, { name, email: username, password, roles: ["agent"] });
	}
	clientId = (
		await seedClient(people, { name: "Example CRM", grant: "CODE", redirectUris: [`${host}/back`, `${api}/admin/`] })
	).client.id;
	browser = await launchChromium();
});

afterAll(async () => {
	await browser?.close();
	await new Promise((resolve) => crm?.close(resolve));
	await people?.close();
});

async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
	const { port } = probe.address() as AddressInfo;
	await new Promise((resolve) => probe.close(resolve));
	return port;
}

/** A CRM page that frames what its query names, and the page behind the redirect URI. */
const crmPage: Parameters<typeof createServer>[1] = (request, response) => {
	const url = new URL(request.url ?? "/", "http://crm.invalid");
	const source = url.searchParams.get("frame")?.replaceAll("&", "&amp;") ?? "";
	response.setHeader("content-type", "text/html");
	if (url.pathname.startsWith("/idp/")) return void response.end(providerPage(url, response));
	if (url.pathname === "/back") return void response.end("<title>back</title>back");
	response.end(
		`<title>CRM</title><iframe id="panel" style="border:0;width:300px;height:640px" src="${source}"></iframe>`,
	);
};

/** An identity provider at which everybody cancels; `cut` opens its pages where no other window reaches them. */
function providerPage(url: URL, response: ServerResponse): string {
	const issuer = `${host}${url.pathname.startsWith("/idp/cut") ? "/idp/cut" : "/idp/open"}`;
	if (url.pathname.includes(".well-known"))
		return JSON.stringify({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` });
	if (issuer.endsWith("cut")) response.setHeader("cross-origin-opener-policy", "same-origin");
	const back = `${api}/oauth/sso/callback?error=access_denied&state=${url.searchParams.get("state")}`;
	return `<title>provider</title><a href="${back.replaceAll("&", "&amp;")}">Cancel</a>`;
}

function authorizeUrl(extra: Record<string, string> = {}): string {
	const query = new URLSearchParams({
		client_id: clientId,
		redirect_uri: `${host}/back`,
		response_type: "code",
		code_challenge: challenge,
		code_challenge_method: "S256",
		state: "s1",
		...extra,
	});
	// Behind a path prefix, as SDK users may set one.
	return `${api}/login/oauth/authorize?${query}`;
}

async function framed(page: Page, from: string, url = authorizeUrl()): Promise<Frame> {
	await page.goto(`${from}/?frame=${encodeURIComponent(url)}`);
	const frame = await (await page.waitForSelector("#panel")).contentFrame();
	if (!frame) throw new Error("The panel has no frame.");
	return frame;
}

describe("the way back", () => {
	test("a foreign redirect URI of a known client looked like any other: its host is named, the server's own is not", async () => {
		const context = await browser.newContext();
		const { page, complaints } = await newPage(context);
		await page.goto(authorizeUrl());
		expect(await page.textContent("#returns")).toContain(new URL(host).host);
		expect(await violations(page)).toEqual([]);
		await page.goto(authorizeUrl({ redirect_uri: `${api}/admin/` }));
		expect(await page.locator("#returns").count()).toBe(0);
		expect(complaints).toEqual([]);
		await context.close();
	});
});

describe("signing in", () => {
	test("works in a window of its own, by keyboard alone, and leads to another origin", async () => {
		const context = await browser.newContext();
		const { page, complaints } = await newPage(context);
		await page.goto(authorizeUrl());
		await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("username");
		await page.keyboard.type("ann@x.example");
		await page.keyboard.press("Tab");
		await page.keyboard.type(password);
		await page.keyboard.press("Enter");
		await page.waitForURL(`${host}/back**`);
		expect(new URL(page.url()).searchParams.get("state")).toBe("s1");
		expect(new URL(page.url()).searchParams.get("code")).toMatch(/^[\w-]{43}$/);
		const cookies = await context.cookies();
		expect(cookies.map(({ name, httpOnly, secure }) => [name, httpOnly, secure])).toEqual([
			["__Host-inlay-session", true, true],
			["__Host-inlay-device", true, true],
		]);
		expect(complaints).toEqual([]);
		await context.close();
	});

	test("left entries in the history of the page around: Back took the panel away", async () => {
		const context = await browser.newContext();
		const { page, complaints } = await newPage(context);
		const frame = await framed(page, host);
		await frame.waitForSelector("#submit");
		const before = await page.evaluate("history.length");
		await frame.fill("#username", "ann@x.example");
		await frame.fill("#password", "wrong");
		await frame.click("#submit");
		await frame.waitForSelector("[role=alert]");
		expect(await frame.evaluate("document.activeElement.id"), "where to go on").toBe("password");
		await frame.fill("#password", password);
		await frame.click("#submit");
		await expect.poll(() => frame.url()).toContain("/back?code=");
		expect(await page.evaluate("history.length")).toBe(before);
		expect(complaints).toEqual([]);
		await context.close();
	});

	test("works framed by a page of another origin, after a wrong password", async () => {
		const context = await browser.newContext();
		const { page, complaints } = await newPage(context);
		const frame = await framed(page, host);
		await frame.fill("#username", "ann@x.example");
		await frame.fill("#password", "wrong");
		await frame.click("#submit");
		await frame.waitForSelector("[role=alert]");
		expect(await frame.inputValue("#username")).toBe("ann@x.example");
		await frame.fill("#password", password);
		await frame.click("#submit");
		await frame.waitForURL(`${host}/back?code=**`);
		expect(complaints).toEqual([]);
		await context.close();
	});

	test("takes one click for a demo user, also where a link to the administration names one", async () => {
		const context = await browser.newContext();
		const { page, complaints } = await newPage(context);
		await page.goto(authorizeUrl());
		await page.getByRole("button", { name: "Continue as Sam Supervisor" }).click();
		await page.waitForURL(`${host}/back?code=**`);
		await page.goto(authorizeUrl({ login_hint: "amelia@x.example", redirect_uri: `${api}/admin/` }));
		await page.getByRole("button", { name: "Continue as Amelia" }).click();
		await page.waitForURL(`${api}/admin/?code=**`);
		// This server of the test has no administration to show.
		expect(complaints.filter((one) => !one.includes("404"))).toEqual([]);
		await context.close();
	});

	test.each(["en-US", "ar", "de-DE"])(
		"was wider than a column of 200 px with text of twice the size, in %s",
		async (locale) => {
			const context = await browser.newContext({ locale, viewport: { width: 200, height: 700 } });
			const { page } = await newPage(context);
			await page.goto(authorizeUrl());
			const size = () => {
				document.documentElement.style.fontSize = "32px";
				const boxes = [...document.querySelectorAll("main *")].map((each) => each.getBoundingClientRect());
				const outside = boxes.filter(
					({ left, right, width }) => width > 0 && (left < -0.5 || right > innerWidth + 0.5),
				);
				const { scrollWidth, scrollHeight } = document.documentElement;
				return [scrollWidth <= innerWidth, scrollHeight < 3000, outside.length];
			};
			expect(await page.evaluate(size)).toEqual([true, true, 0]);
			await context.close();
		},
	);

	test("works without the page's script", async () => {
		const context = await browser.newContext({ javaScriptEnabled: false });
		const { page } = await newPage(context);
		await page.goto(authorizeUrl());
		await page.fill("#username", "ann@x.example");
		await page.fill("#password", password);
		await page.click("#submit");
		await page.waitForURL(`${host}/back?code=**`);
		await context.close();
	});
});

describe("by an identity provider, in the window that a frame has opened", () => {
	beforeAll(async () => {
		const admin = await (await createGivers(people)).person([[["*:*:*"], "*"]]);
		for (const name of ["open", "cut"]) {
			const oidc = { issuer: `${host}/idp/${name}`, clientId: "inlay" };
			const body = { name, label: `The ${name} one`, enabled: true, oidc };
			expect((await admin.call("POST", "/api/inlay/v1/identity-providers", body)).statusCode).toBe(200);
		}
	});

	/** To the provider, which sends one back with a refusal; from there with a password. */
	async function signInBy(name: string, extra: Record<string, string> = {}) {
		const context = await browser.newContext();
		const { page } = await newPage(context);
		const frame = await framed(page, host, authorizeUrl(extra));
		const opening = page.waitForEvent("popup");
		await frame.click(`text=Continue with The ${name} one`);
		const popup = await opening;
		await popup.click("text=Cancel");
		expect(await popup.textContent("#problem")).toContain(`The ${name} one has not signed you in.`);
		await popup.click(".again a");
		await popup.fill("#username", "ann@x.example");
		await popup.fill("#password", password);
		return { context, page, frame, popup };
	}

	test("the frame goes on with what came of it, and the window closes", async () => {
		const { context, frame, popup } = await signInBy("open");
		const closed = popup.waitForEvent("close");
		await popup.click("#submit");
		await frame.waitForURL(`${host}/back?code=**`);
		await closed;
		await context.close();
	});

	test("a window that was cut off from its frame said that somebody is signed in, and the frame waited", async () => {
		const { context, frame, popup } = await signInBy("cut");
		await expect.poll(() => frame.textContent("#window")).toContain("The window was closed, or");
		await popup.click("#submit");
		await expect.poll(() => popup.textContent("#handed")).toContain("you are not signed in there");
		expect(await violations(popup)).toEqual([]);
		const folder = process.env.INLAY_SCREENSHOTS;
		if (folder) await popup.screenshot({ path: join(folder, "sign-in-window-lost.png") });
		if (folder) await frame.page().screenshot({ path: join(folder, "sign-in-frame-waits.png") });
		await context.close();
	});

	test("a refusal in the window did not reach the frame", async () => {
		const context = await browser.newContext();
		const { page } = await newPage(context);
		const frame = await framed(page, host);
		await frame.waitForSelector(".way");
		const { db } = people.kernel.database;
		await db.updateTable("identity_providers").set({ enabled: false }).where("name", "=", "open").execute();
		await frame.click("text=Continue with The open one");
		await frame.waitForURL(`${host}/back?error=access_denied**`);
		await expect.poll(() => context.pages().length).toBe(1);
		await context.close();
	});
});

test("a page of an origin that may not frame gets nothing to show", async () => {
	const context = await browser.newContext();
	const { page, complaints } = await newPage(context);
	const frame = await framed(page, stranger);
	await expect.poll(() => complaints.some((text) => text.includes("frame-ancestors"))).toBe(true);
	expect(await frame.$("form")).toBeNull();
	await context.close();
});

describe.each(["light", "dark"] as const)("in a %s scheme", (colorScheme) => {
	test.each([250, 300, 400, 900])("at %i px nothing overflows and everything is accessible", async (width) => {
		const context = await browser.newContext({ colorScheme, viewport: { width, height: 640 }, locale: "de-DE" });
		const { page, complaints } = await newPage(context);
		await page.goto(authorizeUrl());
		await page.fill("#username", "nobody@x.example");
		await page.fill("#password", "wrong");
		await page.click("#submit");
		await page.waitForSelector("[role=alert]");
		expect(await page.getAttribute("html", "lang")).toBe("de");
		expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
		expect(await violations(page)).toEqual([]);
		expect(complaints).toEqual([]);
		const folder = process.env.INLAY_SCREENSHOTS;
		if (folder) await page.screenshot({ path: join(folder, `sign-in-${colorScheme}-${width}.png`), fullPage: true });
		await context.close();
	});
});

test("the error page is accessible too", async () => {
	const context = await browser.newContext({ viewport: { width: 300, height: 500 } });
	const { page } = await newPage(context);
	await page.goto(authorizeUrl({ client_id: "nobody" }));
	expect(await page.textContent("h1")).toBe("Sign-in is not possible");
	expect(await violations(page)).toEqual([]);
	const folder = process.env.INLAY_SCREENSHOTS;
	if (folder) await page.screenshot({ path: join(folder, "sign-in-error.png") });
	await context.close();
});
