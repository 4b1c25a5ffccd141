import { expect, it } from "vitest";
import { FakeApi } from "../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../test-support/selves.ts";
import { PersonIdentities } from "./person-identities.ts";

const okta = {
	providerId: "p1",
	providerName: "Okta",
	subject: "00u1",
	address: "ann@acme.example",
	dateCreated: "2026-11-01T10:00:00.000Z",
	dateLastUsed: "2026-11-27T10:00:00.000Z",
};
const path = "/api/inlay/v1/users/u1/identities";

it("only the API knew which provider's person somebody is, and took that away", async () => {
	let entities = [okta];
	const api = new FakeApi()
		.on(`GET ${path}`, () => ({ entities }))
		.on(`DELETE ${path}/p1`, () => {
			entities = [];
		});
	const model = new PersonIdentities(api, "u1", selfWith());
	await model.known.load();
	expect(model.known.value).toEqual([okta]);
	expect(await model.unlink(okta)).toBe(true);
	expect(model.known.value).toEqual([]);
});

it("who may not see identity providers was shown a refusal in place of the person", async () => {
	const api = new FakeApi();
	const model = new PersonIdentities(api, "u1", selfWith(grantOf(["directory:user:edit"])));
	await model.known.load();
	expect([model.known.value, api.asked]).toEqual([[], []]);
});
