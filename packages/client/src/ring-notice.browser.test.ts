import { describe, expect, it } from "vitest";
import { enterPanel, fake, newPage, page, phonesAre, ring, testPanel } from "./test-support/panel-page.ts";

testPanel();

/** What the browser was told to show, and what became of it. */
interface Shown {
	title: string;
	body: string;
	/** `show`, `close`, `error`, in the order they came. */
	events: string[];
}

/** The page's own notices, which the browser's own class shows. */
function watchNotices(): void {
	const self = globalThis as unknown as { shown: Shown[]; notices: Notification[] };
	self.shown = [];
	self.notices = [];
	const Original = window.Notification;
	window.Notification = class extends Original {
		constructor(title: string, options?: NotificationOptions) {
			super(title, options);
			const one: Shown = { title, body: options?.body ?? "", events: [] };
			for (const kind of ["show", "close", "error"]) this.addEventListener(kind, () => one.events.push(kind));
			self.shown.push(one);
			self.notices.push(this);
		}
	};
}

const shown = () => page.evaluate<Shown[]>("globalThis.shown");
const icon = () => page.locator('link[rel="icon"]').getAttribute("href");

async function enter(...permissions: string[]): Promise<void> {
	await newPage({ permissions: ["microphone", ...permissions] }, watchNotices);
	await enterPanel();
	await phonesAre(1);
	await page.click('[data-view="settings"]');
	await page.waitForSelector('[data-choice="ringNotices"] input');
}

describe("a ring, told where people look", () => {
	it("was seen only by who looked at the panel: title and icon say it while it rings, and are as before after it", async () => {
		await enter();
		const before = [await page.title(), await icon()];
		const id = await ring({ name: "Ada Lovelace", address: "tel:+4930123456" });
		await expect.poll(() => page.title()).toBe("Ada Lovelace is calling");
		expect(await icon()).toMatch(/^data:image\/svg/);
		await expect.poll(() => page.locator('link[rel="icon"]').count()).toBe(1);
		fake.calls.fail(id, "transfer.noanswer");
		await expect.poll(async () => [await page.title(), await icon()]).toEqual(before);
		expect(await shown(), "nobody has wished for a notice").toEqual([]);
	});

	it("stands on the desktop where the agent wants it and the browser grants it, is gone when it is answered, and a click leads there", async () => {
		await enter("notifications");
		await page.check('[data-choice="ringNotices"] input');
		const id = await ring({ name: "Ada Lovelace", address: "tel:+4930123456" });
		await expect.poll(shown).toMatchObject([{ title: "Ada Lovelace is calling", body: "Support" }]);
		await page.evaluate("notices[0].onclick(new Event('click'))");
		await page.waitForSelector(`[data-interaction="${id}"]`);
		await page.click(`[data-interaction="${id}"] [data-call-control="pickup"]`);
		await expect.poll(async () => (await shown())[0]?.events.at(-1)).toBe("close");
		expect((await shown())[0]?.events).not.toContain("error");
	});

	it("refused by the browser, the setting stood there as if it worked: it says so, now and when it is looked at again", async () => {
		await enter();
		const cdp = await page.context().newCDPSession(page);
		const { browserContextId } = (await cdp.send("Target.getTargetInfo")).targetInfo;
		const browser = await page.context().browser()?.newBrowserCDPSession();
		const permit = (setting: string) =>
			browser?.send(
				"Browser.setPermission" as never,
				{ permission: { name: "notifications" }, setting, origin: fake.base, browserContextId } as never,
			);
		const choice = page.locator('[data-choice="ringNotices"]');
		await permit("denied");
		await choice.locator("input").click();
		await choice.getByRole("alert").waitFor();
		expect(await choice.locator("input").isChecked()).toBe(false);
		await permit("granted");
		await choice.locator("input").check();
		await choice.getByRole("alert").waitFor({ state: "detached" });
		await permit("denied");
		await page.click('[data-view="interactions"]');
		await page.click('[data-view="settings"]');
		await choice.getByRole("alert").waitFor();
		await ring();
		expect(await shown()).toEqual([]);
	});
});
