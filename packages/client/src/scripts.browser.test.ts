import { beforeEach, describe, expect, it } from "vitest";
import { deploymentId, userId } from "./test-support/fake-ids.ts";
import { complaints, enterPanel, fake, newPage, page, requests, testPanel } from "./test-support/panel-page.ts";
import { ownerHash, type WindowOwner } from "./windows/owner.ts";

const recorder = `window.told = [];
window.Framework = {
	config: { name: "test", clientIds: {}, customInteractionAttributes: [], settings: { enableCallLogs: true } },
	initialSetup() {
		const tell = (category, data) => window.told.push([category, data]);
		window.PureCloud.subscribe([{ type: "UserAction", callback: tell }, { type: "Notification", categories: ["actionRefused", "interactionWindow"], callback: tell }]);
	},
};`;

testPanel({ script: recorder });
beforeEach(() => newPage());

/** Something that was said, as the platform's topic tells of it. */
const piece = (
	utteranceId: string,
	transcript: string,
	more: { isFinal?: boolean; offsetMs?: number; channel?: string } = {},
) => {
	const { isFinal = true, offsetMs = 0, channel = "EXTERNAL" } = more;
	return { utteranceId, isFinal, channel, alternatives: [{ transcript, offsetMs, durationMs: 0, words: [] }] };
};

const told = async (category: string) => {
	const all = await page.evaluate<[string, Record<string, unknown>][]>("window.told");
	return all.filter(([name]) => name === category).map(([, data]) => data);
};

describe("scripts by others in the panel", { timeout: 30_000 }, () => {
	it("heard OFFLINE and a status without id before their own; an SMS became a call; an unsaved log stayed", async () => {
		fake.state.presence = { id: "p-offline", systemPresence: "Offline", modifiedDate: new Date().toISOString() };
		fake.state.script = recorder.replace("enableCallLogs: true", "enableCallLogs: true, enableServerSideLogging: true");
		await enterPanel();
		await expect.poll(() => told("status")).toEqual([{ status: "AVAILABLE", sub_status: "", id: "p-available" }]);
		for (const autoPlace of [true, false])
			await page.evaluate(`window.PureCloud.clickToDial({ number: "+4930123", type: "sms", autoPlace: ${autoPlace} })`);
		await expect
			.poll(() => told("actionRefused"))
			.toMatchObject([{ action: "clickToDial" }, { action: "clickToDial" }]);
		expect((await told("actionRefused"))[1]?.message).toContain("sms");
		// Nothing was shown, and nobody was told, where the agent has no such view.
		await page.evaluate(`window.PureCloud.User.setView({ type: "main", view: { name: "callback" } })`);
		await expect
			.poll(async () => (await told("actionRefused"))[2])
			.toMatchObject({
				action: "setView",
				code: "framework.view.missing",
				message: expect.stringContaining("callback"),
			});
		await page.evaluate(`window.PureCloud.User.setView({ type: "main", view: { name: "settings" } })`);
		await page.waitForSelector('[data-view="settings"][aria-current]');
		expect(await told("actionRefused")).toHaveLength(3);
		expect(requests("/conversations/calls")).toEqual([]);
		const id = fake.calls.ring();
		fake.calls.connect(id);
		await page.click('[data-view="call-log"]');
		await page.fill("textarea[name=notes]", "called back");
		expect(await page.locator("[data-save-state]").count()).toBe(0);
		expect(await page.locator("[data-open-call-log]").count()).toBe(0);
		// What the panel has logged is with its server when the page goes.
		await page.reload();
		await expect.poll(() => fake.logged.join()).toContain("clickToDial");
	});

	it("a view that the agent has not, asked for before the panel was drawn, was neither shown nor refused", async () => {
		const asks = `PureCloud.User.setView({ type: "main", view: { name: "callback" } });
			PureCloud.User.setView({ type: "main", view: { name: "settings" } });`;
		fake.state.script = recorder.replace(
			"window.PureCloud.subscribe",
			`setTimeout(() => { ${asks} }); window.PureCloud.subscribe`,
		);
		let draw = () => {};
		const drawn = new Promise<void>((resolve) => {
			draw = resolve;
		});
		await page.route("**/workspace-frame*", async (route) => {
			await drawn;
			await route.continue();
		});
		const entering = enterPanel();
		await expect.poll(() => told("status")).toHaveLength(1);
		expect(await told("actionRefused")).toEqual([]);
		draw();
		await entering;
		await page.waitForSelector('[data-view="settings"][aria-current]');
		await expect.poll(() => told("actionRefused")).toMatchObject([{ code: "framework.view.missing" }]);
	});

	it("what is said in a call is shown line by line, and told to the script that names it alone", async () => {
		const names = `tell }, { type: "Notification", categories: ["conversationTranscription"], callback: (category, data) => tell("named", data) }]`;
		fake.state.script = recorder.replace("tell }]", names);
		fake.state.said = [piece("u1", "good morning")];
		await enterPanel();
		const id = fake.calls.ring();
		fake.calls.connect(id);
		await page.waitForSelector('[data-call-control="transfer"]');
		expect(await page.locator("[data-transcript]").count()).toBe(0);
		fake.calls.change(id, { inlayTranscription: "active" });
		const log = page.getByRole("log");
		await expect.poll(() => log.textContent()).toContain("good morning");
		// Offsets count from when the server began to listen, as each message says.
		const transcriptionStartTimeMs = Date.now();
		const saying = [piece("u2", "I have", { isFinal: false, offsetMs: 900 })];
		fake.saidIn(id, { transcriptionStartTimeMs, transcripts: saying });
		await page.waitForSelector(".transcript-saying >> text=I have");
		expect(await log.textContent()).not.toContain("I have");
		const said = [piece("u2", "I have a question", { offsetMs: 900, channel: "INTERNAL" })];
		const whole = { transcriptionStartTimeMs, transcripts: said };
		fake.saidIn(id, whole);
		await expect
			.poll(() => log.locator("p").allTextContents())
			.toEqual(["Customer good morning", "You I have a question"]);
		expect((await told("named")).at(-1)).toEqual({ conversationId: id, ...whole });
		expect(await told("conversationTranscription")).toEqual([]);
		// What is not recorded is paused all the same, as it is written down.
		await page.waitForSelector('[data-call-control="securePause"]');
		fake.calls.change(id, { inlayTranscription: "paused", securePause: true });
		await page.waitForSelector("text=Not transcribed just now");
		fake.calls.end(id);
		await page.waitForSelector("[data-transcript]", { state: "detached" });
	});

	it("stood in the wrong deployment, or the agent had to choose, though their groups say which is theirs", async () => {
		const other = "00000000-0000-4000-8000-0000000000d2";
		fake.state.several = [
			{ id: other, name: "Service", mine: false },
			{ id: deploymentId, name: "Sales", mine: true },
		];
		await enterPanel(`${fake.base}/crm/index.html?crm=embeddableframework`);
		expect(await page.evaluate("window.Framework.config.name")).toBe("test");
		fake.state.several = fake.state.several.map((one) => ({ ...one, mine: true }));
		await page.reload();
		await page.click("text=Service");
		await page.waitForSelector("[data-status]");
		await page.reload();
		await page.waitForSelector("[data-status]");
	});

	it.each([
		["", ["Subject", "Name", "Related to", "Notes"]],
		["hideCallLogSubject: true, hideCallLogRelation: true", ["Name", "Notes"]],
		["hideCallLogContact: true", ["Subject", "Related to", "Notes"]],
	])("shows of a log what the script does not hide: %s", async (hidden, labels) => {
		fake.state.script = recorder.replace("enableCallLogs: true", `enableCallLogs: true, ${hidden}`);
		await enterPanel();
		fake.calls.connect(fake.calls.ring());
		await page.click('[data-view="call-log"]');
		await page.waitForSelector("textarea[name=notes]");
		expect(await page.locator("main label").allTextContents()).toEqual(labels);
	});

	/** What a script of the field did by jQuery on every click: hides statuses and a control, renames the menu, adds a button. */
	const policy = `window.told = [];
window.Framework = {
	config: { name: "test", clientIds: {}, settings: { enableCallLogs: true, enableCallHistory: true, ui: {
		hide: { statuses: ["Meal", "Coffee"], callControls: ["flag"], menu: ["settings", "signOut"], wrapUpCodes: ["Call back"] },
		rename: { menu: { callLog: "Cases", callHistory: "Past calls" }, statuses: { BREAK: "Pause" }, callControls: { transfer: "Hand over" }, queues: { Support: "First line" } },
		order: { menu: ["callLog"], statuses: ["Busy"] },
		add: { menu: [{ id: "home", text: "CRM home" }], callControls: [{ id: "case", text: "Case" }], statuses: [{ id: "lunch", text: "Lunch", status: "MEAL" }] },
		groups: [{ groups: ["Sales"], hide: { callControls: ["record"] } }, { groups: ["Service"], hide: { callControls: ["hold"] } }],
	} } },
	initialSetup() {
		window.PureCloud.subscribe([{ type: "Notification", callback: (category, data) => window.told.push([category, data]) }]);
	},
};`;

	it("the client could only be customised by scraping it: settings.ui hides, renames, orders and adds, by group", async () => {
		fake.state.script = policy;
		fake.state.groups = [{ id: "g1", name: "Sales" }];
		await enterPanel();
		const nav = () => page.locator(".frame-nav .nav-label").allInnerTexts();
		expect(await nav()).toEqual(["Cases", "Interactions", "Dial"]);
		await page.click(".status-button");
		await expect
			.poll(() => page.locator("[role=menuitemradio]").allInnerTexts())
			.toEqual(["Busy", "On Queue", "Available", "Pause", "Offline", "Lunch"]);
		await page.click("[role=menuitemradio]:has-text('Lunch')");
		await expect.poll(() => page.innerText("[data-status]")).toBe("Lunch");
		expect(fake.state.presence.id).toBe("p-meal");
		const id = fake.calls.ring();
		fake.calls.connect(id);
		await page.click('[data-view="interactions"]');
		await page.waitForSelector('[data-call-control="case"]');
		const controls = () =>
			page
				.locator("[data-call-control]")
				.evaluateAll((all) => all.map((each) => each.getAttribute("data-call-control")));
		await expect.poll(controls).toEqual(["mute", "hold", "dtmf", "transfer", "disconnect", "case"]);
		expect(await page.innerText('[data-call-control="transfer"]')).toBe("Hand over");
		// The card went on with the queue's own name.
		expect(await page.innerText(".interaction-details")).toContain("First line");
		await page.click('[data-call-control="case"]');
		await page.click("[aria-haspopup=menu].header-button:not(.status-button)");
		await expect
			.poll(() => page.locator("[role=menuitem]").allInnerTexts())
			.toEqual(["Past calls", "CRM home", "Sign out"]);
		await page.click("text=CRM home");
		await expect
			.poll(() => told("uiAction"))
			.toEqual([
				{ part: "statuses", id: "lunch" },
				{ part: "callControls", id: "case", interactionId: id },
				{ part: "menu", id: "home" },
			]);
		expect(await page.locator("select[name=wrapupCode] option").allInnerTexts()).not.toContain("Call back");
		// What scripts by others lost: it holds whatever the page does next.
		await page.reload();
		await page.waitForSelector('[data-call-control="case"]');
		await expect.poll(controls).toEqual(["mute", "hold", "dtmf", "transfer", "disconnect", "case"]);
		expect(await nav()).toEqual(["Cases", "Interactions", "Dial"]);
		const findings = fake.reports.filter(({ code }) => code === "framework.config.finding");
		expect([...new Set(findings.map(({ text }) => text))]).toEqual([
			expect.stringContaining("config.settings.ui.hide.menu"),
		]);
	});

	/** What a script of the field does to the original's page: it waits for the spinner, clicks, hides, writes and adds. */
	const scraper = `window.told = [];
window.Framework = { config: { name: "scraper", clientIds: {}, settings: { enableCallLogs: true } } };
const timer = setInterval(() => {
	if (!$(".spinner-container").hasClass("ng-hide")) return;
	clearInterval(timer);
	window.readyAt = document.querySelector(".frame") !== null;
	$('[ng-click="goToCallLog()"] .nav-label').text("Cases");
	$('[ng-click="goToQueueActivation()"]').hide();
}, 20);
window.hold = () => $('li[data-call-control="hold"] > i').click();
window.hideTransfer = () => $('gef-transfer-control li').hide();
window.end = () => angular.element(document.querySelector('[data-call-control="disconnect"]')).scope().disconnect();
window.settings = () => angular.element(document.body).scope().$apply(() => document.querySelector('[ng-click="goToSettings()"]').click());
window.addCase = () => $(".interaction-call-control-container > .call-control-list").append('<li id="case"><i>Case</i></li>');`;

	it("scripts that lean on the original's page found neither $ nor angular nor its buttons, menu and spinners", async () => {
		fake.state.script = scraper;
		fake.state.switches = { pageCompatibility: true };
		fake.state.permissions = [...fake.state.permissions, "routing:queue:join"];
		const id = fake.calls.ring();
		fake.calls.connect(id);
		await enterPanel();
		await expect.poll(() => page.innerText('[data-view="call-log"]')).toBe("Cases");
		expect(await page.evaluate("window.readyAt"), "the spinner tells when there is something to click").toBe(true);
		await page.waitForSelector('[data-control="hold"]');
		await page.evaluate("window.hold()");
		await page.waitForSelector('[data-control="hold"][data-on="true"]');
		expect(
			fake.state.log.filter(({ body }) => (body as { held?: boolean } | undefined)?.held !== undefined),
		).toHaveLength(1);
		await page.evaluate("window.hideTransfer(); window.addCase()");
		await expect.poll(() => page.locator('[data-control="transfer"]').isVisible()).toBe(false);
		await page.click('[data-control="hold"]');
		await page.waitForSelector('[data-control="hold"]:not([data-on])');
		expect(await page.locator("#case").isVisible(), "what the script has added stays").toBe(true);
		await page.click(".header-menu button[aria-haspopup]");
		await page.waitForSelector('[data-item="signout"]');
		expect(await page.locator('[data-item="queue-activation"]').isVisible()).toBe(false);
		await page.keyboard.press("Escape");
		await page.evaluate("window.settings()");
		await page.waitForSelector('[data-view="settings"][aria-current="page"]');
		await page.click('[data-view="interactions"]');
		await page.waitForSelector('[data-control="disconnect"]');
		await page.evaluate("window.end()");
		await page.waitForSelector("[data-wrapup-done]");
	});

	const asker = `${recorder}
$.ajaxSetup({ headers: { "X-Acme": "1" } });
window.heard = [];
const jsonOf = (answer) => answer[0];
$.when($.getJSON("/acme/me"), $.ajax({ url: "/acme/settings", dataType: "json" })).done((me, settings) => window.heard.push(["when", jsonOf(me), jsonOf(settings)]));
$.post("/acme/logs", { id: 7, notes: "a b" }, (saved, word, xhr) => window.heard.push(["post", saved, word, xhr.status]));
$.ajax("/acme/missing").then(null, (xhr, word) => window.heard.push(["missing", xhr.status, word]));
$.ajax({ url: "/acme/broken", dataType: "json", error: (xhr, word) => window.heard.push(["broken", word]) });
$("<p id=acme>Acme</p>").hide().appendTo("body").fadeIn(10, () => window.heard.push(["shown"]));`;

	it("a script that asks its CRM by $.ajax, and shows what it adds by fadeIn, fell over at its first line", async () => {
		const asked: string[] = [];
		await page.route("**/acme/*", (route) => {
			const request = route.request();
			const name = new URL(request.url()).pathname.split("/").at(-1) ?? "";
			asked.push(`${request.method()} ${name} ${request.headers()["x-acme"]} ${request.postData() ?? ""}`.trim());
			const status = name === "missing" ? 404 : 200;
			return route.fulfill({
				status,
				contentType: "application/json",
				body: name === "broken" ? "{" : `{"is":"${name}"}`,
			});
		});
		fake.state.script = asker;
		fake.state.switches = { pageCompatibility: true };
		await enterPanel();
		const heard = () => page.evaluate<unknown[][]>("window.heard");
		await expect.poll(async () => (await heard()).length).toBe(5);
		expect((await heard()).sort((a, b) => String(a[0]).localeCompare(String(b[0])))).toEqual([
			["broken", "parsererror"],
			["missing", 404, "error"],
			["post", { is: "logs" }, "success", 200],
			["shown"],
			["when", { is: "me" }, { is: "settings" }],
		]);
		expect([...new Set(asked)].sort(), "the page loads once more at the sign-in").toEqual([
			"GET broken 1",
			"GET me 1",
			"GET missing 1",
			"GET settings 1",
			"POST logs 1 id=7&notes=a+b",
		]);
	});

	it("a script that broke lists and JSON took the panel with it; what it wraps and adds in order is its own to keep", async () => {
		fake.state.script = `${recorder}
const { map } = Array.prototype;
window.calls = 0;
Array.prototype.map = function (...given) { window.calls++; return map.apply(this, given); };
Object.prototype.extra = Array.prototype.last = function () {};`;
		await enterPanel();
		expect(
			await page.evaluate(
				"(() => { [1].map(String); const names = []; for (const name in [0]) names.push(name); return [calls > 0, names, typeof [].last, typeof {}.extra]; })()",
			),
		).toEqual([true, ["0"], "function", "function"]);
		expect(fake.reports.map(({ code }) => code)).not.toContain("framework.script.broke");
		await page.evaluate("JSON.parse = Array.prototype.filter = () => { throw new Error('no'); }");
		await expect
			.poll(() => fake.reports.filter(({ code }) => code === "framework.script.broke").map(({ text }) => text))
			.toEqual([expect.stringMatching(/^Array.*filter/), expect.stringMatching(/^JSON.*parse/)]);
		expect(await page.evaluate("JSON.parse('[1,2]').filter((each) => each > 1)")).toEqual([2]);
		// Until that look, what the panel did by itself met them broken.
		expect(complaints.every((each) => each === "no")).toBe(true);
		complaints.length = 0;
	});

	it("who does not ask for the original's names does not pay for them", async () => {
		const loaded: string[] = [];
		page.on("request", (request) => loaded.push(request.url()));
		await enterPanel();
		expect(await page.evaluate("typeof window.$ + typeof window.angular")).toBe("undefinedundefined");
		expect(loaded.filter((url) => /compat|jquery/.test(url))).toEqual([]);
	});

	it("interaction.html showed nothing, and no page was told when to show it", async () => {
		fake.state.script = recorder.replace(
			"enableCallLogs: true",
			"enableCallLogs: true, embeddedInteractionWindow: true",
		);
		fake.state.host = `<iframe id="phone" width="320" height="520" src="${fake.panel()}"></iframe><iframe id="work" width="500" height="520" src="${fake.base}/crm/interaction.html"></iframe>`;
		// The page around is another origin's: the two frames find each other all the same.
		await page.goto(`${fake.base.replace("localhost", "127.0.0.1")}/host`);
		const [phone, work] = [page.frameLocator("#phone"), page.frameLocator("#work")];
		await work.locator("text=No phone panel is here").waitFor();
		await phone.locator("#sign-in").click();
		await phone.locator("[data-status]").waitFor();
		const id = fake.calls.ring();
		await work.locator(`[data-interaction-window="${id}"]:has-text("Rings")`).waitFor();
		fake.calls.connect(id);
		await work.locator(`[data-interaction-window]:has-text("Connected"):has-text("Ada Lovelace")`).waitFor();
		await work.locator("textarea").fill("called back");
		await phone.locator(".wrapup textarea").waitFor();
		await expect.poll(() => phone.locator(".wrapup textarea").inputValue()).toBe("called back");
		await phone.locator(".wrapup textarea").fill("called back twice");
		await expect.poll(() => work.locator("textarea").inputValue()).toBe("called back twice");
		const frame = page.frames().find((each) => each.url().includes("embeddableFramework"));
		const all = await frame?.evaluate<[string, unknown][]>("window.told");
		expect(all?.filter(([name]) => name === "interactionWindow")).toEqual([["interactionWindow", { reason: "focus" }]]);
		// A reload of the panel finds the frame again.
		await frame?.evaluate("location.reload()");
		await work.locator("textarea").waitFor();
		await expect.poll(() => work.locator("textarea").inputValue()).toBe("called back twice");
	});

	it("the first panel of a page that answered drew in the interaction's popup of another one's", async () => {
		await enterPanel();
		const call = fake.calls.ring();
		fake.calls.connect(call);
		const popups = () =>
			page
				.context()
				.pages()
				.filter((each) => each !== page);
		const open = (owner: WindowOwner) =>
			page.evaluate((hash) => void window.open(`interaction.html#${hash}`, hash, "popup"), ownerHash(owner));
		await open({ deployment: "another", agent: userId });
		await open({ deployment: deploymentId, agent: "another" });
		await open({ deployment: deploymentId, agent: userId, panel: "gone" });
		const drawn = () =>
			Promise.all(popups().map((each) => each.locator(`[data-interaction-window="${call}"]`).count()));
		await expect.poll(drawn).toEqual([0, 0, 1]);
		await popups()[0]?.locator("text=No phone panel is here").waitFor();
		expect(await drawn()).toEqual([0, 0, 1]);
		// Loaded anew, it asks the panel that has it by now.
		await expect.poll(() => popups()[2]?.url()).toMatch(/panel=[\w-]{36}/);
		for (const popup of popups()) await popup.close();
	});
});

describe("an isolated script", { timeout: 30_000 }, () => {
	/** Talks to the CRM's page as scripts of the field do, and tells it what it finds around itself. */
	const isolated = `var crm = new URLSearchParams(window.location.search).get("crm_domain");
function post(type, data) { window.parent.postMessage(JSON.stringify({ type: type, data: data }), crm); }
function reach(what) { try { return String(what()); } catch (error) { return error.name; } }
window.Framework = {
	config: { name: "isolated", clientIds: {}, customInteractionAttributes: ["case"], settings: { enableCallLogs: true, isolation: true }, getUserLanguage: function (callback) { callback("en-US"); } },
	initialSetup: function () {
		post("around", { origin: window.origin, document: reach(() => top.document.title), storage: Object.keys(localStorage).length, cookie: reach(() => document.cookie), parentFrames: reach(() => Object.getPrototypeOf(window).parent) });
		window.PureCloud.subscribe([
			{ type: "Interaction", categories: ["connect"], callback: function (category, data) { post(category, data.id); } },
			{ type: "Notification", categories: ["actionRefused"], callback: function (category, data) { post(category, data); } },
			{ type: "Notification", categories: ["conversationTranscription"], callback: function (category, data) { post(category, data.transcripts[0].alternatives[0].transcript); } },
			{ type: "Notification", callback: function (category, data) { post("unnamed", category); } },
		]);
		window.PureCloud.User.getAuthToken(function (token) { post("token", token); });
		window.PureCloud.Inlay.request("explode").catch(function (error) { post("failed", { name: error.name, code: error.code }); });
	},
	screenPop: function (search, interaction) { post("screenPop", { search: search, id: interaction.id, name: this.config.name }); },
	processCallLog: function (callLog, interaction, eventName, onSuccess) { post("log", { id: callLog.id, event: eventName }); onSuccess({ id: 4711 }); },
	contactSearch: function () { null.missing; },
};
window.addEventListener("message", function (event) {
	if (event.origin !== crm || event.source !== window.parent) return post("stranger", event.origin);
	var message = JSON.parse(event.data);
	if (message.type === "status") window.PureCloud.User.updateStatus(message.data);
	if (message.type === "leave") location.href = "about:blank";
	if (message.type === "evil") { setTimeout(function () { throw new Error("later"); }, 0); }
});`;
	const hostPage = () => `<script>received = []; addEventListener("message", (event) => received.push(event.data));
send = (data) => frames[0].postMessage(JSON.stringify(data), "*");</script>
<iframe id="phone" width="320" height="520" allow="microphone" src="${fake.panel(`&crm_domain=${encodeURIComponent(crm())}`)}"></iframe>`;
	const crm = () => fake.base.replace("localhost", "127.0.0.1");
	const heard = async (type: string) =>
		(await page.evaluate<string[]>("received"))
			.map((each) => JSON.parse(each) as { type: string; data: unknown })
			.filter((each) => each.type === type)
			.map(({ data }) => data);
	const embedded = async (switches: Record<string, boolean>) => {
		fake.state.script = isolated;
		fake.state.switches = switches;
		fake.state.hosts = [crm()];
		fake.state.host = hostPage();
		fake.state.signsInAtOnce = true;
		await page.goto(`${crm()}/host`);
		await page.frameLocator("#phone").locator("[data-status]").waitFor();
	};

	it("has the same functions by messages, and neither token nor document nor storage of the panel", async () => {
		await embedded({ isolation: true, withholdsToken: true });
		await expect.poll(() => heard("around")).toEqual([expect.objectContaining({ origin: "null", storage: 0 })]);
		expect(await heard("around")).toMatchObject([{ document: "SecurityError", cookie: "SecurityError" }]);
		await expect
			.poll(() => heard("actionRefused"))
			.toMatchObject([{ action: "getAuthToken", code: "framework.token.withheld" }]);
		await expect.poll(() => heard("failed")).toEqual([{ name: "InlayRequestFailed", code: "inlay.request.unknown" }]);
		const id = fake.calls.ring({ name: "Ada", address: "+493012345" });
		await expect.poll(() => heard("screenPop")).toEqual([{ search: "+493012345", id, name: "isolated" }]);
		fake.calls.connect(id);
		await expect.poll(() => heard("connect")).toEqual([id]);
		await expect.poll(() => heard("log")).toEqual([{ event: "interactionChanged" }]);
		fake.calls.change(id, { inlayTranscription: "active" });
		await page.frameLocator("#phone").locator("[data-transcript]").waitFor();
		await expect
			.poll(async () => {
				fake.saidIn(id, { transcripts: [piece("u1", "hello")] });
				return heard("conversationTranscription");
			})
			.toContain("hello");
		expect(await heard("unnamed")).not.toContain("conversationTranscription");
		fake.calls.end(id);
		await expect.poll(() => heard("log")).toContainEqual({ id: 4711, event: "interactionDisconnected" });
		await page.evaluate(`send({ type: "status", data: { id: "p-meal" } })`);
		await expect.poll(() => fake.state.presence.id).toBe("p-meal");
		expect(await heard("token")).toEqual([]);
		await expect.poll(() => fake.reports.map(({ code }) => code)).toContain("framework.token.withheld");
	});

	it("had the rank of a background tab, as its frame was nowhere in the view", async () => {
		await embedded({ isolation: true });
		await expect.poll(() => heard("around")).toHaveLength(1);
		const frame = page.frames().find((each) => each.url().includes("isolated.html"));
		// A browser draws what it does not give that rank.
		expect(await frame?.evaluate("new Promise((drawn) => requestAnimationFrame(() => drawn('drawn')))")).toBe("drawn");
		const box = await page.frameLocator("#phone").locator("iframe[title='framework.js']").boundingBox();
		expect(box).toMatchObject({ width: 1, height: 1 });
	});

	it("was taken away, and the page around went on showing its calls: it is told so", async () => {
		await embedded({ isolation: true });
		await expect.poll(() => heard("around")).toHaveLength(1);
		await page.evaluate(`send({ type: "leave" })`);
		await expect.poll(() => heard("Inlay.scriptEnded")).toEqual([{}]);
		await expect.poll(() => fake.reports.map(({ code }) => code)).toContain("framework.script.left");
	});

	it("is told no word of a window that does not embed the panel, and administrators hear of the attempts", async () => {
		await embedded({ isolation: true });
		await expect.poll(() => heard("token")).toHaveLength(1);
		// Another page of the browser finds the script's frame by the windows' tree.
		await page.evaluate(`frames[0].frames[0].postMessage('{"type":"status","data":{"id":"p-meal"}}', "*")`);
		await page.evaluate(`send({ type: "evil" })`);
		await expect
			.poll(() => fake.reports.map(({ text }) => text))
			.toContainEqual(expect.stringMatching(/later \(line \d+\)/));
		await expect
			.poll(() => fake.reports)
			.toContainEqual(
				expect.objectContaining({ code: "framework.message.dropped", text: expect.stringContaining(crm()) }),
			);
		expect(await heard("stranger")).toEqual([]);
		expect(fake.state.presence.id).toBe("p-available");
		await expect
			.poll(() => page.frameLocator("#phone").locator(".toast").allInnerTexts())
			.toContainEqual(expect.stringContaining("later"));
		expect(complaints.splice(0)).toEqual(["later"]);
	});
});

describe("the interaction window", { timeout: 60_000 }, () => {
	const mayWrite = () => {
		fake.state.permissions = [...fake.state.permissions, "conversation:message:view", "conversation:message:create"];
	};
	const opened = async () => {
		const [popup] = await Promise.all([page.waitForEvent("popup"), page.click("[data-open-window]")]);
		popup.on("pageerror", (error) => complaints.push(error.message));
		await popup.waitForSelector("[data-interaction-window]");
		return popup;
	};
	const takeUp = async (text: string) => {
		const id = fake.messages.arrive(text);
		await page.click(`[data-interaction="${id}"] [data-control="pickup"]`);
		await page.waitForSelector(`[data-message-card="${id}"] textarea[name=message]`);
		return id;
	};

	it("two editors of one draft; what was typed was lost on the way there, back, and over a reload", async () => {
		mayWrite();
		await enterPanel();
		const id = await takeUp("Where is my order?");
		await page.fill("textarea[name=message]", "Half a");
		const popup = await opened();
		const field = popup.locator("textarea[name=message]");
		await expect.poll(() => field.inputValue()).toBe("Half a");
		await page.waitForSelector('[data-window-line="there"]');
		expect(await page.locator("textarea[name=message]").count()).toBe(0);
		// By keyboard alone, and no shortcut is taken out of somebody's typing.
		await field.focus();
		await popup.keyboard.press("End");
		await popup.keyboard.type(" sentence");
		if (process.env.INLAY_SHOTS) {
			await popup.screenshot({ path: `${process.env.INLAY_SHOTS}/window-popup.png` });
			await popup.setViewportSize({ width: 300, height: 700 });
			await popup.emulateMedia({ colorScheme: "dark" });
			await popup.screenshot({ path: `${process.env.INLAY_SHOTS}/window-300-dark.png` });
			await page.screenshot({ path: `${process.env.INLAY_SHOTS}/window-panel.png` });
		}
		await page.reload();
		await page.waitForSelector('[data-window-line="there"]');
		await expect.poll(() => field.inputValue()).toBe("Half a sentence");
		await expect
			.poll(() => popup.evaluate("document.activeElement?.name"), { message: "the focus is where it was" })
			.toBe("message");
		await popup.keyboard.type(".");
		await popup.keyboard.press("Enter");
		await expect.poll(() => fake.messages.thread.at(-1)?.text).toBe("Half a sentence.");
		await field.fill("and more");
		await popup.close();
		await expect.poll(() => page.locator("textarea[name=message]").inputValue()).toBe("and more");
		const again = await opened();
		await page.click(`[data-interaction="${id}"] [data-bring-back]`);
		await expect.poll(() => again.isClosed()).toBe(true);
		await expect.poll(() => page.locator("textarea[name=message]").inputValue()).toBe("and more");
	});

	it("follows what is selected, or stays with its own; who signs out leaves nothing open", async () => {
		mayWrite();
		await enterPanel();
		const message = await takeUp("Hello");
		const call = fake.calls.ring();
		fake.calls.connect(call);
		await page.waitForSelector(`[data-interaction="${call}"][data-state="connected"]`);
		const popup = await opened();
		await popup.waitForSelector(`[data-interaction-window="${message}"]`);
		await page.click(`[data-interaction="${call}"] .interaction-row`);
		await popup.waitForSelector(`[data-interaction-window="${call}"]`);
		await popup.click(`[data-choose="${message}"]`);
		await page.waitForSelector(`[data-interaction="${message}"][data-open="true"]`);
		await popup.click('[data-pin="false"]');
		await page.click(`[data-interaction="${call}"] .interaction-row`);
		await page.waitForSelector(`[data-interaction="${call}"][data-open="true"]`);
		expect(await popup.locator(`[data-interaction-window="${message}"]`).count()).toBe(1);
		// In the panel the pinned one has its line, whichever is selected.
		await page.click(`[data-interaction="${message}"] .interaction-row`);
		await page.waitForSelector('[data-window-line="there"]');
		await page.click(".header-menu button[aria-haspopup]");
		await page.click('[data-item="signout"]');
		await page.click("[data-leave=end]");
		await expect.poll(() => popup.isClosed()).toBe(true);
	});

	it("a popup said that the panel is closed while its CRM's page, another site's, was loaded anew, and was lost to it", async () => {
		mayWrite();
		fake.state.signsInAtOnce = true;
		fake.state.host = `<iframe id="phone" width="320" height="520" src="${fake.panel()}"></iframe>`;
		await page.goto(`${fake.base.replace("localhost", "127.0.0.1")}/host`);
		const phone = page.frameLocator("#phone");
		await phone.locator("[data-status]").waitFor();
		const id = fake.messages.arrive("Hello");
		await phone.locator(`[data-interaction="${id}"] [data-control="pickup"]`).click();
		await phone.locator("textarea[name=message]").fill("Half a sentence");
		const [popup] = await Promise.all([page.waitForEvent("popup"), phone.locator("[data-open-window]").click()]);
		popup.on("pageerror", (error) => complaints.push(error.message));
		const field = popup.locator("textarea[name=message]");
		await expect.poll(() => field.inputValue()).toBe("Half a sentence");
		// Whoever hears of each text that the window shows by itself.
		await popup.evaluate(`window.said = []; new MutationObserver(() => said.push(document.getElementById("alone").innerText))
			.observe(document.getElementById("alone"), { childList: true, subtree: true })`);
		await page.reload();
		await phone.locator("[data-status]").waitFor();
		await phone.locator('[data-window-line="there"]').waitFor();
		await expect.poll(() => field.inputValue()).toBe("Half a sentence");
		await expect.poll(() => popup.evaluate('document.getElementById("inlay").inert')).toBe(false);
		await popup.keyboard.type("!");
		const said = (await popup.evaluate<string[]>("said")).join();
		expect(said).toContain("The phone panel is loading");
		expect(said).not.toContain("is closed");
		// The frame that opened it is gone with its page: loaded anew itself, it said for good that the panel is closed.
		await popup.reload();
		await expect.poll(() => field.inputValue()).toMatch(/^Half a sentence/);
		await expect.poll(() => popup.evaluate('document.getElementById("inlay").inert')).toBe(false);
		expect(page.context().pages()).toHaveLength(2);
		// What was open is closed for good: the next panel opens none.
		await popup.close();
		await phone.locator("textarea[name=message]").waitFor();
		await page.reload();
		await phone.locator("textarea[name=message]").waitFor();
		expect(page.context().pages()).toHaveLength(1);
	});

	it("a window that the browser blocks was asked for in silence", async () => {
		mayWrite();
		await enterPanel();
		await takeUp("Hello");
		await page.evaluate("window.open = () => null");
		await page.click("[data-open-window]");
		await page.waitForSelector('.toast:has-text("blocked the window")');
		expect(await page.locator("textarea[name=message]").count(), "the work is still here").toBe(1);
	});
});
