import { describe, expect, it } from "vitest";
import { FakeApi, refuse } from "../../test-support/fake-api.ts";
import { paths, refusedFor, SignInRulesModel } from "./sign-in-rules-model.ts";

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

function server() {
	return new FakeApi()
		.on(`GET ${paths.settings}`, {
			multifactorAuthenticationRequired: false,
			domainAllowlistEnabled: true,
			domainAllowlist: ["crm.example"],
			ipAddressAllowlist: ["10.0.0.0/8", "203.0.113.7"],
			passwordRequirements: requirements,
			universalLogout: false,
		})
		.on(`GET ${paths.timeout}`, { idleTokenTimeoutSeconds: 0, enableIdleTokenTimeout: false })
		.on(`GET ${paths.limit}`, { sessionLimitSeconds: 2_592_000 });
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
			requirements: { minimumLength: "8", minimumAgeSeconds: "2" },
		});
	});

	it("send what was changed, and nothing that was not", async () => {
		const api = server().on(`PATCH ${paths.settings}`, {}).on(`PUT ${paths.timeout}`, {});
		const model = await open(api);
		const form = model.form.value;
		if (!form) throw new Error("There is no form.");
		model.change({ secondFactor: true, networks: "10.0.0.0/8, 2001:db8::/32\n" });
		model.change({ requirements: { ...form.requirements, minimumLength: "12", minimumAgeSeconds: "24" } });
		model.change({ idles: true, idleMinutes: "15" });
		expect(await model.save()).toBe(true);
		const sent = api.asked.filter(({ what }) => !what.startsWith("GET"));
		expect(sent).toEqual([
			{
				what: `PATCH ${paths.settings}`,
				body: {
					multifactorAuthenticationRequired: true,
					ipAddressAllowlist: ["10.0.0.0/8", "2001:db8::/32"],
					passwordRequirements: { minimumLength: 12, minimumAgeSeconds: 86_400 },
				},
			},
			{ what: `PUT ${paths.timeout}`, body: { enableIdleTokenTimeout: true, idleTokenTimeoutSeconds: 900 } },
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
		model.change({ sessionDays: "0" });
		expect(await model.save()).toBe(false);
		expect(model.form.value?.sessionDays).toBe("0");
		expect(refusedFor(model.saving.error.value, "sessionLimitSeconds")).toBe("invalid.value");
		expect(refusedFor(model.saving.error.value, "idleTokenTimeoutSeconds")).toBeUndefined();
	});
});
