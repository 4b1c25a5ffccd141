import { describe, expect, it } from "vitest";
import { enterPanel, fake, newPage, page, testPanel } from "../../test-support/panel-page.ts";

testPanel();

const field = () => page.locator("textarea[name=message]");
const open = () => page.locator("[data-open-field=name]");
const sent = () => fake.messages.thread.map(({ text }) => text).slice(1);

/** An answer in which a name is still to be filled in. */
async function writes(text: string): Promise<void> {
	fake.state.permissions = [
		...fake.state.permissions,
		...["conversation:message:view", "conversation:message:create"],
		...["responses:response:view", "responses:library:view"],
	];
	// As wide as a panel, and so high that nothing has to be scrolled to.
	await newPage({ viewport: { width: 320, height: 900 } });
	await enterPanel();
	const id = fake.messages.arrive("Where is my order?");
	await page.click(`[data-interaction="${id}"] [data-control="pickup"]`);
	await field().fill(text);
	await open().waitFor();
}

/** Where a button is now. */
async function middleOf(selector: string): Promise<[number, number]> {
	const box = await page.locator(selector).boundingBox();
	if (!box) throw new Error(`${selector} is not to be seen.`);
	return [box.x + box.width / 2, box.y + box.height / 2];
}

describe("a press on Send, with the cursor still in a field of a response", () => {
	it("hit nothing, as the field went and the button moved away from under the pointer: it sends, filled in, once", async () => {
		await writes("Dear {{name}}, it is on its way.");
		await open().fill("Carol");
		await page.mouse.move(...(await middleOf("[data-send-message]")));
		await page.mouse.down();
		expect(await open().count(), "nothing moves while the pointer is down").toBe(1);
		expect(sent(), "nor is anything sent before it is let go").toEqual([]);
		await page.mouse.up();
		await expect.poll(sent).toEqual(["Dear Carol, it is on its way."]);
		await expect.poll(() => field().inputValue()).toBe("");
		await open().waitFor({ state: "detached" });
	});

	it("that is taken back elsewhere fills the name in, and sends nothing", async () => {
		await writes("Dear {{name}}, it is on its way.");
		await open().fill("Carol");
		await page.mouse.move(...(await middleOf("[data-send-message]")));
		await page.mouse.down();
		await page.mouse.move(5, 5);
		await page.mouse.up();
		await expect.poll(() => field().inputValue()).toBe("Dear Carol, it is on its way.");
		expect(sent()).toEqual([]);
	});

	it("asks first where the name is empty, and neither its own release nor a second press there sends it so", async () => {
		await writes("Dear {{name}}, it is on its way.");
		await open().focus();
		const [x, y] = await middleOf("[data-send-message]");
		await page.mouse.dblclick(x, y);
		await page.waitForSelector("[data-asks]");
		expect(sent()).toEqual([]);
		await page.click("[data-go-back]");
		await expect.poll(() => open().evaluate((one) => one === document.activeElement)).toBe(true);
		expect(await field().inputValue()).toBe("Dear {{name}}, it is on its way.");
		expect(sent()).toEqual([]);
	});
});
