import type { Frame } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import {
	type HostileScript,
	loopingScripts,
	passingScripts,
	ruinousScripts,
} from "./framework/hostile/hostile-scripts.ts";
import { deploymentId } from "./test-support/fake-ids.ts";
import {
	answer,
	complaints,
	enterPanel,
	fake,
	newPage,
	page,
	phonesAre,
	requests,
	testPanel,
} from "./test-support/panel-page.ts";

testPanel();
beforeEach(() => newPage());

describe("hostile scripts", { timeout: 300_000 }, () => {
	const harmless =
		'window.Framework = { config: { name: "harmless", clientIds: {}, settings: { enableCallLogs: true } } };';
	const start = async (isolation: boolean) => {
		fake.state.script = harmless;
		fake.state.switches = { isolation };
		await enterPanel();
		await phonesAre(1);
	};
	const isolatedFrame = () => page.frames().find((each) => each.url().includes("isolated.html"));
	/** The window that the script runs in. */
	const placeOf = async (isolation: boolean): Promise<Frame> => {
		if (isolation) await expect.poll(isolatedFrame).toBeDefined();
		const frame = (isolation && isolatedFrame()) || page.mainFrame();
		await frame.waitForFunction("window.Framework !== undefined");
		return frame;
	};
	/** The same panel in a new page, whose isolated script has asked for nothing yet. */
	const again = async () => {
		fake.state.script = harmless;
		await page.reload();
		await page.waitForSelector("[data-status]");
		await phonesAre(1);
		return placeOf(true);
	};
	/** One more script in the same window. */
	const run = (source: string, at: number, place: Frame) => {
		fake.state.script = source;
		const url = `${fake.base}/crm/deployments/${deploymentId}/framework.js?v=${at + 2}`;
		return place.evaluate(
			(src) =>
				new Promise<void>((resolve, reject) => {
					const element = Object.assign(document.createElement("script"), { src, crossOrigin: "anonymous" });
					element.onload = () => resolve();
					element.onerror = () => reject(new Error("The script was not loaded"));
					document.documentElement.append(element);
				}),
			url,
		);
	};
	/** An agent answers and hangs up, each by a click. */
	const works = async (name: string) => {
		const id = await answer();
		const hangUp = page.locator(`[data-interaction="${id}"] [data-call-control="disconnect"]`);
		await hangUp.click();
		const states = () => requests(id).map(({ body }) => (body as { state?: string } | undefined)?.state);
		await expect.poll(states, { message: name }).toContain("disconnected");
		fake.calls.end(id);
		fake.calls.finishWork(id, {});
		await expect.poll(() => hangUp.count(), { message: name }).toBe(0);
	};
	const isTold = async ({ name, told }: HostileScript, isolation: boolean) => {
		const wanted = told instanceof RegExp ? told : isolation ? told?.isolated : told?.window;
		if (!wanted) return;
		const reports = () => fake.reports.map(({ code, text }) => `${code} ${text}`);
		await expect.poll(reports, { message: name }).toContainEqual(expect.stringMatching(wanted));
	};

	it.each([
		["panel's", false],
		["isolated", true],
	])(
		"that fail, flood and talk nonsense in the %s window leave the agent at work, one after the other",
		async (_window, isolation) => {
			await start(isolation);
			let place = await placeOf(isolation);
			for (const [at, script] of passingScripts.entries()) {
				fake.reports.length = 0;
				await run(script.source, at, place);
				// By the same channel, so it is answered once the panel has the script.
				if (isolation) await place.evaluate("(async () => PureCloud.Inlay.request('queues'))().catch(() => undefined)");
				await works(script.name);
				await isTold(script, isolation);
				if (isolation && script.floods) place = await again();
			}
			await page.click(".header-menu button[aria-haspopup]");
			await page.click('[data-item="signout"]');
			await page.waitForSelector("[data-status]", { state: "detached" });
			complaints.length = 0;
		},
	);

	it.each(loopingScripts)(
		"that $name in the panel's window are ended, and the panel goes on without them",
		async (script) => {
			fake.state.script = script.source;
			fake.state.switches = { isolation: false };
			await enterPanel();
			await phonesAre(1);
			await works(script.name);
			await isTold(script, false);
			await expect.poll(() => page.locator("[data-script-away]").count()).toBe(1);
			await works(`${script.name}, once more`);
			expect(fake.reports.filter(({ code }) => code !== "framework.script.loop")).toEqual([]);
			fake.state.script = harmless;
			await page.click("[data-run-script]");
			await page.waitForSelector("[data-status]");
			await expect.poll(() => page.locator("[data-script-away]").count()).toBe(0);
			expect(complaints.filter((each) => !each.includes("it had held the panel up"))).toEqual([]);
			complaints.length = 0;
		},
	);

	it.each(ruinousScripts.filter((each) => !each.onlyIsolated))(
		"that $name in the panel's window leave an agent at work: what they broke is put back",
		async (script) => {
			await page.route("https://evil.example/**", (route) => route.fulfill({ body: "elsewhere" }));
			fake.state.script = script.source;
			fake.state.switches = { isolation: false };
			await enterPanel();
			await phonesAre(1);
			await works(script.name);
			await isTold(script, false);
			await works(`${script.name}, once more`);
			complaints.length = 0;
		},
	);

	it("that leave their own window in ruins, loop or lead it away, isolated, leave the panel as it was", async () => {
		await page.route("https://evil.example/**", (route) => route.fulfill({ body: "elsewhere" }));
		await start(true);
		for (const script of [...ruinousScripts, ...loopingScripts]) {
			fake.reports.length = 0;
			fake.state.script = script.source;
			await page.reload();
			await page.waitForSelector("[data-status]");
			await phonesAre(1);
			await works(script.name);
			await isTold(script, true);
		}
		fake.state.script = harmless;
		await Promise.all([page.waitForRequest(/isolated\.html/), page.click("[data-run-script]")]);
		await page.waitForSelector("[data-status]");
		expect(await page.locator("[data-script-away]").count()).toBe(0);
		complaints.length = 0;
	});
});
