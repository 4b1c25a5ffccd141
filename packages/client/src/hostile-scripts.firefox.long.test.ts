import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchFirefox } from "../../../e2e/support/firefox.ts";
import {
	type HostileScript,
	loopingScripts,
	passingScripts,
	ruinousScripts,
} from "./framework/hostile/hostile-scripts.ts";
import { buildPanel } from "./test-support/build-panel.ts";
import { deploymentId } from "./test-support/fake-ids.ts";
import { FakeInlay } from "./test-support/fake-inlay.ts";

type Browser = Awaited<ReturnType<typeof launchFirefox>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;
type Frame = ReturnType<Page["mainFrame"]>;

const harmless =
	'window.Framework = { config: { name: "harmless", clientIds: {}, settings: { enableCallLogs: true } } };';

/** As `hostile-scripts.browser.long.test.ts`, in a browser that gives a sandboxed frame no thread of its own. */
describe("hostile scripts in Firefox", { timeout: 300_000 }, () => {
	let built: Awaited<ReturnType<typeof buildPanel>>;
	let browser: Browser;
	let fake: FakeInlay;
	let page: Page;

	beforeAll(async () => {
		[built, browser] = await Promise.all([buildPanel(), launchFirefox(440)]);
	}, 120_000);
	afterAll(async () => {
		await browser?.close();
		await built?.remove();
	});
	beforeEach(async () => {
		fake = await new FakeInlay(built.folder).start();
		page = await browser.newPage();
		page.setDefaultTimeout(60_000);
		// Firefox, driven by BiDi, leaves a dialog to who drives it: they press it away as an agent would.
		page.on("dialog", (dialog) => void dialog.dismiss());
	});
	afterEach(async () => {
		await page.close();
		await fake.stop();
	});

	const start = async (source: string, isolation: boolean) => {
		fake.state.script = source;
		fake.state.switches = { isolation };
		fake.state.signsInAtOnce = true;
		await page.goto(fake.panel());
		await isOpen();
	};
	const again = async (source: string) => {
		fake.state.script = source;
		await page.reload();
		await isOpen();
	};
	const isOpen = async () => {
		await page.waitForSelector("[data-status]");
		await expect.poll(() => fake.stream.phones).toBe(1);
	};
	/** The window that the script runs in. */
	const placeOf = async (isolation: boolean): Promise<Frame> => {
		const find = () => page.frames().find((each) => each.url().includes("isolated.html"));
		if (isolation) await expect.poll(find).toBeDefined();
		const frame = (isolation && find()) || page.mainFrame();
		await frame.waitForFunction("window.Framework !== undefined");
		return frame;
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
	const press = async (id: string, control: string) => {
		const shown = await page.waitForSelector(`[data-interaction="${id}"] [data-call-control="${control}"]`);
		// Where a list is drawn anew meanwhile, the browser would click beside it.
		await shown?.evaluate((button) => (button as HTMLElement).click());
	};
	/** An agent answers and hangs up, each by a click. */
	const works = async (name: string) => {
		const id = fake.calls.ring();
		fake.stream.propose(id);
		await press(id, "pickup");
		await page.waitForSelector(`[data-interaction="${id}"] [data-call-control="hold"]`);
		await press(id, "disconnect");
		const states = () =>
			fake.state.log
				.filter((entry) => entry.path.includes(id))
				.map(({ body }) => (body as { state?: string } | undefined)?.state);
		await expect.poll(states, { message: name }).toContain("disconnected");
		fake.calls.end(id);
		fake.calls.finishWork(id, {});
		const left = () => page.$(`[data-interaction="${id}"] [data-call-control="disconnect"]`);
		await expect.poll(left, { message: name }).toBeNull();
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
	])("that fail, flood and talk nonsense in the %s window leave the agent at work", async (_window, isolation) => {
		await start(harmless, isolation);
		let place = await placeOf(isolation);
		for (const [at, script] of passingScripts.entries()) {
			fake.reports.length = 0;
			await run(script.source, at, place);
			if (isolation) await place.evaluate("(async () => PureCloud.Inlay.request('queues'))().catch(() => undefined)");
			await works(script.name);
			await isTold(script, isolation);
			if (isolation && script.floods) {
				await again(harmless);
				place = await placeOf(true);
			}
		}
	});

	it.each([
		["panel's", false],
		["isolated", true],
	])("that loop in the %s window are ended, and the panel goes on without them", async (_window, isolation) => {
		await start(harmless, isolation);
		for (const script of loopingScripts) {
			fake.reports.length = 0;
			await again(script.source);
			await works(script.name);
			await isTold(script, isolation);
			await page.waitForSelector("[data-script-away]");
			await works(`${script.name}, once more`);
		}
	});

	it("that leave the panel's window in ruins, or lead it away, leave an agent at work", async () => {
		await start(harmless, false);
		for (const script of ruinousScripts.filter((each) => !each.onlyIsolated)) {
			fake.reports.length = 0;
			await again(script.source);
			await works(script.name);
			await isTold(script, false);
		}
	});

	it("that leave their own window in ruins, or lead it away, isolated, leave the panel as it was", async () => {
		await start(harmless, true);
		for (const script of ruinousScripts) {
			fake.reports.length = 0;
			// Nobody answers there.
			await again(script.source.replaceAll("https://evil.example", "http://127.0.0.1:4899"));
			await works(script.name);
			await isTold(script, true);
		}
	});
});
