import { describe, expect, it } from "vitest";
import { clientIdCandidates } from "./client-ids.ts";
import { defaultFrameworkSettings } from "./config.ts";
import { CALL_CONTROLS } from "./names.ts";
import { readMisplacedBesideConfig } from "./read-config.ts";
import { readFrameworkConfig } from "./read-framework-config.ts";

const settingsOf = (settings: unknown) => readFrameworkConfig({ name: "n", settings });
const paths = (raw: unknown) => readFrameworkConfig(raw).problems.map((problem) => problem.path);

describe("reading the configuration of a framework.js", () => {
	it("gives the defaults of the contract where nothing is set", () => {
		const { config, problems } = readFrameworkConfig({ name: "szemin", clientIds: {} });
		expect(problems).toEqual([]);
		expect(config.settings).toEqual(defaultFrameworkSettings());
		expect(config.settings).toMatchObject({
			embedWebRTCByDefault: true,
			enableCallLogs: false,
			searchTargets: ["people", "queues"],
			callControls: CALL_CONTROLS,
		});
	});

	it("trims region keys and client ids, and drops empty ones", () => {
		const { config } = readFrameworkConfig({
			name: "n",
			clientIds: { "euw2.pure.cloud ": " abc ", "mypurecloud.com": "" },
		});
		expect(config.clientIds).toEqual({ "euw2.pure.cloud": "abc" });
	});

	it("takes both spellings of the caller id setting, and text for true", () => {
		expect(settingsOf({ enableConfigurableCallerID: true }).config.settings.enableConfigurableCallerID).toBe(true);
		expect(settingsOf({ enableConfigurableCallerId: "true" }).config.settings.enableConfigurableCallerID).toBe(true);
		expect(settingsOf({ enableCallLogs: "perhaps" }).problems[0]?.code).toBe("setting.not.boolean");
	});

	it.each([
		[{ enableCallLogs: "true" }, "setting.not.boolean", "config.settings.enableCallLogs"],
		[{ hideCallLogSubject: "yes" }, "setting.not.boolean", "config.settings.hideCallLogSubject"],
		[{ theme: "red" }, "setting.not.object", "config.settings.theme"],
		[{ theme: { notification: [] } }, "setting.not.object", "config.settings.theme.notification"],
		[{ display: [] }, "setting.not.object", "config.settings.display"],
		[{ display: { interactionDetails: 3 } }, "setting.not.object", "config.settings.display.interactionDetails"],
		[
			{ display: { interactionDetails: { call: [{}] } } },
			"setting.not.text",
			"config.settings.display.interactionDetails.call[0]",
		],
		[{ sso: "okta" }, "setting.not.object", "config.settings.sso"],
		[{ defaultOutboundSMSCountryCode: ["NL"] }, "setting.not.text", "config.settings.defaultOutboundSMSCountryCode"],
	])("a setting of the wrong type was dropped without a finding: %j", (settings, code, path) => {
		expect(settingsOf(settings).problems).toEqual([expect.objectContaining({ code, path })]);
	});

	it("an attribute's name or a help link that is no text was dropped without a finding", () => {
		const { problems } = readFrameworkConfig({
			name: "n",
			customInteractionAttributes: ["order", {}],
			helpLinks: { calllog: {} },
		});
		expect(problems.map(({ path }) => path)).toEqual([
			"config.customInteractionAttributes[1]",
			"config.helpLinks.calllog",
		]);
	});

	it("tolerates case and a missing plural in search targets, and reports what it does not know", () => {
		const { config, problems } = settingsOf({
			searchTargets: ["People", "frameworkcontacts", "externalContact", "cats", "people"],
		});
		expect(config.settings.searchTargets).toEqual(["people", "frameworkContacts", "externalContacts"]);
		expect(problems.map((problem) => problem.path)).toEqual(["config.settings.searchTargets[3]"]);
		expect(settingsOf({ callControls: [] }).config.settings.callControls).toEqual([]);
	});

	it("drops invalid colours and keeps the others", () => {
		const { config, problems } = settingsOf({
			theme: { primary: "#HHH", text: "#FFF", notification: { success: { primary: "#00ff00", text: "green" } } },
		});
		expect(config.settings.theme).toEqual({
			text: "#FFF",
			notification: { success: { primary: "#00ff00" }, error: {} },
		});
		expect(problems.map((problem) => problem.path)).toEqual([
			"config.settings.theme.primary",
			"config.settings.theme.notification.success.text",
		]);
	});

	it("takes web messages for chats and tells unconfirmed events only where the script says so", () => {
		const read = (settings: object) => readFrameworkConfig({ name: "x", settings });
		expect(read({}).config.settings).toMatchObject({ webMessagesAs: "message", unconfirmedEvents: false });
		const wanted = { webMessagesAs: "Chat", unconfirmedEvents: true };
		expect(read(wanted).config.settings).toMatchObject({ webMessagesAs: "chat", unconfirmedEvents: true });
		expect(read({}).config.settings.queueVoicemailIsCallback).toBe(false);
		expect(read({ queueVoicemailIsCallback: "true" }).config.settings.queueVoicemailIsCallback).toBe(true);
		expect(read({}).config.settings).toMatchObject({ writtenInHandAs: "CONNECTED", secureSessionAs: "refused" });
		const other = { writtenInHandAs: "interacting", secureSessionAs: "SecurePause" };
		expect(read(other).config.settings).toMatchObject({
			writtenInHandAs: "INTERACTING",
			secureSessionAs: "securePause",
		});
		expect(read({ secureSessionAs: true }).problems).toMatchObject([{ path: "config.settings.secureSessionAs" }]);
		const odd = read({ webMessagesAs: "fax" });
		expect(odd.config.settings.webMessagesAs).toBe("message");
		expect(odd.problems).toMatchObject([{ code: "setting.name.unknown", path: "config.settings.webMessagesAs" }]);
	});

	it("names an sso that has half of what leads to a provider, which was dropped in silence", () => {
		for (const sso of [{ provider: "okta" }, { provider: "okta", orgName: "" }, { orgName: "acme" }]) {
			const { problems } = settingsOf({ sso });
			expect(problems).toMatchObject([{ code: "setting.sso.half", path: "config.settings.sso" }]);
		}
		for (const sso of [false, undefined, { provider: "", orgName: "" }, { provider: "okta", orgName: "acme" }])
			expect(settingsOf({ sso }).problems).toEqual([]);
	});

	it("reads sso, country code and display lines as they are found", () => {
		expect(settingsOf({ sso: false }).config.settings.sso).toBeUndefined();
		expect(settingsOf({ sso: { provider: "", orgName: "" } }).config.settings.sso).toBeUndefined();
		expect(settingsOf({ sso: { provider: "okta", orgName: "acme" } }).config.settings.sso).toEqual({
			provider: "okta",
			orgName: "acme",
		});
		expect(settingsOf({ defaultOutboundSMSCountryCode: "+1" }).config.settings.defaultOutboundSMSCountryCode).toBe(
			"+1",
		);
		expect(settingsOf({ defaultOutboundSMSCountryCode: "de" }).config.settings.defaultOutboundSMSCountryCode).toBe(
			"DE",
		);
		expect(settingsOf({ defaultOutboundSMSCountryCode: "Mars" }).config.settings).not.toHaveProperty(
			"defaultOutboundSMSCountryCode",
			"Mars",
		);
		const details = { interactionDetails: { Call: ["call.Ani", 5, null], email: "x" } };
		expect(settingsOf({ display: details }).config.settings.display.interactionDetails).toEqual({
			call: ["call.Ani", "5"],
		});
	});

	it("reports keys that stand in the wrong place, and ignores those it does not know", () => {
		expect(paths({ name: "n", display: {}, displayObject: {}, settings: { clientIds: {} } })).toEqual([
			"config.display",
			"config.settings.clientIds",
		]);
		expect(
			readMisplacedBesideConfig({ config: {}, display: {}, name: "x", screenPop() {} }).map((one) => one.path),
		).toEqual(["display", "name"]);
	});

	it("calls getUserLanguage as a method of the script's config", () => {
		const raw = {
			name: "n",
			locale: "sv",
			getUserLanguage(callback: (language: string) => void) {
				callback(this.locale);
			},
		};
		const heard: string[] = [];
		readFrameworkConfig(raw).config.getUserLanguage?.((language) => heard.push(language));
		expect(heard).toEqual(["sv"]);
		expect(paths({ name: "n", getUserLanguage: "en" })).toEqual(["config.getUserLanguage"]);
	});

	it("keeps only web addresses as help links", () => {
		const { config, problems } = readFrameworkConfig({
			name: "n",
			helpLinks: { CallLog: "https://help", Settings: "javascript:alert(1)", InteractionList: "" },
		});
		expect(config.helpLinks).toEqual({ calllog: "https://help" });
		expect(problems).toHaveLength(1);
	});
});

describe("candidates for the client id", () => {
	it("puts the region first, then the host, then the others, each once", () => {
		const clientIds = { other: "o", "localhost:8080": "h", inlay: "r", again: "o" };
		expect(clientIdCandidates({ clientIds }, { region: "Inlay", host: "localhost:8080" })).toEqual(["r", "h", "o"]);
		expect(clientIdCandidates({ clientIds: { "cc.example": "x" } }, { region: "r", host: "cc.example:8443" })).toEqual([
			"x",
		]);
		expect(clientIdCandidates({ clientIds: {} }, { region: "r", host: "h" })).toEqual([]);
	});
});

describe("any configuration at all", () => {
	/** Small, repeatable random numbers (mulberry32). */
	function random(seed: number): () => number {
		let state = seed;
		return () => {
			state = (state + 0x6d2b79f5) | 0;
			let t = Math.imul(state ^ (state >>> 15), 1 | state);
			t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
			return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
		};
	}

	const KEYS = [
		"name",
		"clientIds",
		"settings",
		"theme",
		"primary",
		"sso",
		"provider",
		"searchTargets",
		"callControls",
	].concat(
		[
			"display",
			"interactionDetails",
			"call",
			"helpLinks",
			"getUserLanguage",
			"customInteractionAttributes",
			"__proto__",
		],
		["enableCallLogs", "notification", "success", "constructor", "toString"],
	);

	function garbage(next: () => number, depth: number): unknown {
		const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;
		const leaf = [
			null,
			undefined,
			true,
			"",
			"people",
			"#FFF",
			0,
			Number.NaN,
			() => undefined,
			Symbol("s"),
			10n,
			new Date(0),
		];
		if (depth === 0 || next() < 0.3) return pick(leaf);
		if (next() < 0.3) return Array.from({ length: 3 }, () => garbage(next, depth - 1));
		const made: Record<string, unknown> = {};
		for (let index = 0; index < 6; index += 1) {
			const value = garbage(next, depth - 1);
			Object.defineProperty(made, pick(KEYS), { enumerable: true, configurable: true, value });
		}
		if (next() < 0.2) {
			const get = () => {
				throw new Error("trap");
			};
			Object.defineProperty(made, pick(KEYS), { enumerable: true, configurable: true, get });
		}
		return made;
	}

	it("comes back complete, of the right types, and stable when read again", () => {
		const switches = Object.entries(defaultFrameworkSettings()).filter(([, value]) => typeof value === "boolean");
		for (let seed = 0; seed < 400; seed += 1) {
			const { config } = readFrameworkConfig(garbage(random(seed), 5));
			const settings: Record<string, unknown> = { ...config.settings };
			const sound =
				typeof config.name === "string" &&
				Object.values(config.clientIds).every((id) => typeof id === "string" && id !== "") &&
				switches.every(([key]) => typeof settings[key] === "boolean") &&
				config.settings.callControls.every((name) => CALL_CONTROLS.includes(name));
			expect(sound, `seed ${seed}`).toBe(true);
			expect(() => JSON.stringify(config)).not.toThrow();
			expect(readFrameworkConfig(config).config.settings, `seed ${seed}`).toEqual(config.settings);
		}
	});
});
