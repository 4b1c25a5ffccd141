import { describe, expect, it } from "vitest";
import { refusedFor } from "../../shell/failure.ts";
import { FakeApi, refuse } from "../../test-support/fake-api.ts";
import { flat, formOf, problemsOf, type SignInForm, unflat } from "./sign-in-form.ts";
import { paths, SignInRulesModel } from "./sign-in-rules-model.ts";

const requirements = {
	minimumLength: 8,
	minimumDigits: 0,
	minimumLetters: 0,
	minimumUpper: 0,
	minimumLower: 0,
	minimumSpecials: 0,
	minimumAgeSeconds: 7_200,
	expirationDays: 0,
};

const form0 = formOf(
	{
		ipAddressAllowlist: [],
		passwordRequirements: requirements,
		universalLogout: false,
	},
	{ idleTokenTimeoutSeconds: 0, enableIdleTokenTimeout: false },
	{ demandedOf: "nobody", sessionLimitSeconds: 2_592_000, offlineAfterSeconds: 300 },
);

function server() {
	return new FakeApi()
		.on(`GET ${paths.settings}`, {
			domainAllowlistEnabled: true,
			domainAllowlist: ["crm.example"],
			ipAddressAllowlist: ["10.0.0.0/8", "203.0.113.7"],
			passwordRequirements: requirements,
			universalLogout: false,
		})
		.on(`GET ${paths.timeout}`, { idleTokenTimeoutSeconds: 0, enableIdleTokenTimeout: false })
		.on(`GET ${paths.demand}`, { demandedOf: "nobody" })
		.on(`GET ${paths.limit}`, { sessionLimitSeconds: 2_592_000 })
		.on(`GET ${paths.absence}`, { offlineAfterSeconds: 300 });
}

async function open(api: FakeApi) {
	const model = new SignInRulesModel(api);
	await model.facts.load();
	return model;
}

describe("the rules of signing in", () => {
	it("are shown in the units that people use", async () => {
		const model = await open(server());
		expect(model.form.value).toMatchObject({
			networks: "10.0.0.0/8\n203.0.113.7",
			idleMinutes: "60",
			sessionDays: "30",
			offlineMinutes: "5",
			requirements: { minimumLength: "8", minimumAgeSeconds: "2" },
		});
	});

	it("send what was changed, and nothing that was not", async () => {
		const api = server()
			.on(`PATCH ${paths.settings}`, {})
			.on(`PUT ${paths.demand}`, {})
			.on(`PUT ${paths.timeout}`, {})
			.on(`PUT ${paths.absence}`, {});
		const model = await open(api);
		const form = model.form.value;
		if (!form) throw new Error("There is no form.");
		model.change({ demandedOf: "administrators", networks: "10.0.0.0/8, 2001:db8::/32\n" });
		model.change({ requirements: { ...form.requirements, minimumLength: "12", minimumAgeSeconds: "24" } });
		model.change({ idles: true, idleMinutes: "15", offlineMinutes: "10" });
		expect(await model.save()).toBe(true);
		const sent = api.asked.filter(({ what }) => !what.startsWith("GET"));
		expect(sent).toEqual([
			{
				what: `PATCH ${paths.settings}`,
				body: {
					ipAddressAllowlist: ["10.0.0.0/8", "2001:db8::/32"],
					passwordRequirements: { minimumLength: 12, minimumAgeSeconds: 86_400 },
				},
			},
			{ what: `PUT ${paths.demand}`, body: { demandedOf: "administrators" } },
			{ what: `PUT ${paths.timeout}`, body: { enableIdleTokenTimeout: true, idleTokenTimeoutSeconds: 900 } },
			{ what: `PUT ${paths.absence}`, body: { offlineAfterSeconds: 600 } },
		]);
	});

	it("send nothing when nothing was changed, and keep the form when they are refused", async () => {
		const api = server();
		const model = await open(api);
		expect(await model.save()).toBe(true);
		expect(api.asked.every(({ what }) => what.startsWith("GET"))).toBe(true);
		api.on(`PUT ${paths.limit}`, () => {
			throw refuse(400, "invalid.value", "sessionLimitSeconds");
		});
		model.change({ sessionDays: "2" });
		expect(await model.save()).toBe(false);
		expect(model.form.value?.sessionDays).toBe("2");
		expect(refusedFor(model.saving.error.value, "sessionLimitSeconds")).toBe("invalid.value");
		expect(refusedFor(model.saving.error.value, "idleTokenTimeoutSeconds")).toBeUndefined();
	});

	it("that nobody could be held to were sent to the server", async () => {
		const api = server();
		const model = await open(api);
		model.change({ sessionDays: "" });
		expect(await model.save()).toBe(false);
		expect([...model.problems.value]).toEqual(["sessionDays"]);
		expect(api.asked.every(({ what }) => what.startsWith("GET"))).toBe(true);
	});

	it.each([
		["nobody", "administrators", ["losesAdministratorsFactor"]],
		["nobody", "everybody", ["losesFactor"]],
		["administrators", "everybody", ["losesFactor"]],
		["everybody", "administrators", []],
		["administrators", "nobody", []],
		["everybody", "everybody", []],
	] as const)("ask before more people need a second factor: from %s to %s", async (before, after, codes) => {
		const model = await open(server().on(`GET ${paths.demand}`, { demandedOf: before }));
		model.change({ demandedOf: after });
		expect(model.losses().map(({ code }) => code)).toEqual(codes);
	});

	it.each([
		[{ networks: "10.0.0.0/8" }, "losesNetworks", ["203.0.113.7"]],
		[{ requirements: { ...form0.requirements, expirationDays: "90" } }, "losesPasswords", []],
		[{ idles: true }, "losesIdle", []],
		[{ sessionDays: "1" }, "losesDays", []],
	])("signed people out unasked, by %o", async (change, code, names) => {
		const model = await open(server());
		model.change(change);
		expect(model.losses()).toEqual([{ code, names }]);
	});

	it("ask nothing where they become milder", async () => {
		const model = await open(server());
		model.change({ networks: "", sessionDays: "60" });
		expect(model.losses()).toEqual([]);
	});
});

describe("two administrators and the rules of signing in", () => {
	/** A colleague who saves while the page is open. */
	function colleague(api: FakeApi, change: object) {
		const before = { ipAddressAllowlist: [], passwordRequirements: requirements, universalLogout: false };
		api.on(`GET ${paths.settings}`, { ...before, ...change });
	}
	const sent = (api: FakeApi) => api.asked.find(({ what }) => /^(PATCH|PUT)/.test(what))?.body;

	it("keep what only one of them changed", async () => {
		const api = server().on(`PUT ${paths.demand}`, {});
		const model = await open(api);
		colleague(api, { passwordRequirements: { ...requirements, minimumLength: 14 } });
		model.change({ demandedOf: "everybody" });
		expect(await model.save()).toBe(true);
		expect(sent(api)).toEqual({ demandedOf: "everybody" });
	});

	it.each([
		["mine", { passwordRequirements: { minimumLength: 12 } }],
		["theirs", undefined],
	] as const)("one overwrote the other's rule without a word; %s stands only when chosen", async (whose, body) => {
		const api = server().on(`PATCH ${paths.settings}`, {});
		const model = await open(api);
		const form = model.form.value;
		if (!form) throw new Error("There is no form.");
		colleague(api, {
			ipAddressAllowlist: form.networks.split("\n"),
			passwordRequirements: { ...requirements, minimumLength: 20 },
		});
		model.change({ requirements: { ...form.requirements, minimumLength: "12" } });
		expect(await model.save()).toBe(false);
		expect(model.conflict.value?.fields).toEqual(["minimumLength"]);
		expect(model.form.value?.requirements.minimumLength).toBe("12");
		expect(await model.resolve(whose)).toBe(true);
		expect(sent(api)).toEqual(body);
	});
});

describe("a number of the rules", () => {
	const good: SignInForm = {
		demandedOf: "nobody",
		everywhere: false,
		networks: "",
		idles: false,
		idleMinutes: "60",
		sessionDays: "30",
		offlineMinutes: "5",
		requirements: Object.fromEntries(
			Object.entries({ ...requirements, minimumAgeSeconds: 2 }).map(([name, value]) => [name, String(value)]),
		) as SignInForm["requirements"],
	};

	it.each([
		["minimumLength", "7", false],
		["minimumLength", "8", true],
		["minimumLength", "129", false],
		["minimumLength", "8.5", false],
		["minimumLength", "", false],
		["minimumLength", "ten", false],
		["minimumDigits", "-1", false],
		["minimumDigits", "20", true],
		["minimumAgeSeconds", "0.5", true],
		["minimumAgeSeconds", "721", false],
		["expirationDays", "0", true],
		["expirationDays", "3651", false],
		["sessionDays", "0", false],
		["sessionDays", "0.5", true],
		["sessionDays", "366", false],
		["offlineMinutes", "0", true],
		["offlineMinutes", "1441", false],
	] as const)("%s of %o is good: %s", (field, value, isGood) => {
		expect(problemsOf(unflat({ ...flat(good), [field]: value })).has(field)).toBe(!isGood);
	});

	it("of minutes counts only where people are signed out who do nothing", () => {
		expect([...problemsOf({ ...good, idleMinutes: "4" })]).toEqual([]);
		expect([...problemsOf({ ...good, idles: true, idleMinutes: "4" })]).toEqual(["idleMinutes"]);
		expect([...problemsOf({ ...good, idles: true, idleMinutes: "480" })]).toEqual([]);
	});

	it("comes through the flat form unharmed", () => {
		expect(unflat(flat(good))).toEqual(good);
	});
});

it("a colleague's rule, saved between our reading and our sending, was overwritten", async () => {
	const api = server();
	const model = await open(api);
	const sent: unknown[] = [];
	let stale = true;
	api.on(`PUT ${paths.limit}`, (body: unknown) => {
		if (stale) {
			stale = false;
			api.on(`GET ${paths.absence}`, { offlineAfterSeconds: 600 });
			throw refuse(409, "version.conflict");
		}
		sent.push(body);
		return body;
	});
	model.change({ sessionDays: "10" });
	expect(await model.save()).toBe(true);
	expect(sent).toEqual([{ sessionLimitSeconds: 864_000 }]);
	expect(api.asked.filter(({ what }) => what === `PUT ${paths.absence}`)).toEqual([]);
	expect(model.form.value?.offlineMinutes).toBe("10");
});

describe("what was typed while the rules were saved", () => {
	/** Saves one rule, and types another before the server has answered with `answered`. */
	async function saving(answered: Record<string, number>) {
		const api = server();
		const model = await open(api);
		api.on(`PUT ${paths.absence}`, () => {
			api.on(`GET ${paths.absence}`, answered);
			model.change({ sessionDays: "14" });
			return answered;
		});
		model.change({ offlineMinutes: "10" });
		return { api, model, saved: await model.save() };
	}

	it("was lost with the answer: the page read its rules again over it", async () => {
		const { api, model, saved } = await saving({ offlineAfterSeconds: 600 });
		expect(saved).toBe(true);
		expect(model.form.value).toMatchObject({ offlineMinutes: "10", sessionDays: "14" });
		expect(model.edited).toBe(true);
		api.on(`PUT ${paths.limit}`, {});
		expect(await model.save()).toBe(true);
		expect(api.asked.filter(({ what }) => what.startsWith("PUT"))).toEqual([
			{ what: `PUT ${paths.absence}`, body: { offlineAfterSeconds: 600 } },
			{ what: `PUT ${paths.limit}`, body: { sessionLimitSeconds: 1_209_600 } },
		]);
	});

	it("counted as typed where it was sent, and the server says it its own way", async () => {
		const { model } = await saving({ offlineAfterSeconds: 660 });
		expect(model.form.value).toMatchObject({ offlineMinutes: "11", sessionDays: "14" });
	});
});

it("what was typed while the rules were read again was lost", async () => {
	const model = await open(server());
	model.change({ sessionDays: "14" });
	await model.facts.load();
	expect(model.form.value?.sessionDays).toBe("14");
	expect(model.edited).toBe(true);
});
