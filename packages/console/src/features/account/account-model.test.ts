import { describe, expect, it } from "vitest";
import { FakeApi, refuse } from "../../test-support/fake-api.ts";
import { AccountModel } from "./account-model.ts";

const path = "/api/inlay/v1/users/me/secondfactor";

function server() {
	return new FakeApi().on(`GET ${path}`, { enrolled: false, recoveryCodesLeft: 0, required: true });
}

describe("one's own password", () => {
	it("leaves the form when it was changed", async () => {
		const api = server().on("POST /api/v2/users/me/password", undefined);
		const model = new AccountModel(api);
		model.oldPassword.value = "correct horse";
		model.newPassword.value = "battery staple";
		expect(await model.changePassword()).toBe(true);
		expect(api.asked.at(-1)?.body).toEqual({ oldPassword: "correct horse", newPassword: "battery staple" });
		expect([model.oldPassword.value, model.newPassword.value]).toEqual(["", ""]);
	});

	it("stays in it when it was refused, with the reason", async () => {
		const api = server().on("POST /api/v2/users/me/password", () => {
			throw refuse(400, "invalid.password", "newPassword");
		});
		const model = new AccountModel(api);
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
		const model = new AccountModel(api);
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
		const model = new AccountModel(api);
		await model.begin("correct horse");
		expect(await model.confirm("000000")).toBe(false);
		expect(model.enrolment.value?.secret).toBe("ABC");
		expect(model.enrolling.error.value?.code).toBe("invalid.code");
	});
});
