import type { CDPSession, Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { deploymentId, userId } from "./test-support/fake-ids.ts";
import { FarEnd } from "./test-support/far-end.ts";
import {
	answer,
	browser,
	enterPanel,
	fake,
	newPage,
	page,
	phonesAre,
	requests,
	ring,
	testPanel,
} from "./test-support/panel-page.ts";

/** Steers the machine's microphones in the page. */
interface Machine {
	/** Ids of microphones that have been pulled out. */
	gone: string[];
	/** Another program has them. */
	taken: string[];
	opened: MediaStreamTrack[];
	/** While it lasts, a microphone that has opened is not handed out. */
	held: Promise<void> | undefined;
	unplug(): void;
}

let far: FarEnd | undefined;

testPanel({ asksForDevices: true });
afterEach(async () => {
	await far?.close();
	far = undefined;
});

async function signIn(phones = 1): Promise<void> {
	await newPage({ permissions: ["microphone"] }, machine);
	await enterPanel();
	await phonesAre(phones);
}

/** In a call with sound both ways. */
async function talk(): Promise<string> {
	const id = await answer();
	far = await FarEnd.connect(browser, `${fake.base}/host`, fake.stream, id);
	await expect.poll(() => far?.loudness()).toBeGreaterThan(0.001);
	return id;
}

const inPage = <T>(code: string) => page.evaluate<T>(`(() => { const { machine } = globalThis; return ${code}; })()`);
const present = () => inPage<string>("machine.opened.at(-1).label");
/** Until the customer hears the agent again; the fake microphones beep every second. */
async function heardAfter(act: () => Promise<unknown>): Promise<void> {
	await act();
	await expect.poll(() => inPage("machine.opened.at(-1).readyState")).toBe("live");
	await expect.poll(() => far?.loudness(), { interval: 50 }).toBeGreaterThan(0.001);
}

describe("devices, in a real browser and a real call", () => {
	it("unplugged, the customer heard nothing until the agent reloaded: the next microphone is heard at once", async () => {
		await signIn();
		await talk();
		const before = await present();
		await heardAfter(() => inPage("machine.unplug()"));
		expect(await present()).not.toBe(before);
		await page.getByText(`“${await present()}” is used now`).waitFor();
		await page.getByRole("button", { name: "OK" }).click();
		await page.waitForSelector("[data-sound-note]", { state: "detached" });
	});

	it("a call that ended while the microphone opened left it on", async () => {
		await signIn();
		await inPage("void (machine.held = new Promise((hand) => { machine.hand = hand; }))");
		const before = await inPage<number>("machine.opened.length");
		const id = await ring();
		await page.click(`[data-interaction="${id}"] [data-call-control="pickup"]`);
		await expect.poll(() => inPage("machine.opened.length")).toBeGreaterThan(before);
		fake.calls.end(id);
		await page.waitForSelector(`[data-interaction="${id}"] [data-call-control="pickup"]`, { state: "detached" });
		await inPage("machine.hand()");
		await expect.poll(() => inPage("machine.opened.every((track) => track.readyState === 'ended')")).toBe(true);
	});

	it("taken by a meeting while the headset goes: the one after the next is used; with none left it says what to do", async () => {
		await signIn();
		await talk();
		const ids = await inPage<string[]>("machine.ids()");
		await inPage(`machine.taken = ${JSON.stringify([...ids].slice(1, -1))}`);
		await heardAfter(() => inPage("machine.unplug()"));
		await inPage(`machine.taken = ${JSON.stringify(ids)}`);
		await inPage("machine.unplug()");
		await page.locator(".banners").getByText("another program").waitFor();
		await inPage("machine.taken = []");
		await page.getByRole("button", { name: "Check again" }).click();
		await expect.poll(() => inPage("machine.opened.at(-1).readyState")).toBe("live");
		await page.getByText("is used now").waitFor();
	});

	it("the permission was withdrawn in a call, and the panel showed a good phone: it says so, and takes it up again", async () => {
		await signIn();
		await talk();
		const cdp = await browser.newBrowserCDPSession();
		const own = await page.context().newCDPSession(page);
		const { browserContextId } = (await own.send("Target.getTargetInfo")).targetInfo;
		const permit = (setting: string) => setPermission(cdp, { origin: fake.base, setting, browserContextId });
		await permit("denied");
		await page.locator(".banners").getByText("The microphone is blocked").waitFor();
		await expect.poll(() => far?.loudness()).toBeLessThan(0.001);
		await permit("granted");
		await page.getByText("is used now").waitFor();
		await expect.poll(() => far?.loudness(), { interval: 50 }).toBeGreaterThan(0.001);
	});

	it("On Queue without a microphone or a phone said that the next call rings here", async () => {
		await signIn();
		await inPage("machine.gone = machine.ids()");
		await page.click("[data-go-on-queue]");
		await page.locator(".toasts").getByText("Without a microphone").waitFor();
		// The toast goes; what follows for their calls stays, below the banner that says how to mend it.
		await page.locator('[data-readiness="microphone"]').getByText("no call can ring here").waitFor();
		await expect.poll(() => fake.state.presence.systemPresence).toBe("On Queue");
		fake.announce("station", {});
		await page.waitForSelector('[data-readiness="noStation"]');
		expect(await page.getByText("The next call rings here").count()).toBe(0);
	});
});

describe("On Queue by the CRM", () => {
	const warnings = () => page.evaluate<{ message: string }[]>("window.told ?? []");
	const choose = (id: string) => page.evaluate(`void window.PureCloud.User.updateStatus({ id: "${id}" })`);

	it("went through with a blocked microphone and without a phone, and nobody was told: agent and script are", async () => {
		fake.state.script = `window.Framework = {
			config: { name: "t", clientIds: {}, customInteractionAttributes: [], settings: {} },
			initialSetup() {
				const callback = (_category, data) => (window.told = [...(window.told ?? []), data]);
				window.PureCloud.subscribe([{ type: "Notification", categories: ["actionWarning"], callback }]);
			},
		};`;
		await signIn();
		await inPage("machine.gone = machine.ids()");
		await choose("ON_QUEUE");
		await page.waitForSelector('[data-status="ON_QUEUE"]');
		await page.locator(".toasts").getByText("Without a microphone").waitFor();
		const action = { action: "updateStatus", code: "framework.action.warning" };
		await expect.poll(warnings).toMatchObject([action]);
		await choose("Busy");
		await page.waitForSelector('[data-status="BUSY"]');
		fake.announce("station", {});
		await page.waitForSelector('[data-readiness="noStation"]');
		await choose("ON_QUEUE");
		await expect.poll(async () => (await warnings()).at(-1)?.message).toContain("You have no phone");
		expect(await warnings(), "nothing is said of other statuses").toHaveLength(2);
	});
});

describe("how a call sounds", () => {
	it("bad sound was the agent's word against the network's: shown as it is, kept with the conversation, and one-way sound said", async () => {
		await signIn();
		const id = await talk();
		await page.waitForSelector('.sound-mark[data-grade="good"]');
		expect(await page.locator(".sound-mark").innerText()).toContain("Good sound");
		await far?.vanish();
		await page.waitForSelector('[data-sound-trouble="hearNothing"]');
		await page.waitForSelector('.sound-mark[data-grade="poor"]');
		fake.calls.end(id);
		const kept = () => requests(`/inlay/conversations/${id}/quality/`);
		await expect.poll(() => kept().length).toBe(1);
		expect(kept()[0]?.body).toMatchObject({ received: { lostPercent: 0 }, sent: { silentSeconds: 0 }, codec: "opus" });
		type Kept = { seconds: number; received: { packets: number; levelDb: number } };
		const [{ seconds, received }] = kept().map(({ body }) => body) as [Kept];
		expect(seconds).toBeGreaterThan(4);
		expect(received.packets).toBeGreaterThan(10);
		expect(received.levelDb).toBeGreaterThan(-40);
		expect(await page.locator("[data-sound-trouble]").count()).toBe(0);
	});
});

describe("a connection that is kept between calls", () => {
	const answersToOffers = () => (fake.stream.rpc as { method?: string }[]).filter(({ method }) => method === "answer");
	/** The loudest moment of so many, a tenth of a second apart: the fake microphones beep every second. */
	async function loudest(moments = 25): Promise<number> {
		const heard: number[] = [];
		await expect.poll(async () => heard.push((await far?.loudness()) ?? 1), { interval: 100 }).toBe(moments);
		return Math.max(...heard);
	}

	async function talkKept(): Promise<string> {
		const id = await answer();
		far = await FarEnd.connect(browser, `${fake.base}/host`, fake.stream, id, true);
		await expect.poll(() => far?.loudness()).toBeGreaterThan(0.001);
		return id;
	}

	it("sends nothing between two calls, nor while the second rings, and has its sound at once when it is answered", async () => {
		await signIn();
		const first = await talkKept();
		fake.calls.end(first);
		await expect.poll(() => far?.loudness()).toBeLessThan(0.001);
		expect(await loudest()).toBeLessThan(0.001);
		const second = fake.calls.ring({ name: "Second Caller", address: "tel:+4930777" });
		await page.waitForSelector(`[data-interaction="${second}"] [data-call-control="pickup"]`);
		expect(await loudest()).toBeLessThan(0.001);
		await page.click(`[data-interaction="${second}"] [data-call-control="pickup"]`);
		await expect.poll(() => far?.loudness(), { interval: 50 }).toBeGreaterThan(0.001);
		await page.waitForSelector(`[data-interaction="${second}"] .sound-mark`);
		expect(answersToOffers()).toHaveLength(1);
		expect(await inPage("machine.opened.at(-1).readyState")).toBe("live");
		fake.calls.change(second, { held: true });
		await expect.poll(() => far?.loudness()).toBeLessThan(0.001);
	});

	it("is told in the settings, and ended there: the microphone is off", async () => {
		await signIn();
		fake.calls.end(await talkKept());
		await page.click('[data-view="settings"]');
		await page.locator("[data-kept-connection]").getByRole("button", { name: "Close the connection" }).click();
		await page.waitForSelector("[data-kept-connection]", { state: "detached" });
		await expect.poll(() => inPage("machine.opened.at(-1).readyState")).toBe("ended");
		await expect.poll(() => fake.stream.rpc).toContainEqual(expect.objectContaining({ method: "terminate" }));
	});

	it("a microphone that went between the calls would have answered with silence: the call goes on ringing, and it is said", async () => {
		await signIn();
		fake.calls.end(await talkKept());
		await inPage("machine.gone = machine.ids()");
		await inPage("machine.unplug()");
		const second = fake.calls.ring({ name: "Second Caller", address: "tel:+4930777" });
		await page.click(`[data-interaction="${second}"] [data-call-control="pickup"]`);
		await page.locator(".toasts").getByText("microphone").waitFor();
		await page.waitForSelector(`[data-interaction="${second}"] [data-call-control="pickup"]`);
		await inPage("machine.gone = []");
		await page.click(`[data-interaction="${second}"] [data-call-control="pickup"]`);
		await expect.poll(() => far?.loudness(), { interval: 50 }).toBeGreaterThan(0.001);
	});
});

describe("the phone in a window of its own", () => {
	const script = (settings: object) => `window.Framework = {
		config: { name: "t", clientIds: {}, customInteractionAttributes: [], settings: ${JSON.stringify(settings)} },
		initialSetup() {}, screenPop() {},
	};`;
	const popups = () =>
		page
			.context()
			.pages()
			.filter((each) => each.url().includes("phoneWindow"));

	async function openPhone(): Promise<Page> {
		await page.waitForSelector('[data-readiness="noWindow"]');
		expect(fake.stream.phones).toBe(0);
		const opening = page.waitForEvent("popup");
		await page.click("[data-open-phone]");
		const phone = await opening;
		await phonesAre(1);
		return phone;
	}

	it("embedWebRTCByDefault: false changed nothing: the sound is in a window, found again after a reload, closed at sign-out", async () => {
		fake.state.script = script({ embedWebRTCByDefault: false });
		await signIn(0);
		const phone = await openPhone();
		await phone.waitForSelector('[data-phone-window="ready"]');
		const id = fake.calls.ring();
		fake.stream.propose(id);
		await expect.poll(() => phone.title()).toBe("Ada Lovelace is calling");
		await phone.click('[data-call-control="pickup"]');
		await page.waitForSelector('[data-call-control="hold"]');
		expect(await phone.title()).toBe("Inlay phone");
		far = await FarEnd.connect(browser, `${fake.base}/host`, fake.stream, id);
		await expect.poll(() => far?.loudness()).toBeGreaterThan(0.001);
		const opened = "globalThis.machine.opened.length";
		expect([await page.evaluate(opened), await phone.evaluate(opened)]).toEqual([0, 1]);
		await page.reload();
		await page.waitForSelector("[data-status]");
		await phonesAre(1);
		expect(popups()).toHaveLength(1);
		// Until the panel knows that the call is over, whoever signs out is asked about it.
		await page.waitForSelector('[data-call-control="hold"]');
		fake.calls.end(id);
		await page.waitForSelector('[data-call-control="hold"]', { state: "detached" });
		await page.getByRole("button", { name: /Menu/ }).click();
		await page.getByRole("menuitem", { name: "Sign out" }).click();
		await expect.poll(() => popups().length).toBe(0);
	});

	it("was lost to its panel when the CRM's page, another site's, was loaded anew, and outlived the sign-out", async () => {
		fake.state.script = script({ embedWebRTCByDefault: false });
		fake.state.signsInAtOnce = true;
		fake.state.host = `<iframe id="phone" width="320" height="520" src="${fake.panel()}"></iframe>`;
		await newPage({ permissions: ["microphone"] });
		await page.goto(`${fake.base.replace("localhost", "127.0.0.1")}/host`);
		const panel = page.frameLocator("#phone");
		const opening = page.waitForEvent("popup");
		await panel.locator("[data-open-phone]").first().click();
		await (await opening).waitForSelector('[data-phone-window="ready"]');
		await phonesAre(1);
		await page.reload();
		await panel.locator("[data-status]").waitFor();
		await phonesAre(1);
		expect(popups()).toHaveLength(1);
		// Its opener has gone with the CRM's page; loaded anew itself, it still knows where its panel is.
		await popups()[0]?.reload();
		await popups()[0]?.waitForSelector('[data-phone-window="ready"]');
		await panel.getByRole("button", { name: /Menu/ }).click();
		await panel.getByRole("menuitem", { name: "Sign out" }).click();
		await expect.poll(() => popups().length).toBe(0);
	});

	it("a second deployment's panel on the page closed or took the window of the first, whose phone it was", async () => {
		await signIn();
		const openOf = async (deployment: string) => {
			const opening = page.waitForEvent("popup");
			await page.evaluate(
				(owner) => void open(`phoneWindow.html#${new URLSearchParams(owner)}`, owner.deployment, "popup"),
				{ deployment, agent: userId },
			);
			return await opening;
		};
		const others = await openOf("another");
		const own = await openOf(deploymentId);
		// Nobody wishes for a window here: the panel closes its own by its first question.
		await expect.poll(() => own.isClosed()).toBe(true);
		expect(others.isClosed()).toBe(false);
		expect(await others.locator("#inlay > *").count()).toBe(0);
		await others.close();
	});

	it("closing the window left an agent On Queue with a phone that was none: the panel says so and opens it again", async () => {
		fake.state.script = script({ embedWebRTCByDefault: false, hideWebRTCPopUpOption: true });
		await signIn(0);
		const phone = await openPhone();
		await phone.close();
		await page.waitForSelector('[data-readiness="noWindow"]');
		await phonesAre(0);
		await openPhone();
		await page.click('[data-view="settings"]');
		await page.waitForSelector('[data-choice="ringNotices"] input');
		expect(await page.locator('[data-choice="phoneWindow"] input').count()).toBe(0);
	});

	it("an agent may wish for it in the settings, and back again; the wish is kept", async () => {
		await signIn();
		await page.click('[data-view="settings"]');
		const opening = page.waitForEvent("popup");
		await page.check('[data-choice="phoneWindow"] input');
		await (await opening).waitForSelector('[data-phone-window="ready"]');
		await page.reload();
		await phonesAre(1);
		expect(popups()).toHaveLength(1);
		await page.click('[data-view="settings"]');
		await page.uncheck('[data-choice="phoneWindow"] input');
		await expect.poll(() => popups().length).toBe(0);
		await phonesAre(1);
	});
});

describe("a headset's buttons", () => {
	it("did nothing: connected by a click, they answer and hang up, and the busy light shows it", async () => {
		await signIn();
		await page.evaluate(() => sessionStorage.setItem("test.headset", "yes"));
		await page.reload();
		await page.waitForSelector("[data-status]");
		await page.click('[data-view="settings"]');
		await page.click('[data-choice="headset"] button');
		await page.getByText("The buttons of “Test headset” work here").waitFor();
		await phonesAre(1);
		const id = fake.calls.ring();
		fake.stream.propose(id);
		await expect.poll(() => page.evaluate("headset.lights")).toBe(2);
		await page.evaluate("headset.hook(1)");
		await expect.poll(() => page.evaluate("headset.lights")).toBe(1);
		await page.evaluate("headset.hook(0)");
		await expect
			.poll(() => fake.state.log.some(({ body }) => JSON.stringify(body)?.includes("disconnected")))
			.toBe(true);
	});
});

async function setPermission(cdp: CDPSession, wanted: object): Promise<void> {
	await cdp.send("Browser.setPermission" as never, { permission: { name: "microphone" }, ...wanted } as never);
}

function machine(): void {
	if (sessionStorage.getItem("test.headset")) {
		const bits = (usages: number[]) => [{ usages, reportSize: 1, reportCount: usages.length, isAbsolute: true }];
		const inputReports = [{ reportId: 1, items: bits([0x0b0020]) }];
		const outputReports = [{ reportId: 1, items: bits([0x080017, 0x080018]) }];
		let tell = (_event: object) => {};
		const headset = {
			productName: "Test headset",
			opened: true,
			collections: [{ inputReports, outputReports }],
			lights: 0,
			addEventListener: (_type: string, listener: typeof tell) => {
				tell = listener;
			},
			removeEventListener() {},
			async sendReport(_id: number, data: Uint8Array) {
				headset.lights = data[0] ?? 0;
			},
			hook: (state: number) => tell({ reportId: 1, data: new DataView(new Uint8Array([state]).buffer) }),
		};
		const hid = { getDevices: async () => [], requestDevice: async () => [headset] };
		Object.defineProperty(navigator, "hid", { value: hid });
		Object.assign(globalThis, { headset });
	}
	const { mediaDevices } = navigator;
	if (!mediaDevices) return;
	const open = mediaDevices.getUserMedia.bind(mediaDevices);
	const list = mediaDevices.enumerateDevices.bind(mediaDevices);
	let known: string[] = [];
	const machine: Machine & { ids(): string[]; end(): void } = {
		gone: [],
		taken: [],
		opened: [],
		held: undefined,
		ids: () => known,
		end() {
			const track = this.opened.at(-1);
			track?.stop();
			track?.dispatchEvent(new Event("ended"));
		},
		unplug() {
			this.gone.push(this.opened.at(-1)?.getSettings().deviceId ?? "");
			this.end();
			mediaDevices.dispatchEvent(new Event("devicechange"));
		},
	};
	Object.assign(globalThis, { machine });
	const there = async () => (await list()).filter(({ deviceId }) => !machine.gone.includes(deviceId));
	mediaDevices.enumerateDevices = async () => {
		const all = await there();
		known = all.filter(({ kind }) => kind === "audioinput").map(({ deviceId }) => deviceId);
		return all;
	};
	mediaDevices.getUserMedia = async (constraints) => {
		const { exact } = ((constraints?.audio as MediaTrackConstraints)?.deviceId ?? {}) as { exact?: string };
		const inputs = (await there()).filter(({ kind }) => kind === "audioinput");
		const wanted = exact ? inputs.find(({ deviceId }) => deviceId === exact) : inputs[0];
		if (!wanted) throw new DOMException("", exact ? "OverconstrainedError" : "NotFoundError");
		if (machine.taken.includes(wanted.deviceId)) throw new DOMException("", "NotReadableError");
		const stream = await open({ audio: { deviceId: { exact: wanted.deviceId } } });
		machine.opened.push(stream.getAudioTracks()[0] as MediaStreamTrack);
		await machine.held;
		return stream;
	};
}
