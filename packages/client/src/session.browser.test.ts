import { describe, expect, it } from "vitest";
import { enterPanel, fake, newPage, page, phonesAre, requests, testPanel } from "./test-support/panel-page.ts";

/** A page of its own: the script tells the test what it was told. */
const script = `window.told = [];
window.Framework = {
	config: { name: "test", clientIds: {}, customInteractionAttributes: [], settings: { enableCallLogs: true } },
	initialSetup() {
		const tell = (category, data) => window.told.push([category, data]);
		window.PureCloud.subscribe([{ type: "UserAction", callback: tell }, { type: "Notification", categories: ["actionRefused"], callback: tell }]);
	},
};`;

testPanel({ script });

const ask = (action: string) => page.evaluate(`void window.PureCloud.${action}`);

describe("a wish that came too early", () => {
	it("a status chosen right after the sign-in never reached the panel", async () => {
		fake.state.presence = { id: "p-offline", systemPresence: "Offline", modifiedDate: new Date().toISOString() };
		let release = () => {};
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		await newPage();
		await page.route("**/presencedefinitions*", async (route) => {
			await held;
			await route.continue();
		});
		await enterPanel();
		await ask(`User.updateStatus({ id: "ON_QUEUE" })`);
		release();
		await page.waitForSelector('[data-status="ON_QUEUE"]');
		// Nor does the greeting undo it.
		await expect.poll(() => fake.state.presence.systemPresence).toBe("On Queue");
	});

	it("was lost for the whole session when the first list did not load", async () => {
		await newPage();
		let failures = 0;
		await page.route("**/presencedefinitions*", (route) => (failures++ < 2 ? route.abort() : route.continue()));
		await enterPanel();
		await ask(`User.updateStatus({ id: "Busy" })`);
		await page.waitForSelector('[data-status="BUSY"]');
	});
});

/** A call rings, is answered, and has its sound. */
async function talk(): Promise<string> {
	await phonesAre(1);
	const id = fake.calls.ring();
	fake.stream.propose(id);
	await page.click('[data-call-control="pickup"]');
	await page.waitForSelector('[data-call-control="hold"]');
	return id;
}

/** The sign-in's window, opened by the click on a button of the panel. */
async function signInInWindow(selector: string): Promise<void> {
	const opening = page.waitForEvent("popup");
	await page.click(selector);
	const popup = await opening;
	const closed = popup.waitForEvent("close");
	await popup.click("#sign-in");
	await closed;
}

describe("the token runs out", () => {
	it("in the middle of a call: it is renewed without a word, and what is open lives with the new one", async () => {
		fake.state.refreshTokens = new Set();
		fake.state.expiresIn = 5;
		await newPage();
		await enterPanel();
		fake.state.expiresIn = 3600;
		await talk();
		const grants = () => requests("/oauth/token").map(({ body }) => body);
		await expect.poll(grants).toContain("refresh_token");
		await expect.poll(() => requests("/subscriptions").length, { message: "both sockets" }).toBeGreaterThanOrEqual(3);
		expect(await page.locator("[data-sign-in-again]").count()).toBe(0);
		await page.click('[data-call-control="hold"]');
		await expect.poll(() => requests("/participants/").length).toBe(1);
	});

	it("unseen, while the computer slept: the refused request is asked again with a new token", async () => {
		fake.state.refreshTokens = new Set();
		await newPage();
		await enterPanel();
		fake.state.tokens.clear();
		await ask(`User.updateStatus({ id: "Busy" })`);
		await page.waitForSelector('[data-status="BUSY"]');
		expect(requests("/oauth/token").at(-1)?.body).toBe("refresh_token");
	});

	it("while the panel is closed: it comes back without a sign-in, whatever the browser's clock says", async () => {
		fake.state.refreshTokens = new Set();
		fake.state.expiresIn = 1;
		await newPage();
		await page.addInitScript(() => {
			const now = Date.now;
			Date.now = () => now() + 40 * 86_400_000;
		});
		await enterPanel();
		fake.state.expiresIn = 3600;
		await page.reload();
		await page.waitForSelector("[data-status]");
		fake.state.tokens.clear();
		await page.reload();
		await page.waitForSelector("[data-status]");
	});

	it("and cannot be renewed: the agent is asked above the living call, whose controls go on working", async () => {
		fake.state.expiresIn = 60;
		await newPage();
		await enterPanel();
		const id = await talk();
		const wishes = () => requests("/participants/").map(({ body }) => body);
		fake.state.expiresIn = 8;
		fake.announceDeployment();
		await page.waitForSelector("[data-sign-in-again]");
		await page.click('[data-call-control="hold"]');
		await expect.poll(wishes).toContainEqual({ held: true });
		fake.state.expiresIn = 3600;
		await signInInWindow("[data-sign-in-again]");
		await expect.poll(() => page.locator("[data-sign-in-again]").count()).toBe(0);
		expect(fake.calls.all.get(id)).toBeDefined();
		await page.click('[data-call-control="mute"]');
		await expect.poll(wishes).toContainEqual({ muted: true });
	});

	it("and took typed text with it: everything is there again after signing in", async () => {
		await newPage();
		await enterPanel();
		await page.click('[data-view="new-interaction"]');
		await page.locator(".frame-view input").first().fill("+49 30 12345");
		fake.state.tokens.clear();
		fake.system("v2.system.token_revoked.me", { reason: "EXPIRED" });
		await page.getByText("Your session has ended").waitFor();
		expect(await page.locator(".frame-view input").first().isVisible(), "nobody else reads it").toBe(false);
		await signInInWindow("[data-sign-in-again]");
		await page.waitForSelector("[data-status]");
		expect(await page.locator(".frame-view input").first().inputValue()).toBe("+49 30 12345");
		await phonesAre(1);
	});

	it("while another window had the sound: signed in again, this one took a second phone", async () => {
		await newPage();
		await enterPanel();
		fake.desk.lead("another-panel");
		await page.waitForSelector("[data-elsewhere]");
		await phonesAre(0);
		const made = () => requests("/notifications/channels").filter(({ method }) => method === "POST").length;
		const before = made();
		fake.state.tokens.clear();
		fake.system("v2.system.token_revoked.me", { reason: "EXPIRED" });
		await signInInWindow("[data-sign-in-again]");
		await page.waitForSelector("[data-elsewhere]");
		await expect.poll(made).toBeGreaterThan(before);
		const id = fake.calls.ring();
		await page.waitForSelector(`[data-interaction="${id}"]`);
		expect(made(), "the news' own, and none of a phone").toBe(before + 1);
		expect(fake.stream.phones).toBe(0);
	});

	it("for not being used: the agent is asked first, then signed out and told why", async () => {
		fake.state.idlesIn = 50;
		await newPage();
		await enterPanel();
		await page.locator("[data-spoken]", { hasText: "You will be signed out in" }).waitFor({ state: "attached" });
		fake.state.idlesIn = 300;
		await page.click("[data-stay]");
		await expect.poll(() => page.locator("[data-stay]").count()).toBe(0);
		expect(requests("/tokens/me").map(({ method }) => method)).toEqual(["HEAD"]);
		fake.system("v2.system.token_revoked.me", { reason: "IDLE" });
		await page.getByText("Nobody had used this panel").waitFor();
		await expect.poll(() => page.evaluate("window.told.at(-1)[0]")).toBe("logout");
	});
});

describe("the way back from the sign-in", () => {
	it("a code that was used up showed an error: it leads to a new sign-in, once, and leaves the address", async () => {
		await newPage();
		let refused = 0;
		await page.route("**/oauth/token", async (route) => {
			if (refused++ > 0) return route.continue();
			await route.fulfill({ status: 400, json: { error: "invalid_grant", error_description: "used already" } });
		});
		await page.goto(fake.panel());
		await page.click("#sign-in");
		await page.waitForURL("**/oauth/authorize**");
		await page.click("#sign-in");
		await page.waitForSelector("[data-status]");
		expect(page.url()).not.toContain("code=");
	});

	it("a server that takes no code at all sends nobody in circles", async () => {
		await newPage();
		await page.route("**/oauth/token", (route) =>
			route.fulfill({ status: 400, json: { error: "invalid_grant", error_description: "no" } }),
		);
		await page.goto(fake.panel());
		await page.click("#sign-in");
		await page.waitForURL("**/oauth/authorize**");
		await page.click("#sign-in");
		await page.getByText("The sign-in was not accepted").waitFor();
	});

	it("a bookmarked login left the code in the address, and a state that does not match says so in words", async () => {
		await newPage();
		const asked: string[] = [];
		page.on("request", (request) => asked.push(`${request.headers().referer ?? ""} ${request.url()}`));
		await page.goto(`${fake.base}/crm/index.html?code=secret-code&state=of-somebody-else`);
		await page.getByText("started in another tab or too long ago").waitFor();
		expect(page.url()).toBe(`${fake.base}/crm/index.html`);
		expect(asked.filter((each) => each.includes("boot.json") && each.includes("secret-code"))).toEqual([]);
	});
});

describe("wrong diagnoses", () => {
	it("missing scopes were a server that cannot be reached", async () => {
		await newPage();
		await page.route("**/users/me*", (route) =>
			route.fulfill({
				status: 403,
				json: { code: "app.not.authorized.for.scope", message: "The OAuth client Panel lacks users:readonly." },
			}),
		);
		await page.goto(fake.panel());
		await page.click("#sign-in");
		await page.getByText("lacks users:readonly").waitFor();
		expect(await page.locator("code").innerText()).toBe("client.without.scopes");
	});

	it("an overwritten fetch was a dead server", async () => {
		fake.state.script = `window.fetch = () => Promise.reject(new Error("mine")); window.WebSocket = function () {}; ${script}`;
		await newPage();
		const told: string[] = [];
		page.on("request", (request) => {
			if (request.url().includes("/diagnostics/")) told.push(String(request.postDataJSON()?.code));
		});
		await enterPanel();
		await ask(`User.updateStatus({ id: "Busy" })`);
		await page.waitForSelector('[data-status="BUSY"]');
		expect(told).toContain("framework.fetch.replaced");
	});

	it("a WebSocket that a proxy blocks was a lost connection", async () => {
		await newPage();
		fake.socketsBlocked = true;
		await page.goto(fake.panel());
		await page.click("#sign-in");
		await page.getByText("lets no live connection").waitFor();
	});
});
