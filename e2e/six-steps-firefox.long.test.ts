import { bundledClientId } from "@inlay/contract";
import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from "vitest";
import { apiOf } from "./support/api.ts";
import { bothHear as allHear } from "./support/both-hear.ts";
import { takePictures } from "./support/demo-pages.ts";
import { launchFirefox, listenedPage } from "./support/firefox.ts";
import { FirefoxDesk } from "./support/firefox-desk.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { recordedLevel } from "./support/recorded-page.ts";
import { signIn } from "./support/sign-in.ts";
import { until } from "./support/until.ts";

/** What each end sends, in Hz, and from which level on it counts as heard, in dB. */
const agentHz = 1250;
const customerHz = 700;
const heard = -45;
/** Speech spreads over many frequencies, and silence is below -75. */
const faint = -60;

/** No call connected in Firefox on the default start: both ends are Firefox as people have it. */
describe("the six steps of the demo in Firefox", () => {
	let inlay: TestInlay;
	let browsers: Browser[] = [];
	let agent: FirefoxDesk;
	let customer: FirefoxDesk;

	beforeAll(async () => {
		const launching = Promise.all([launchFirefox(agentHz), launchFirefox(customerHz)]);
		inlay = await startTestInlay();
		const [agents, customers] = await launching;
		browsers = [agents, customers];
		agent = new FirefoxDesk(await listenedPage(agents), inlay.demo);
		customer = new FirefoxDesk(await listenedPage(customers), inlay.demo);
	}, 120_000);

	afterAll(async () => {
		await Promise.all(browsers.map((browser) => browser.close()));
		await inlay?.stop();
	});

	beforeEach(({ task }) => {
		onTestFailed(() => takePictures(`firefox ${task.name}`, { agent: agent?.page, customer: customer?.page }));
	});

	it("signs the agent in inside the CRM's frame by one click", async () => {
		const { demo } = inlay;
		await agent.page.goto(`${demo.api}/`);
		const crm = await agent.page.$eval(`[data-user="${demo.users.agent.username}"]`, (link) =>
			link.getAttribute("href"),
		);
		await agent.page.goto(new URL(crm ?? "", demo.api).href);
		await agent.click(`button[name="demo"][value="${demo.users.agent.username}"]`);
		await agent.find("[data-status]");
		await agent.click("[data-go-on-queue]");
		await agent.find('[data-status="ON_QUEUE"]');
	});

	it("rings the agent when a customer calls, and opens the caller's contact", async () => {
		await customer.page.goto(`${inlay.demo.customer}/`);
		await customer.click('[data-action="call"]');
		await agent.find('[data-call-control="pickup"]');
		await agent.waitForText("h1", "Clara Bell");
	});

	it("lets both hear each other once the agent answers", async () => {
		await agent.control("pickup");
		await customer.find('.call-card[data-state="connected"]');
		await bothHear();
		expect(await recordedLevel(customer.page, customerHz), "the customer does not hear themselves").toBeLessThan(heard);
	});

	it("holds from the panel and resumes from the CRM", async () => {
		await agent.control("hold");
		await customer.find('.call-card[data-state="held"]');
		await until("the agent no longer hears the customer", async () => (await agentHears(customerHz)) < heard);
		await agent.waitForText('[data-crm="hold"]', "Resume");
		await agent.click('[data-crm="hold"]');
		await customer.find('.call-card[data-state="connected"]');
		await bothHear();
	});

	it("mutes from the CRM and speaks again from the panel", async () => {
		await agent.click('[data-crm="mute"]');
		await until("the customer hears nothing", async () => (await recordedLevel(customer.page, agentHz)) < heard);
		await agent.control("mute");
		await bothHear();
	});

	it("carries the keys of the agent", async () => {
		await agent.control("dtmf");
		await agent.click('[data-digit="5"]');
		await until("the customer hears 5", async () => (await recordedLevel(customer.page, 1336)) > heard);
		await agent.control("dtmf");
	});

	it("brings the sound back after either page is reloaded in the middle of the call", async () => {
		await agent.page.reload();
		await bothHear();
		await customer.page.reload();
		await bothHear();
		await agent.waitForText("h1", "Clara Bell");
	});

	it("saves code, notes and call log in the CRM after hanging up", async () => {
		await agent.control("disconnect");
		await customer.find('.call-card[data-state="ended"]');
		const notes = await agent.find("form.wrapup textarea");
		await notes.type("Asked for the date.");
		const code = await agent.find("form.wrapup select");
		await code.select(
			await code.$$eval("option", (all) => all.find((one) => one.textContent === "Solved")?.value ?? ""),
		);
		await agent.click("form.wrapup [data-wrapup-done]");
		await agent.waitForText('.timeline [data-kind="call"]', "Solved");
		await agent.waitForText('.timeline [data-kind="call"]', "Asked for the date.");
	});

	it("dials a contact by a click and hears the far end", async () => {
		await agent.click("a ::-p-text(Theo Farland)");
		await agent.click(`[data-dial="${inlay.demo.numbers.farEnd}"]`);
		await agent.find('.current-call[data-state="CONNECTED"]');
		await until("the far end is heard", async () => {
			const levels = await Promise.all([250, 400, 600, 900].map(agentHears));
			return Math.max(...levels) > faint;
		});
	});

	it("holds the open call when a second one is dialled, and says of each that came to nothing why", async () => {
		for (const [number, outcome] of [
			["317 555 0110 ext. 12", undefined],
			["+1 (317) 555-0100", "busy"],
			["tel:+1317-555-0197", "refused"],
			["317.555.0196", "unknownNumber"],
		] as const) {
			await agent.click('[data-view="new-interaction"]');
			await (await agent.find('input[name="number"]')).type(number);
			await agent.click("form.dial [data-dial]");
			await agent.find(outcome ? `[data-outcome="${outcome}"]` : '[data-interaction][data-state="connected"]');
		}
		await until("one call is left, on hold", async () => {
			const open = await (await agent.panel()).$$eval("[data-interaction]", (all) => all.length);
			return (
				open === 1 && (await (await agent.panel()).$('[data-control="hold"][data-on="true"], [data-swap]')) !== null
			);
		});
		await agent.control("disconnect");
		await agent.find('[data-go-on-queue], [data-status="ON_QUEUE"]');
	});

	it("tells the agent that the customer is asked for consent, and that they said no; Record says so, too", async () => {
		const admin = await administrator(inlay.demo);
		const { id } = await admin.call("POST", policies, asksFirst);
		await customer.page.goto(`${inlay.demo.customer}/`);
		await customer.click('[data-action="call"]');
		await agent.control("pickup");
		await agent.find('[data-consent="asked"]');
		await customer.find('[data-consent="asked"]');
		await customer.click('[data-action="consent-refuse"]');
		await agent.find('[data-consent="refused"]');
		await agent.find('[data-control="record"][aria-disabled="true"]');
		await bothHear();
		await agent.page.reload();
		await agent.find('[data-consent="refused"]');
		await bothHear();
		await admin.call("DELETE", `${policies}/${id}`);
	});

	const agentHears = async (hz: number) => recordedLevel(await agent.panel(), hz);

	/** Whoever is asked has as long as the text is read to answer. */
	const asksFirst = {
		...{ name: "Asks first", enabled: true, queueIds: [], percent: 100, requireConsent: true },
		consentMessage: "We would like to record this call, and ask you first. Press 1 to agree, press 2 to refuse. "
			.repeat(3)
			.trim(),
	};
	const policies = "/../inlay/v1/recordings/policies";

	async function administrator({ api, users }: TestInlay["demo"]) {
		const { username, password } = users.admin;
		const redirectUri = `${api}/admin/`;
		const request = {
			baseUrl: api,
			clientId: bundledClientId,
			grant: "code",
			redirectUri,
			username,
			password,
		} as const;
		return apiOf(api, await signIn(request));
	}

	/** Survives pages that are just being loaded. */
	function bothHear(): Promise<void> {
		return allHear(
			() => recordedLevel(customer.page, agentHz),
			() => agentHears(customerHz),
		);
	}
});
