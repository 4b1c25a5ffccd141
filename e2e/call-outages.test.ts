import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { apiOf } from "./support/api.ts";
import { bothHear as allHear } from "./support/both-hear.ts";
import { type CrmDesk, CustomerDesk, signInFromDemoPage, takePictures } from "./support/demo-pages.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { childrenOf, postgresOf, signalAll } from "./support/postgres-processes.ts";
import { automationToken } from "./support/sign-in.ts";
import { giveTone, heardLevel } from "./support/tone-page.ts";
import { until } from "./support/until.ts";

/** What each end sends, in Hz. */
const agentHz = 1250;
const customerHz = 700;

const clockStepper = new URL("./support/clock-step.mjs", import.meta.url).href;

/** One call after the other, while parts of the server go under it. */
describe("during a call", () => {
	let folder: string;
	let inlay: TestInlay;
	let browser: Browser;
	let agent: CrmDesk;
	let customer: CustomerDesk;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "inlay-clock-"));
		inlay = await startTestInlay({
			nodeFlags: ["--import", clockStepper],
			env: { INLAY_CLOCK_STEP: join(folder, "step") },
		});
		browser = await launchChromium();
		const context = await browser.newContext();
		await giveTone(context, agentHz);
		agent = await signInFromDemoPage(context, inlay.demo, inlay.demo.users.agent.username);
		await agent.chooseStatus("ON_QUEUE");
	});

	afterAll(async () => {
		await browser?.close();
		await inlay?.stop();
		if (folder) await rm(folder, { recursive: true, force: true });
	});

	beforeEach(({ task }) => {
		onTestFailed(() => takePictures(task.name, { agent: agent?.page, customer: customer?.page }));
	});

	it("the sound goes on while the database hangs, and while it is killed", async () => {
		await ring();
		await agent.control("pickup").first().click();
		await customer.waitFor("connected");
		await bothHear();
		const { all } = postgresOf(inlay.dataFolder);
		signalAll(all, "SIGSTOP");
		await until("the database is missed", async () => !(await isReady()));
		for (let look = 0; look < 5; look++) await bothHear();
		expect(await isReady()).toBe(false);
		signalAll(all, "SIGCONT");
		await until("the database is back", isReady, 30_000);
		process.kill(postgresOf(inlay.dataFolder).postmaster, "SIGKILL");
		await until("the database is missed", async () => !(await isReady()), 30_000, 10);
		await bothHear();
		await until("the database is back", isReady, 30_000);
		await bothHear();
		await agent.control("hold").click();
		await customer.waitFor("held");
		await agent.control("hold").click();
		await customer.waitFor("connected");
	}, 120_000);

	it("the sound comes back after the media process has hung", async () => {
		await bothHear();
		const [hung = 0] = childrenOf(inlay.pid, "media-child");
		const at = performance.now();
		process.kill(hung, "SIGSTOP");
		await until("another one runs", () => !childrenOf(inlay.pid, "media-child").includes(hung));
		report("a hung media process was ended", performance.now() - at);
		await bothHear();
		report("sound back after the media process had hung", performance.now() - at);
		await customer.waitFor("connected");
	}, 60_000);

	it("who hung up while the database was away was called again", async () => {
		const { all } = postgresOf(inlay.dataFolder);
		signalAll(all, "SIGSTOP");
		try {
			await until("the database is missed", async () => !(await isReady()));
			await customer.page.locator('[data-action="hangup"]').click();
		} finally {
			signalAll(all, "SIGCONT");
		}
		await agent.panel.locator("form.wrapup").waitFor();
		await agent.wrapUp("Solved", "Went while nobody could write it down.");
	}, 60_000);

	it.each([
		["back", -600_000],
		["forwards", 600_000],
	])(
		"a clock set %s by ten minutes moved the time that a phone rings",
		async (_name, step) => {
			await shortRinging();
			const called = performance.now();
			await ring();
			const at = performance.now();
			await writeFile(join(folder, "step"), String(step));
			process.kill(inlay.pid, "SIGUSR2");
			await agent.control("pickup").first().waitFor({ state: "detached" });
			const rang = performance.now() - at;
			report(`rang with the clock set by ${step} ms`, rang);
			// A busy machine shows the ringing late: for how long it rang at least, the time of the call tells.
			// A timer may be off by a second where the clock is set, and no more.
			expect(performance.now() - called).toBeGreaterThan((ringSeconds - 1) * 1000);
			expect(rang).toBeLessThan((ringSeconds + 20) * 1000);
			await customer.page.close();
			await agent.chooseStatus("AVAILABLE");
			await agent.chooseStatus("ON_QUEUE");
		},
		60_000,
	);

	const ringSeconds = 8;

	async function shortRinging(): Promise<void> {
		const api = apiOf(inlay.baseUrl, await automationToken(inlay.demo));
		const queue = await api.call("GET", `/routing/queues/${inlay.demo.queue.id}`);
		queue.mediaSettings.call.alertingTimeoutSeconds = ringSeconds;
		await api.call("PUT", `/routing/queues/${inlay.demo.queue.id}`, queue);
	}

	/** A customer calls, and the agent's panel rings. */
	async function ring(): Promise<void> {
		const context = await browser.newContext();
		await giveTone(context, customerHz);
		customer = new CustomerDesk(await context.newPage());
		await customer.page.goto(`${inlay.demo.customer}/`);
		await customer.call();
		await agent.control("pickup").first().waitFor();
	}

	async function isReady(): Promise<boolean> {
		return (await fetch(`${inlay.baseUrl}/readyz`)).ok;
	}

	/** Survives pages that are just being loaded. */
	function bothHear(): Promise<void> {
		return allHear(
			() => heardLevel(customer.page, agentHz),
			async () => heardLevel(await agent.frame(), customerHz),
		);
	}

	function report(what: string, ms: number): void {
		console.info(`${what}: ${Math.round(ms)} ms`);
	}
});
