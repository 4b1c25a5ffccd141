import { describe, expect, it } from "vitest";
import { FakeApi, refuse } from "../../test-support/fake-api.ts";
import { AccountModel } from "./account-model.ts";

const path = "/api/inlay/v1/users/me/secondfactor";

function server() {
	return new FakeApi()
		.on("GET /api/inlay/v1/users/me/sessions", { entities: [] })
		.on(`GET ${path}`, { enrolled: false, recoveryCodesLeft: 0, required: true });
}

describe("one's own password", () => {
	it("leaves the form when it was changed", async () => {
		const api = server().on("POST /api/v2/users/me/password", undefined);
		const model = new AccountModel(api, "me");
		model.oldPassword.value = "correct horse";
		model.newPassword.value = "battery staple";
		expect(await model.changePassword()).toBe(true);
		const change = api.asked.find(({ what }) => what === "POST /api/v2/users/me/password");
		expect(change?.body).toEqual({ oldPassword: "correct horse", newPassword: "battery staple" });
		expect([model.oldPassword.value, model.newPassword.value]).toEqual(["", ""]);
	});

	it("stays in it when it was refused, with the reason", async () => {
		const api = server().on("POST /api/v2/users/me/password", () => {
			throw refuse(400, "invalid.password", "newPassword");
		});
		const model = new AccountModel(api, "me");
		model.newPassword.value = "password1";
		expect(await model.changePassword()).toBe(false);
		expect(model.newPassword.value).toBe("password1");
		expect(model.changing.error.value?.fields).toEqual(["newPassword"]);
	});
});

describe("a second factor", () => {
	it("shows a picture for the password, and recovery codes for the first code", async () => {
		const api = server()
			.on(`POST ${path}`, { secret: "ABC", picture: "<svg/>" })
			.on(`POST ${path}/confirm`, { recoveryCodes: ["one", "two"] });
		const model = new AccountModel(api, "me");
		expect(await model.begin("correct horse")).toBe(true);
		expect(model.enrolment.value?.secret).toBe("ABC");
		api.on(`GET ${path}`, { enrolled: true, recoveryCodesLeft: 10, required: true });
		expect(await model.confirm("123456")).toBe(true);
		expect(model.enrolment.value).toBeUndefined();
		expect(model.recoveryCodes.value).toEqual(["one", "two"]);
		expect(model.factor.value?.enrolled).toBe(true);
	});

	it("keeps the picture after a wrong code", async () => {
		const api = server()
			.on(`POST ${path}`, { secret: "ABC", picture: "<svg/>" })
			.on(`POST ${path}/confirm`, () => {
				throw refuse(400, "invalid.code", "code");
			});
		const model = new AccountModel(api, "me");
		await model.begin("correct horse");
		expect(await model.confirm("000000")).toBe(false);
		expect(model.enrolment.value?.secret).toBe("ABC");
		expect(model.enrolling.error.value?.code).toBe("invalid.code");
	});
});

describe("where one is signed in", () => {
	it("could be seen by administrators alone: one ends every other of one's own sign-ins oneself", async () => {
		const session = (id: string, current: boolean) => ({ id, current, client: { id: "c", name: "Panel" } });
		const api = new FakeApi()
			.on("GET /api/inlay/v1/users/me/sessions", { entities: [session("a", true), session("b", false)] })
			.on("DELETE /api/inlay/v1/users/me/sessions/b", undefined);
		const { sessions } = new AccountModel(api, "me");
		await sessions.open.load();
		expect(await sessions.endOthers()).toBe(true);
		expect(api.asked.filter(({ what }) => what.startsWith("DELETE"))).toHaveLength(1);
	});
});
