import type { Frame } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import {
	asked,
	elsewherePage,
	foreignFrames,
	listeningScript,
	pageOfWindows,
	saying,
} from "./test-support/foreign-windows.ts";
import { complaints, fake, newPage, page, testPanel } from "./test-support/panel-page.ts";

testPanel();
beforeEach(() => newPage());

describe("foreign messages", { timeout: 120_000 }, () => {
	const crm = () => fake.base.replace("localhost", "127.0.0.1");
	const opened = async (switches: Record<string, boolean>, hosts: string[]) => {
		fake.state.script = listeningScript;
		fake.state.switches = switches;
		fake.state.hosts = hosts;
		fake.state.host = pageOfWindows(fake.panel(`&crm_domain=${encodeURIComponent(crm())}`), "https://evil.example/");
		fake.state.signsInAtOnce = true;
		await page.route("https://evil.example/", (route) =>
			route.fulfill({ body: elsewherePage, contentType: "text/html" }),
		);
		await page.goto(`${crm()}/host`);
		await page.frameLocator("iframe >> nth=0").locator("[data-status]").waitFor();
	};
	const frameBy = (name: string): Frame => {
		const frame = page.frames().find((each) => each.name() === name);
		if (!frame) throw new Error(`There is no such frame: ${page.frames().map((each) => each.name())}`);
		return frame;
	};
	/** All that a window can say, to the windows that it gives by name. @returns how many */
	const say = async (from: Frame, what: "foreignMessages" | "malformedMessages", to: string): Promise<number> =>
		from.evaluate(await saying(what, to));
	/** What would be otherwise had one of them done something. */
	const state = async () => ({
		asked: asked(fake),
		windows: page.context().pages().length,
		received: await page.evaluate<string[]>("received"),
	});

	it.each([
		["panel's window", false],
		["isolated frame", true],
	])(
		"of another frame, origin or shape do nothing to the script's %s, and the right one does",
		async (_window, isolation) => {
			await opened({ isolation, directMessages: true }, [crm()]);
			await expect.poll(() => page.evaluate("received")).toContainEqual(expect.stringContaining("setup"));
			// A script is set up before the panel has opened all that it opens by itself.
			await expect.poll(async () => (await state()).asked.join()).toContain("/notifications/channels");
			const before = await state();
			const windows = isolation ? "top.frames[0], top.frames[0].frames[0]" : "top.frames[0]";
			const said = [await say(page.mainFrame(), "malformedMessages", "frames[0]")];
			// Frames of another site and in it, of no origin, of this origin, in a frame of another, and a window that the page has opened.
			for (const name of foreignFrames) said.push(await say(frameBy(name), "foreignMessages", windows));
			const opening = page.waitForEvent("popup");
			await page.evaluate(`void open("/host-popup", "popup")`);
			const popup = await opening;
			await popup.waitForLoadState();
			said.push(await say(popup.mainFrame(), "foreignMessages", windows.replaceAll("top.", "opener.")));
			await popup.close();
			// Whoever shares the origin shares its channels, too.
			await frameBy("own").evaluate(() => {
				for (const name of ["inlay", "inlay-desk", "phone"])
					new BroadcastChannel(name).postMessage({ type: "PureCloud.User.updateStatus", data: { id: "p-meal" } });
			});
			expect(said.reduce((sum, each) => sum + each)).toBeGreaterThan(300);
			// The last word is heard after all others.
			await page.evaluate(
				`frames[0].postMessage({ type: "PureCloud.User.updateStatus", data: { id: "p-meal" } }, "*")`,
			);
			await expect.poll(() => fake.state.presence.id).toBe("p-meal");
			await page.evaluate(`frames[0].postMessage("status", "*")`);
			await expect.poll(() => fake.state.presence.id).toBe("p-available");
			const { asked, received, windows: open } = await state();
			expect(asked.slice(before.asked.length)).toEqual(Array(2).fill(expect.stringContaining("presences")));
			// A script in the panel's window has to look for itself who speaks (docs/isolation.md); to an isolated one nobody does.
			const told = received.filter((each) => isolation || !each.includes("stranger"));
			expect({ told, open }).toEqual({ told: before.received, open: before.windows });
			expect(complaints).toEqual([]);
		},
	);
});
