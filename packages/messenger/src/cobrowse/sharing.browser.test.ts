import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { launchChromium } from "../../../../scripts/testing/chromium.ts";
import { sharedShop } from "./test-support/shared-shop.ts";

/** What no frame may hold, and where it stands in the page. */
const secrets = {
	password: 'pa"ss\\wörd-1',
	card: "4111 1111 1111 1111",
	csc: "9173",
	iban: "NL91ABNA0417164300",
	hidden: "csrf-token-8842",
	once: "662013",
	vault: "safe-4711-vault",
	area: "line one\nline <two> & more",
	shadow: "shadow-secret-77",
	framed: "framed-secret-88",
	cleared: "cleared-secret-99",
	loose: "5500005555555559",
	editable: "written-in-the-vault",
	text: "balance-of-1234567",
	shown: "shown-password-55",
	named: "PIN-given-66012",
};

const escaped = (value: string) => value.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
const shop = `
<form id="pay">
<label>Name <input id="name" name="name" value="Carol"></label>
<input id="password" type="password" value="${escaped(secrets.password)}">
<input id="card" autocomplete="section-x cc-number" value="${secrets.card}">
<input id="csc" autocomplete="cc-csc" value="${secrets.csc}">
<input id="iban" data-cobrowse="mask" value="${secrets.iban}" title="${secrets.iban}" data-value="${secrets.iban}">
<input id="hidden" type="hidden" value="${secrets.hidden}">
<input id="once" autocomplete="one-time-code" value="${secrets.once}">
<input id="vault" class="vault" value="${secrets.vault}">
<textarea id="area" class="vault">${escaped(secrets.area)}</textarea>
<input id="cleared" type="password" value="${secrets.cleared}">
<input id="loose" name="note" value="${secrets.loose}">
<input id="named" name="customerPin" value="${secrets.named}">
<input id="shown" type="password" value="${secrets.shown}">
<div id="editable" class="vault" contenteditable>${secrets.editable}</div>
<p data-cobrowse="mask">${secrets.text}</p>
<div data-cobrowse="block">blocked-words</div>
<div id="shut" data-cobrowse="block"></div>
<input id="fixed" class="fixed" value="fixed">
<select id="size"><option value="s">Small</option><option value="l">Large</option></select>
<select id="month" autocomplete="cc-exp-month"><option value="01">01</option><option value="02" selected>02</option></select>
<input id="agree" type="checkbox">
</form>
<button id="buy" type="button" onclick="this.dataset.bought = 1">Buy</button>
<a id="away" href="https://elsewhere.example/">Elsewhere</a>
<div id="host"></div>
<inlay-screen><button type="button">box-of-the-screen</button></inlay-screen>
<iframe id="frame" srcdoc="<input id=inner type=password value=${secrets.framed}>"></iframe>`;
/** As pages do that keep state of their own. */
const afterwards = () => {
	const root = document.querySelector("#host")?.attachShadow({ mode: "open" });
	if (root) root.innerHTML = '<input type="password" value="shadow-secret-77">';
	const shut = document.querySelector("#shut")?.attachShadow({ mode: "open" });
	if (shut) shut.innerHTML = "<p>blocked-words</p>";
	const cleared = document.querySelector<HTMLInputElement>("#cleared");
	if (cleared) cleared.value = "";
};

let browser: Browser;
let page: Page;
let server: Awaited<ReturnType<typeof sharedShop>>;
const thrown: string[] = [];

beforeAll(async () => {
	server = await sharedShop({ "/": shop, "/private": "<p>never-shared-words</p>" });
	browser = await launchChromium();
	page = await (await browser.newContext()).newPage();
	page.on("pageerror", (error) => thrown.push(error.message));
});
beforeEach(async () => {
	await page.goto(`${server.origin}/`);
	await page.evaluate(afterwards);
	server.frames.length = 0;
	await server.share(page);
});
afterAll(async () => {
	await browser?.close();
	server?.close();
	expect(thrown).toEqual([]);
});

/** In each form in which a value may stand in a frame. */
function formsOf(value: string): string[] {
	const inJson = JSON.stringify(value).slice(1, -1);
	const ascii = inJson.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
	return [...new Set([value, inJson, ascii, escaped(value), encodeURIComponent(value), value.replaceAll(" ", "")])];
}
const leaks = (values: Readonly<Record<string, string>>) => {
	const wire = server.frames.join("\n");
	return Object.entries(values).flatMap(([name, value]) =>
		formsOf(value).some((form) => wire.includes(form)) ? [name] : [],
	);
};
const field = (id: string) => page.locator(`#${id}`);
/** The page has told what came before. */
async function settled(): Promise<void> {
	const mark = `mark${Math.random()}`;
	await page.evaluate((text) => document.body.append(text), mark);
	await expect.poll(() => server.frames.some((frame) => frame.includes(mark))).toBe(true);
}
const allow = async (what: "control" | "navigation") => {
	server.send({ type: "ask", what });
	await page.getByRole("button", { name: "Allow", exact: true }).click();
	await expect.poll(() => server.told("allow").at(-1)).toMatchObject({ what, isAllowed: true });
	// Their own click holds an agent's off for a second.
	await expect
		.poll(async () => {
			const before = server.told("refused").filter(({ why }) => why === "customer").length;
			server.send({ type: "focus", node: server.nodeOf("buy") });
			await settled();
			return server.told("refused").filter(({ why }) => why === "customer").length - before;
		})
		.toBe(0);
};

it("CO-2: a password, a card, a code or anything that is marked was on the wire", async () => {
	expect(leaks({ ...secrets, blocked: "blocked-words" })).toEqual([]);
	expect(server.frames.join()).toContain('"Carol"');
	const typed = {
		password: "typed-after-start",
		card: "3782 8224 6310 005",
		csc: "1010",
		iban: "DE89370400440532013000",
	};
	for (const [id, value] of Object.entries(typed)) await field(id).pressSequentially(value);
	for (const id of ["vault", "area", "once", "loose", "named"]) await field(id).fill(`${secrets.loose}`);
	await field("editable").fill("typed-into-the-vault");
	await page.evaluate(() => {
		for (const one of document.querySelectorAll("#host, #frame")) {
			const root = one.shadowRoot ?? (one as HTMLIFrameElement).contentDocument;
			const input = root?.querySelector("input");
			if (!input) throw new Error("There is no field.");
			input.value = "typed-inside-another";
			input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
		}
		const shown = document.querySelector("#shown");
		shown?.setAttribute("type", "text");
		shown?.setAttribute("value", "shown-anew-55");
		const late = document.createElement("input");
		Object.assign(late, { type: "password", value: "late-secret-11" });
		late.setAttribute("value", "late-secret-22");
		document.body.append(late);
		late.remove();
		const gone = document.createElement("input");
		gone.setAttribute("autocomplete", "cc-number");
		gone.setAttribute("value", "6011000990139424");
		document.body.append(gone);
		document.querySelector("p")?.replaceChildren("balance-of-7654321");
		const later = document.createElement("div");
		later.dataset.cobrowse = "block";
		document.body.append(later);
		later.attachShadow({ mode: "open" }).append("blocked-later");
		document.querySelector("#shut")?.shadowRoot?.append("blocked-later");
	});
	await field("name").fill("Carol Customer");
	await settled();
	const later = {
		...typed,
		vault: "typed-into-the-vault",
		inside: "typed-inside-another",
		anew: "shown-anew-55",
		late: "late-secret",
		gone: "6011000990139424",
		balance: "balance-of-7654321",
		blocked: "blocked-words",
		later2: "blocked-later",
	};
	expect(leaks({ ...secrets, ...later })).toEqual([]);
	expect(server.frames.join()).toContain("Carol Customer");
});

it("CO-2: where somebody was in a secret list was told by what was chosen", async () => {
	await field("month").selectOption("01");
	await settled();
	const node = server.nodeOf("month");
	const chosen = server.events().filter((event) => event.data.source === 5 && event.data.id === node);
	expect(chosen.map((event) => event.data.text)).toEqual(["••"]);
});

it("CO-3: an agent fills in an ordinary field so that the page's own state follows, and no secret one", async () => {
	await page.evaluate(() => {
		// As React does: the element has a setter of its own, by which it knows what it has set itself.
		const input = document.querySelector<HTMLInputElement>("#name");
		if (!input) throw new Error("There is no field.");
		const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
		let tracked = input.value;
		Object.defineProperty(input, "value", {
			configurable: true,
			get: () => native?.get?.call(input),
			set: (value: string) => {
				tracked = value;
				native?.set?.call(input, value);
			},
		});
		input.addEventListener("input", () => {
			if (input.value !== tracked) document.body.dataset.state = input.value;
		});
	});
	server.send({ type: "input", node: server.nodeOf("name"), value: "before leave" });
	await expect.poll(() => server.told("refused").map(({ why }) => why)).toEqual(["notAllowed"]);
	await allow("control");
	server.send({ type: "input", node: server.nodeOf("name"), value: "Carol by Anna" });
	await expect.poll(() => page.evaluate(() => document.body.dataset.state)).toBe("Carol by Anna");
	const before = server.told("refused").length;
	for (const id of ["password", "card", "iban", "vault", "fixed"]) {
		server.send({ type: "input", node: server.nodeOf(id), value: "x" });
		server.send({ type: "click", node: server.nodeOf(id), x: 1, y: 1 });
	}
	await expect.poll(() => server.told("refused").length).toBe(before + 10);
	expect(
		server
			.told("refused")
			.slice(before)
			.map(({ why }) => why),
	).toEqual([...Array(8).fill("secret"), ...Array(2).fill("readonly")]);
	expect(await field("password").inputValue()).toBe(secrets.password);
	server.send({ type: "input", node: server.nodeOf("size"), value: "l" });
	server.send({ type: "click", node: server.nodeOf("agree"), x: 1, y: 1 });
	server.send({ type: "click", node: server.nodeOf("buy"), x: 1, y: 1 });
	await expect.poll(() => field("buy").getAttribute("data-bought")).toBe("1");
	expect([await field("size").inputValue(), await field("agree").isChecked()]).toEqual(["l", true]);
	server.send({ type: "click", node: server.nodeOf("away"), x: 1, y: 1 });
	await expect.poll(() => server.told("refused").at(-1)).toMatchObject({ why: "elsewhere" });
});

it("CO-4: the customer's own hand wins, and what they take back is over at once", async () => {
	await allow("control");
	await field("name").press("End");
	server.send({ type: "input", node: server.nodeOf("name"), value: "over the customer" });
	await expect.poll(() => server.told("refused").at(-1)).toMatchObject({ why: "customer" });
	await page.getByRole("button", { name: "Take back" }).click();
	await expect.poll(() => server.told("allow").at(-1)).toMatchObject({ isAllowed: false });
	server.send({ type: "input", node: server.nodeOf("name"), value: "after all" });
	await expect.poll(() => server.told("refused").at(-1)).toMatchObject({ why: "notAllowed" });
	expect(await field("name").inputValue()).toBe("Carol");
});

it("the bar pauses, says so, and is no way in for the page or the agent", async () => {
	expect(await page.getByRole("region", { name: "You share this page with Anna" }).innerText()).toContain(
		"Anna sees this page",
	);
	expect(server.frames.join()).not.toContain("Anna sees this page");
	expect(server.frames.join(), "an agent let a screen go on that its customer had paused").not.toContain(
		"box-of-the-screen",
	);
	await page.getByRole("button", { name: "Pause" }).click();
	await expect.poll(() => server.told("paused").at(-1)).toMatchObject({ isPaused: true });
	await field("name").fill("while it is paused");
	await page.getByRole("button", { name: "Go on" }).click();
	await expect.poll(() => server.frames.some((frame) => frame.includes("while it is paused"))).toBe(true);
	const kinds = server.frames
		.map((text) => JSON.parse(text))
		.map(({ type, isPaused }) => (type === "paused" ? isPaused : type));
	expect(kinds.slice(kinds.indexOf(true), kinds.indexOf(false))).toEqual([true]);
	await page.evaluate(() => history.pushState({}, "", "/private"));
	await expect.poll(() => server.told("paused").at(-1)).toMatchObject({ isPaused: true, byRule: true });
	await page.getByText("Anna does not see this page").waitFor();
});

it("the customer was told that the agent sees the page while nobody looked", async () => {
	server.send({ type: "unwatch" });
	await page.getByText("Anna is not looking just now").waitFor();
	server.send({ type: "watch" });
	await page.getByText("Anna sees this page").waitFor();
});

it("a page that was dark was shown light: the agent's browser was not told what the customer's likes", async () => {
	const schemes = () =>
		server
			.events()
			.filter(({ type }) => type === 4)
			.map(({ data }) => data.scheme);
	expect(schemes()).toEqual(["light"]);
	await page.emulateMedia({ colorScheme: "dark" });
	await expect.poll(schemes).toEqual(["light", "dark"]);
	await page.emulateMedia({ colorScheme: null });
});

it("Esc twice ends it", async () => {
	await page.keyboard.press("Escape");
	await page.keyboard.press("Escape");
	await expect.poll(() => server.told("stop").length).toBe(1);
	expect(await page.locator("inlay-cobrowse").count()).toBe(0);
	expect(await page.locator("body").getAttribute("data-ended")).toBe("This page is no longer shared.");
});

it("a page that changes without end is shown in stills, and live again once it is calm", async () => {
	await page.evaluate(() => {
		let count = 0;
		const timer = setInterval(() => {
			for (let one = 0; one < 3000; one++) document.body.append(document.createElement("i"));
			if (++count > 5) clearInterval(timer);
		}, 20);
	});
	await expect
		.poll(() =>
			server
				.told("pace")
				.map(({ pace }) => pace)
				.at(-1),
		)
		.toBe("live");
	expect(server.told("pace")[0]).toMatchObject({ pace: "stills" });
	await field("name").fill("after the flood");
	await expect.poll(() => server.frames.join()).toContain("after the flood");
});
