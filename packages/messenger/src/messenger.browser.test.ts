import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../../../scripts/testing/chromium.ts";
import { fakeServer, shopPage } from "./test-support/fake-server.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser: Browser;
let server: Awaited<ReturnType<typeof fakeServer>>;
let shop: Awaited<ReturnType<typeof shopPage>>;
let page: Page;
const said: string[] = [];

beforeAll(async () => {
	server = await fakeServer();
	shop = await shopPage(server.origin);
	browser = await launchChromium();
	page = await (await browser.newContext()).newPage();
	page.on("console", (message) => said.push(message.text()));
	page.on("pageerror", (error) => said.push(error.message));
});
afterAll(async () => {
	await browser?.close();
	shop?.close();
	server?.close();
});

const part = (selector: string) => page.locator(`inlay-messenger ${selector}`);
const texts = () => part(".messages .text").allInnerTexts();
const focused = () =>
	page.evaluate(() => {
		const active = document.querySelector("inlay-messenger")?.shadowRoot?.activeElement;
		return active?.getAttribute("name") ?? active?.className;
	});

/** Violations of WCAG 2.2 A and AA, and of good practice, in the messenger. */
async function violations(): Promise<string[]> {
	const session = await page.context().newCDPSession(page);
	// By the debugger's door: the page's policy lets no other script in.
	await session.send("Runtime.evaluate", { expression: axe });
	return page.evaluate(async () => {
		const { axe } = globalThis as unknown as {
			axe: { run(of: object, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
		};
		const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
		const found = await axe.run({ include: ["inlay-messenger"] }, { runOnly: { type: "tag", values } });
		return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
	});
}

it("WM-7: in a page that is not listed nothing is shown, and the console says why", async () => {
	await page.goto(shop.origin);
	await expect.poll(() => said.join("\n")).toContain(`Is ${shop.origin} among the messenger's origins`);
	expect(await page.locator("inlay-messenger").count()).toBe(0);
});

it("WM-9: launcher, form and conversation have no violation, in light and dark, and are worked by keys alone", async () => {
	server.allow(shop.origin);
	said.length = 0;
	await page.goto(shop.origin);
	await part(".launcher").waitFor();
	expect(await violations()).toEqual([]);
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await part(".dialog").waitFor();
	await expect.poll(focused).toBe("name");
	for (const colorScheme of ["dark", "light"] as const) {
		await page.emulateMedia({ colorScheme });
		expect(await violations()).toEqual([]);
	}
	await page.keyboard.type("Carol");
	await page.keyboard.press("Tab");
	await page.keyboard.type("Where is my lamp?");
	await page.keyboard.press("Enter");
	await expect.poll(texts).toEqual([expect.stringContaining("Where is my lamp?")]);
	await expect
		.poll(() => server.attributes)
		.toEqual([{ name: "Carol", "page.title": "Shop", "page.url": `${shop.origin}/` }]);
	await expect.poll(focused).toBe("message");
	server.stands({ phase: "answered", agent: "Anna" });
	await page.getByText("Anna is with you.").waitFor();
	server.write("It comes today: https://shop.example/4217.");
	await expect.poll(async () => (await texts()).length).toBe(2);
	expect(await part(".messages a").getAttribute("href")).toBe("https://shop.example/4217");
	expect(await violations()).toEqual([]);
	await page.keyboard.press("Escape");
	await expect.poll(focused).toBe("launcher");
	server.write("Are you there?");
	await expect.poll(() => part(".launcher").getAttribute("aria-label")).toBe("Open chat, 1 new");
	expect(said).toEqual([]);
});

it("WM-8: markup was run by the page that shows it", async () => {
	await part(".launcher").click();
	server.write('<img src=x onerror="document.title=1"><script>document.title=2</script>', "<b>Anna</b>");
	await expect.poll(async () => (await texts()).at(-1)).toContain("<script>document.title=2</script>");
	expect([await part(".messages :is(img, script, b)").count(), await page.title()]).toEqual([0, "Shop"]);
});

it("WM-2: a reload in mid-sentence lost the sentence, or showed what was written twice", async () => {
	await part("textarea").fill("Half a sen");
	const before = await texts();
	await page.reload();
	await part(".launcher").click();
	await expect.poll(texts).toEqual(before);
	expect(await part("textarea").inputValue()).toBe("Half a sen");
	await page.context().setOffline(true);
	for (const text of ["one", "two", "three"]) {
		await part("textarea").fill(text);
		await page.keyboard.press("Enter");
	}
	await page.context().setOffline(false);
	await expect.poll(() => server.messages.slice(-3).map(({ text }) => text)).toEqual(["one", "two", "three"]);
	await expect.poll(async () => (await texts()).length).toBe(before.length + 3);
	expect(await part("[data-unsent]").count()).toBe(0);
});

it("reads from right to left, and fits into 320 px, where the page's language does", async () => {
	const arabic = await shopPage(server.origin, "ar");
	server.allow(arabic.origin);
	await page.setViewportSize({ width: 320, height: 500 });
	await page.goto(arabic.origin);
	await part(".launcher").click();
	const box = await part(".dialog").boundingBox();
	expect([box && box.x >= 0, box && box.x + box.width <= 320]).toEqual([true, true]);
	expect(await page.locator("inlay-messenger").getAttribute("dir")).toBe("rtl");
	expect(await part("[data-send]").innerText()).toBe("إرسال");
	expect(await violations()).toEqual([]);
	arabic.close();
});

it("a page's own sign-in: who has no token was locked out, who has one was not asked anything, an early sign-out was forgotten", async () => {
	const signedIn = await shopPage(server.origin, "en", 'data-sign-in="messengerToken"');
	server.allow(signedIn.origin);
	server.messages.length = 0;
	server.attributes.length = 0;
	server.hellos.length = 0;
	server.stands({ phase: "new" });
	const context = await browser.newContext();
	page = await context.newPage();
	await page.addInitScript(() => {
		const messengerToken = async () => {
			const token = localStorage.getItem("shop-token") ?? undefined;
			if (token === "fails") throw new Error("500");
			return token;
		};
		Object.assign(globalThis, { messengerToken });
	});
	const write = async (name: string, text: string) => {
		await part("input[name=name]").fill(name);
		await part("textarea").fill(text);
		// As soon as it is known who writes.
		await expect.poll(() => part("[data-send]").isEnabled()).toBe(true);
		await page.keyboard.press("Enter");
		await expect.poll(() => server.messages.at(-1)?.text).toBe(text);
	};
	await page.goto(signedIn.origin);
	await part(".launcher").click();
	await write("A guest", "Hello");
	expect(server.hellos.map(({ jwt, token }) => jwt ?? token)).toEqual([undefined]);
	await part("textarea").fill("A guest's dra");

	server.messages.length = 0;
	const token = `e30.${Buffer.from(JSON.stringify({ sub: "carol" })).toString("base64url")}.c2ln`;
	await page.evaluate((kept) => localStorage.setItem("shop-token", kept), token);
	await page.reload();
	await part(".launcher").click();
	await part("input[name=name]").waitFor();
	expect(await part("textarea").inputValue()).toBe("");
	expect(await violations()).toEqual([]);
	await write("Carol", "Where is my lamp?");
	expect(server.hellos.at(-1)?.jwt).toBe(token);
	expect(server.attributes).toEqual(
		["A guest", "Carol"].map((name) => ({ name, "page.title": "Shop", "page.url": `${signedIn.origin}/` })),
	);

	await page.evaluate(() => localStorage.setItem("shop-token", "fails"));
	await page.reload();
	await part(".launcher").click();
	await page.getByText("No connection. You can send as soon as there is one.").waitFor();
	await part("textarea").fill("Nobody's");
	expect(await part("[data-send]").isDisabled()).toBe(true);
	await part("textarea").fill("");

	await page.addInitScript(() => {
		// As soon as there is something to call, which is before the settings have come.
		let messenger: Window["InlayMessenger"];
		Object.defineProperty(globalThis, "InlayMessenger", {
			get: () => messenger,
			set: (made) => {
				const isFirst = messenger === undefined;
				messenger = made;
				if (isFirst) made.signIn(undefined);
			},
		});
	});
	await page.reload();
	await part(".launcher").click();
	await expect.poll(() => server.hellos.at(-1)).toMatchObject({ token: "secret" });
	expect(await part("textarea").inputValue()).toBe("A guest's dra");
	await context.close();
	signedIn.close();
});
