import { cobrowseRights } from "@inlay/contract/cobrowse/session";
import type { BrowserContextOptions } from "playwright-core";
import { describe, expect, it } from "vitest";
import { overflows, violations } from "./test-support/axe.ts";
import {
	answer,
	complaints,
	enterPanel,
	fake,
	newPage,
	page,
	phonesAre,
	requests,
	ring,
	signInHere,
	testPanel,
} from "./test-support/panel-page.ts";

const script = `window.Framework = {
	config: { name: "test", clientIds: {}, customInteractionAttributes: [], settings: { enableCallLogs: true } },
	initialSetup() {},
	screenPop(search) { window.popped = search; },
	processCallLog(log, interaction, event, done) { window.saved = log; done({ id: "crm-7" }); },
	openCallLog(log) { window.openedLog = log.id; },
};`;

testPanel({ script });

/** What the agent holds in every division. */
const everywhere = {
	division: { id: "*" },
	role: { policies: ["conversation", "cobrowse"].map((domain) => ({ domain, entityName: "*", actions: ["*"] })) },
};

async function open(options: BrowserContextOptions = {}, query = ""): Promise<void> {
	await newPage(options);
	await page.goto(fake.panel(query));
}

async function signIn(options: BrowserContextOptions = {}, query = ""): Promise<void> {
	await newPage(options);
	await enterPanel(fake.panel(query));
	await phonesAre(1);
}

const text = (selector: string) => page.locator(selector).first().innerText();

describe("sign-in", () => {
	it("goes to the sign-in page and comes back to the whole address it left", async () => {
		await open({}, "&crm_domain=https%3A%2F%2Fcrm.example&primarycolor=red&clientId=x&gcHostOrigin=y");
		await signInHere();
		expect(page.url()).toBe(
			fake.panel("&crm_domain=https%3A%2F%2Fcrm.example&primarycolor=red&clientId=x&gcHostOrigin=y"),
		);
	});

	it("survives a reload without signing in again", async () => {
		await signIn();
		await page.reload();
		await page.waitForSelector("[data-status]");
	});

	it("every panel asked for emails that were begun: those of agents who have begun some do", async () => {
		await signIn();
		const asked: string[] = [];
		page.on("request", (request) => asked.push(new URL(request.url()).pathname));
		// What is loaded last: whatever a panel asks for at its start, it has asked for by then.
		const isLoaded = () =>
			page.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("/metadata-")));
		await expect.poll(isLoaded).toBe(true);
		asked.length = 0;
		const drafts = () => asked.filter((path) => /drafts/.test(path)).map((path) => path.split("/").at(-1));
		await page.reload();
		await page.waitForSelector(".interactions");
		await expect.poll(isLoaded).toBe(true);
		expect(drafts(), "nor is its code loaded").toEqual([]);
		fake.desk.hasDrafts = true;
		await page.reload();
		await expect.poll(() => drafts().at(-1)).toBe("me");
	});

	it("uses a window of its own where the address asks for it", async () => {
		await open({}, "&dedicatedLoginWindow=true");
		const opening = page.waitForEvent("popup");
		await page.getByRole("button", { name: "Sign in" }).click();
		const popup = await opening;
		await popup.click("#sign-in");
		await page.waitForSelector("[data-status]");
	});

	it("had last words in two languages for a window that the browser does not let close itself", async () => {
		await newPage({ locale: "fr-FR" });
		await page.goto(`${fake.base}/crm/authWindow.html?code=c&state=s`);
		await page.getByText("Vous pouvez fermer cette fenêtre.").waitFor();
		expect(page.url()).not.toContain("code=");
	});

	it("falls back to the sign-in page's form where the server does not know the script's identity provider", async () => {
		await signIn({}, "&provider=adfs&orgName=Elsewhere");
		expect(page.url()).toContain("provider=adfs");
	});

	it("says so when the sign-in was for somebody else's tab", async () => {
		await open();
		// The panel is on its way to the sign-in page: two ways at once would race.
		await page.waitForSelector("#sign-in");
		await page.goto(`${fake.base}/crm/index.html?code=c&state=unknown`);
		await page.waitForSelector("h1");
		await page.getByText("started in another tab").waitFor();
	});

	it("asks to sign in again, and says why, when the token was revoked", async () => {
		await signIn();
		fake.state.tokens.clear();
		fake.system("v2.system.token_revoked.me");
		await page.getByText("You were signed out elsewhere").waitFor();
		expect(await violations()).toEqual([]);
		const opening = page.waitForEvent("popup");
		await page.getByRole("button", { name: "Sign in" }).click();
		await (await opening).click("#sign-in");
		await page.waitForSelector("[data-status]");
	});

	it("signs out", async () => {
		await signIn();
		await page.click(".header-menu button");
		await page.click('[data-item="signout"]');
		await page.getByText("You are signed out").waitFor();
		expect(fake.state.tokens.size).toBe(0);
	});
});

describe("a panel that may not open", () => {
	it("that was refused came back by a click alone, for whichever reason", async () => {
		fake.state.bootProblem = { code: "deployment.inactive", text: "off" };
		await open();
		await page.getByText("The panel comes back by itself").waitFor();
		delete fake.state.bootProblem;
		// Somebody looks at the page: it asks at once, and else by its timer (`boot/coming-back.test.ts`).
		const looks = () => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
		await expect
			.poll(async () => {
				await looks().catch(() => undefined);
				return page.url();
			})
			.toContain("/oauth/authorize");
	});

	it("names the reason of an inactive deployment", async () => {
		fake.state.bootProblem = { code: "deployment.inactive", text: "off" };
		await open();
		await page.getByText("has been switched off").waitFor();
		expect(await violations()).toEqual([]);
	});

	it("tells an agent in no group, in German where they read German", async () => {
		fake.state.access = { allowed: false, problem: { code: "user.not.in.group", text: "no" } };
		await open({ locale: "de-DE" });
		await page.click("#sign-in");
		await page.getByText("Sie gehören keiner Gruppe an").waitFor();
	});

	it("shows the server's own sentence for a code it does not know", async () => {
		fake.state.bootProblem = { code: "deployment.of.tomorrow", text: "Come back tomorrow." };
		await open();
		await page.getByText("Come back tomorrow.").waitFor();
	});
});

describe("a call", () => {
	it("rings, is answered by the panel's phone, held, muted, and wrapped up", async () => {
		await signIn();
		await page.click("[data-go-on-queue]");
		await page.waitForSelector('[data-status="ON_QUEUE"]');
		const id = await answer();
		expect(fake.stream.answers.map((each) => each.kind)).toContain("proceed");
		expect(await page.evaluate(() => (globalThis as unknown as { popped: string }).popped)).toContain("4930123456");
		await page.click('[data-call-control="hold"]');
		await page.waitForSelector('[data-call-control="hold"][data-on]');
		await page.click('[data-call-control="mute"]');
		await page.waitForSelector('[data-call-control="mute"][data-on]');
		await expect
			.poll(() => fake.calls.all.get(id)?.participants?.at(-1)?.calls?.[0])
			.toMatchObject({ held: true, muted: true });
		await page.click('[data-call-control="disconnect"]');
		await page.click("[data-wrapup-done]");
		await page.getByText("Choose a wrap-up code first.").waitFor();
		await page.selectOption('select[name="wrapupCode"]', "w2");
		await page.fill(".wrapup textarea", "Wants a call on Monday");
		await page.click("[data-wrapup-done]");
		await page.getByText("Nothing going on").waitFor();
		const participant = fake.calls.all.get(id)?.participants?.at(-1);
		expect(participant?.wrapup).toEqual({ code: "w2", name: "Call back", notes: "Wants a call on Monday" });
	});

	it("goes on when the agent has another version of the script, which they are told of and a click loads; nobody meets the old one there", async () => {
		await signIn();
		const id = await answer();
		fake.state.staged = script.replace("initialSetup() {}", 'initialSetup() { document.title = "version 2"; }');
		fake.state.access = { allowed: true, script: 2 };
		fake.announceDeployment();
		await page.waitForSelector("[data-other-script]");
		expect(await violations()).toEqual([]);
		expect(fake.calls.all.get(id)?.participants?.at(-1)?.calls?.[0]?.state).toBe("connected");
		let loads = 0;
		page.on("load", () => loads++);
		await page.click("[data-load-script]");
		await expect.poll(() => page.title()).toBe("version 2");
		await page.waitForSelector('[data-call-control="hold"]');
		expect(await page.locator("[data-other-script]").count()).toBe(0);
		expect(loads).toBe(1);
		// Somebody new in the tab, or nobody first: the server says whose version it is before anything of theirs is shown.
		fake.state.access = { allowed: true, script: 1 };
		await page.reload();
		await page.waitForSelector("[data-status]");
		await expect.poll(() => page.title()).not.toBe("version 2");
		expect(await page.locator("[data-other-script]").count()).toBe(0);
	});

	it("left whoever signed in to another version of the script Offline", async () => {
		fake.state.presence = { id: "p-offline", systemPresence: "Offline", modifiedDate: new Date().toISOString() };
		fake.state.staged = script.replace("initialSetup() {}", 'initialSetup() { document.title = "version 2"; }');
		fake.state.access = { allowed: true, script: 2 };
		await signIn();
		await expect.poll(() => page.title()).toBe("version 2");
		await expect.poll(() => fake.state.presence.systemPresence).toBe("Available");
	});

	it("began without its script, as the deployment was off for a moment, and never came by it again", async () => {
		const own = fake.state.script;
		fake.state.script = undefined;
		await signIn();
		await answer();
		fake.state.script = own;
		fake.state.access = { allowed: true, script: 1 };
		fake.announceDeployment();
		await page.click("[data-load-script]");
		await page.waitForSelector('[data-call-control="hold"]');
		expect(await page.evaluate("typeof window.Framework")).toBe("object");
		expect(await page.locator("[data-other-script]").count()).toBe(0);
	});

	it("went with the panel when the deployment was switched off in its middle, and the caller heard nobody for a minute", async () => {
		await signIn();
		await answer();
		fake.state.access = { allowed: false, problem: { code: "deployment.inactive", text: "off" } };
		fake.announceDeployment();
		await page.waitForSelector("[data-closing]");
		expect(await page.textContent("[data-closing]")).toContain("this panel closes when it is over");
		await page.click('[data-call-control="hold"]');
		await page.waitForSelector('[data-call-control="hold"][data-on]');
		expect(await violations()).toEqual([]);
		await page.click('[data-call-control="disconnect"]');
		await page.selectOption('select[name="wrapupCode"]', "w2");
		await page.click("[data-wrapup-done]");
		await page.getByRole("heading", { name: "The panel cannot open" }).waitFor();
		await page.getByText("has been switched off").waitFor();
	});

	it("can be answered from another view, by the keyboard alone", async () => {
		await signIn();
		await page.click('[data-view="settings"]');
		await ring();
		await page.locator('.alert-bar [data-call-control="pickup"]').focus();
		await page.keyboard.press("Enter");
		await expect.poll(() => fake.stream.answers.length).toBeGreaterThan(0);
	});

	it("sends digits in the order they were pressed", async () => {
		await signIn();
		await answer();
		await page.click('[data-call-control="dtmf"]');
		await page.keyboard.type("12#");
		await page.click('[data-digit="9"]');
		await expect
			.poll(() =>
				requests("/digits")
					.map((entry) => (entry.body as { digits: string }).digits)
					.join(""),
			)
			.toBe("12#9");
	});

	it("is dialled on behalf of a queue, and taken by the phone without a second click", async () => {
		await signIn();
		await page.click('[data-view="new-interaction"]');
		await page.fill('input[name="number"]', "+49 (30) 555-1");
		await page.selectOption("select", "q2");
		await page.click("[data-dial]");
		await page.waitForSelector('[data-call-control="hold"]');
		expect(requests("/conversations/calls")[0]?.body).toEqual({ phoneNumber: "+49305551", callFromQueueId: "q2" });
	});

	it("leaves its notes in the CRM through the script", async () => {
		await signIn();
		await answer();
		await page.click('[data-view="call-log"]');
		await page.fill('textarea[name="notes"]', "Asked about the engine");
		await page.waitForSelector('[data-save-state="saved"]');
		await expect
			.poll(() => page.evaluate(() => (globalThis as unknown as { saved: { notes?: string } }).saved.notes))
			.toBe("Asked about the engine");
		await page.click("[data-open-call-log]");
		await expect
			.poll(() => page.evaluate(() => (globalThis as unknown as { openedLog: string }).openedLog))
			.toBe("crm-7");
	});

	it("goes to a colleague found by name, with the workspace that the script has offered", async () => {
		fake.state.permissions = [...fake.state.permissions, "directory:user:view", "routing:queue:view"];
		fake.state.script = script
			.replace("enableCallLogs: true", "enableCallLogs: true, enableTransferContext: true")
			.replace(
				"initialSetup() {}",
				'initialSetup() { PureCloud.addTransferContext({ name: "Case 7", attributes: { case: "7" } }); }',
			);
		await signIn();
		await answer();
		await page.click('[data-call-control="transfer"]');
		await page.fill('dialog input[name="transferTo"]', "alan");
		await page.click('dialog [data-target="person"]');
		await page.getByLabel("Transfer workspace").selectOption("Case 7");
		expect(await violations()).toEqual([]);
		await page.click("[data-transfer-now]");
		await expect
			.poll(() => requests("/replace/").map(({ path, body }) => [path.split("/").at(-1), body]))
			.toEqual([["agent", { userId: "u2" }]]);
		expect(requests("/attributes").map(({ body }) => body)).toEqual([{ attributes: { case: "7" } }]);
	});

	it("goes only where the agent's permissions let it", async () => {
		const others = fake.state.permissions.filter((each) => !each.includes("blindTransfer"));
		fake.state.permissions = [...others, "directory:user:view", "conversation:communication:blindTransferQueue"];
		await signIn();
		await answer();
		await page.click('[data-call-control="transfer"]');
		await page.fill('dialog input[name="transferTo"]', "+4930555");
		await expect.poll(() => page.locator("[data-transfer-now]").isDisabled()).toBe(true);
		await page.fill('dialog input[name="transferTo"]', "");
		await page.getByLabel("Or one of your queues").selectOption("q2");
		await page.click("[data-transfer-now]");
		await expect.poll(() => requests("/replace/queue").map(({ body }) => body)).toEqual([{ queueId: "q2" }]);
	});

	it("keeps the names that customer scripts look for", async () => {
		await signIn();
		await answer();
		const found = page.locator(".interaction-call-control-container > .call-control-list > [data-call-control]");
		await expect
			.poll(() => found.evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.callControl)))
			.toEqual(["mute", "hold", "dtmf", "transfer", "record", "flag", "disconnect"]);
	});

	it("shows no control without its permission, and no On Queue either", async () => {
		fake.state.permissions = ["integration:customEmbeddableFramework:agent"];
		await signIn();
		await page.click(".status-button");
		await page.getByRole("menuitemradio").first().waitFor();
		expect(await page.getByRole("menuitemradio").allInnerTexts()).not.toContain("On Queue");
		await page.keyboard.press("Escape");
		expect(await page.locator('[data-view="new-interaction"]').count()).toBe(0);
		await answer();
		expect(await page.locator('[data-call-control="transfer"]').count()).toBe(0);
		// The guide's one exception: Record stands there, says what it lacks, and does nothing (RC-3).
		const record = page.locator('[data-call-control="record"]');
		expect(await record.getAttribute("title")).toContain("conversation:call:record");
		await record.click({ force: true });
		expect(requests("/participants/").filter(({ body }) => JSON.stringify(body).includes("recording"))).toEqual([]);
	});
});

describe("trouble", () => {
	it("says that the connection is lost, comes back, and has missed nothing", async () => {
		await signIn();
		const id = await answer();
		fake.down = true;
		fake.dropSockets();
		await page.getByText("Connection lost").waitFor();
		expect(await violations()).toEqual([]);
		fake.calls.change(id, { held: true });
		fake.down = false;
		await page.getByText("Connected again.").waitFor();
		await page.waitForSelector('[data-call-control="hold"][data-on]');
		expect(requests("/notifications/channels").filter((entry) => entry.method === "PUT")).toHaveLength(1);
		await phonesAre(1);
	});

	it("offers a new version where its own code has gone from the server, and the call goes on", async () => {
		await signIn();
		await answer();
		fake.upgraded = true;
		await page.click('[data-view="settings"]');
		const reload = page.locator(".banners [data-reload]");
		await reload.waitFor();
		expect(await page.locator(".view-failed").count()).toBe(0);
		await page.click('[data-view="interactions"]');
		await page.waitForSelector('[data-interaction][data-state="connected"]');
		fake.upgraded = false;
		await reload.click();
		await page.waitForSelector('[data-interaction][data-state="connected"]');
		expect(await page.locator(".banners [data-reload]").count()).toBe(0);
	});

	it("says that a part did not load where the server is away, and tries again", async () => {
		await signIn();
		await page.route("**/crm/assets/*", (route) => route.abort());
		await page.click('[data-view="settings"]');
		await page.waitForSelector(".view-failed");
		expect(await page.locator(".banners [data-reload]").count()).toBe(0);
		await page.unroute("**/crm/assets/*");
		// The browser may let go of what was in its way a moment later.
		const again = page.getByRole("main").locator(".view-failed button");
		const triedAgain = async () => {
			if ((await again.count()) > 0) await again.click();
			return page.locator(".settings").count();
		};
		await expect.poll(triedAgain).toBe(1);
	});

	it("had said of parts of a card that they did not load while the server was away, and said so until each was asked for again", async () => {
		const gone = Promise.withResolvers<void>();
		const asked = { contact: 0, script: 0, cobrowse: 0 };
		/** Asked for while the server goes, and there once it is back. */
		const route = (path: string, part: "script" | "cobrowse", json: object) =>
			page.route(path, async (each) => {
				asked[part] += 1;
				if (asked[part] > 1) return each.fulfill({ json });
				await gone.promise;
				return each.abort();
			});
		await signIn();
		const id = await answer();
		const call = fake.calls.all.get(id);
		const participants = (call?.participants ?? []).map((each) =>
			each.purpose === "customer" ? { ...each, externalContactId: "x1" } : each,
		);
		fake.calls.put({ ...call, id, participants });
		await page.route("**/externalcontacts/contacts/*", (each) => {
			asked.contact += 1;
			return each.fulfill({ status: 403, json: { status: 403, code: "missing.permissions", message: "No." } });
		});
		const root = { kind: "container", id: "r", layout: "column", children: [] };
		const document = { startPageId: "p", variables: [], actions: [], pages: [{ id: "p", name: "p", root }] };
		const script = { document, name: "Intake" };
		const open = { conversationId: id, script, pageId: "p", values: {}, revision: 1 };
		await route("**/inlay/scripts/interactions/*", "script", { open });
		await route("**/cobrowse/conversations/*", "cobrowse", { session: null });
		await page.route("**/authorization/subjects/me", (each) => each.fulfill({ json: { grants: [everywhere] } }));
		fake.state.permissions = [
			...fake.state.permissions,
			...["externalContacts:contact:view", "scripter:publishedScript:view", ...cobrowseRights.Call.flat()],
		];
		await page.reload();
		await expect.poll(() => asked).toEqual({ contact: 1, script: 1, cobrowse: 1 });
		fake.down = true;
		fake.dropSockets();
		gone.resolve();
		const card = page.locator(`[data-interaction="${id}"]`);
		await card.getByText("The script did not load").waitFor();
		await card.getByText("This did not work").waitFor();
		await card.locator(".wrapup textarea").fill("Wants a call");
		fake.down = false;
		await card.locator(`[data-script="${id}"]`).waitFor();
		await card.getByText("This did not work").waitFor({ state: "detached" });
		expect(await card.getByText("The script did not load").count()).toBe(0);
		expect(await card.locator(".wrapup textarea").inputValue()).toBe("Wants a call");
		await card.getByText("The contacts did not load").waitFor();
		expect(asked).toEqual({ contact: 1, script: 2, cobrowse: 2 });
	});

	it("did not open where the server was away for a moment while its page loaded in a call, and stayed so until somebody pressed", async () => {
		await signIn();
		const id = await answer();
		const away = /boot\.json|\/oauth\/token|\/api\/v2\/users\/me/;
		await page.route(away, (each) => each.abort());
		await page.reload();
		await page.getByText("The server cannot be reached").waitFor();
		await page.getByText("comes back by itself").waitFor();
		expect(await violations()).toEqual([]);
		await page.unroute(away);
		await page.locator(`[data-interaction="${id}"]`).waitFor();
		await page.waitForSelector('[data-call-control="hold"]');
	});

	it("offers the way back from Not Responding", async () => {
		await signIn();
		fake.setRoutingStatus("NOT_RESPONDING");
		await page.click("[data-respond-again]");
		await page.waitForSelector("[data-respond-again]", { state: "detached" });
		expect(fake.state.routingStatus).toBe("IDLE");
	});

	it("explains a microphone that the embedding page does not pass on, and the call goes on ringing", async () => {
		await newPage();
		// A page of another origin that forgets allow="microphone".
		await page.goto(`${fake.base.replace("localhost", "127.0.0.1")}/host`);
		await page.setContent(`<iframe id="softphone" src="${fake.panel()}" style="width:320px;height:520px"></iframe>`);
		const frame = page.frameLocator("#softphone");
		await frame.locator("#sign-in").click();
		await frame.getByText('must add allow="microphone"').waitFor();
		await phonesAre(1);
		const id = fake.calls.ring();
		fake.stream.propose(id);
		await frame.locator('[data-call-control="pickup"]').click();
		await frame.locator('.toast[data-tone="bad"]').waitFor();
		expect(fake.stream.answers).toEqual([]);
	});

	it("goes on without a script that fails", async () => {
		fake.state.script = "throw new Error('broken on purpose')";
		await open();
		await page.getByText("has an error").waitFor({ timeout: 10_000 });
		complaints.length = 0;
		await signInHere();
		complaints.length = 0;
	});
});

describe("accessibility", () => {
	it.each([
		{ colorScheme: "light", width: 320 },
		{ colorScheme: "dark", width: 250 },
	] as const)("finds nothing to object to in $colorScheme at $width px", async ({ colorScheme, width }) => {
		await signIn({ colorScheme, viewport: { width, height: 500 } });
		const found: Record<string, string[]> = { empty: await violations() };
		await page.click(".status-button");
		found.menu = await violations();
		await page.keyboard.press("Escape");
		await ring();
		found.ringing = await violations();
		await page.click('[data-call-control="pickup"]');
		await page.click('[data-call-control="dtmf"]');
		found.call = await violations();
		for (const view of ["new-interaction", "call-log", "settings"]) {
			await page.click(`[data-view="${view}"]`);
			await page.waitForSelector(".frame-view .ui-input");
			found[view] = await violations();
		}
		await page.click('[data-view="interactions"]');
		await page.click('[data-call-control="disconnect"]');
		await page.waitForSelector(".wrapup select");
		found.wrapup = await violations();
		expect(Object.entries(found).filter(([, problems]) => problems.length > 0)).toEqual([]);
		expect([await text(".interaction-name"), await overflows()]).toEqual(["Ada Lovelace", false]);
	});
});
