import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchFirefox } from "../../../e2e/support/firefox.ts";
import { buildPanel } from "./test-support/build-panel.ts";
import { FakeInlay } from "./test-support/fake-inlay.ts";
import {
	asked,
	elsewherePage,
	foreignFrames,
	listeningScript,
	pageOfWindows,
	saying,
} from "./test-support/foreign-windows.ts";

type Browser = Awaited<ReturnType<typeof launchFirefox>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;

/** As `foreign-messages.browser.long.test.ts`, in a browser that gives frames of other sites to other processes by other rules. */
describe("foreign messages in Firefox", { timeout: 180_000 }, () => {
	let built: Awaited<ReturnType<typeof buildPanel>>;
	let browser: Browser;
	let elsewhere: Server;
	let fake: FakeInlay;
	let page: Page;

	beforeAll(async () => {
		[built, browser] = await Promise.all([buildPanel(), launchFirefox(440)]);
		elsewhere = createServer((_request, response) =>
			response.writeHead(200, { "content-type": "text/html" }).end(elsewherePage),
		);
		await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
	}, 120_000);
	afterAll(async () => {
		await browser?.close();
		await built?.remove();
		elsewhere?.closeAllConnections();
		elsewhere?.close();
	});
	beforeEach(async () => {
		fake = await new FakeInlay(built.folder).start();
		page = await browser.newPage();
		page.setDefaultTimeout(60_000);
	});
	afterEach(async () => {
		await page.close();
		await fake.stop();
	});

	const crm = () => fake.base.replace("localhost", "127.0.0.1");
	const opened = async (isolation: boolean) => {
		fake.state.script = listeningScript;
		fake.state.switches = { isolation, directMessages: true };
		fake.state.hosts = [crm()];
		const panel = fake.panel(`&crm_domain=${encodeURIComponent(crm())}`);
		fake.state.host = pageOfWindows(panel, `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
		fake.state.signsInAtOnce = true;
		await page.goto(`${crm()}/host`);
		const received = () => page.evaluate("received") as Promise<string[]>;
		await expect.poll(received, { timeout: 60_000 }).toContainEqual(expect.stringContaining("setup"));
		// A script is set up before the panel has opened all that it opens by itself.
		await expect.poll(() => fake.stream.phones, { timeout: 60_000 }).toBe(1);
		await expect.poll(() => asked(fake).join(), { timeout: 30_000 }).toContain("/subscriptions");
		return received;
	};
	const frameCalled = async (name: string) => {
		for (const frame of page.frames())
			if ((await frame.evaluate("window.name").catch(() => undefined)) === name) return frame;
		return undefined;
	};
	/** A frame that is named may still be on its way to its page. */
	const frameBy = async (name: string) => {
		await expect.poll(() => frameCalled(name), { message: name }).toBeDefined();
		const frame = await frameCalled(name);
		if (!frame) throw new Error(`There is no frame called ${name}`);
		return frame;
	};
	const toPanel = (message: string) => page.evaluate(`frames[0].postMessage(${message}, "*")`);

	it.each([
		["panel's window", false],
		["isolated frame", true],
	])(
		"of another frame, origin or shape do nothing to the script's %s, and the right one does",
		async (_window, isolation) => {
			const received = await opened(isolation);
			const before = { asked: asked(fake), received: await received(), open: (await browser.pages()).length };
			const windows = isolation ? "top.frames[0], top.frames[0].frames[0]" : "top.frames[0]";
			let said = Number(await page.evaluate(await saying("malformedMessages", "frames[0]")));
			for (const name of foreignFrames)
				said += Number(await (await frameBy(name)).evaluate(await saying("foreignMessages", windows)));
			expect(said).toBeGreaterThan(300);
			// The last word is heard after all others.
			await toPanel('{ type: "PureCloud.User.updateStatus", data: { id: "p-meal" } }');
			await expect.poll(() => fake.state.presence.id, { timeout: 30_000 }).toBe("p-meal");
			await toPanel('"status"');
			await expect.poll(() => fake.state.presence.id, { timeout: 30_000 }).toBe("p-available");
			expect(asked(fake).slice(before.asked.length)).toEqual(Array(2).fill(expect.stringContaining("presences")));
			// A script in the panel's window has to look for itself who speaks (docs/isolation.md); to an isolated one nobody does.
			const told = (await received()).filter((each) => isolation || !each.includes("stranger"));
			expect({ told, open: (await browser.pages()).length }).toEqual({ told: before.received, open: before.open });
		},
	);
});
