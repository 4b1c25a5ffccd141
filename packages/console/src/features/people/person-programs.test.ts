import { expect, it } from "vitest";
import { FakeApi } from "../../test-support/fake-api.ts";
import { grantOf, selfWith } from "../../test-support/selves.ts";
import { PersonPrograms } from "./person-programs.ts";

const program = (id: string, holdsMore: boolean) => ({
	id,
	name: `Program ${id}`,
	holdsMore,
	secretKnownTo: { id: "u1", name: "Ann", state: "active" as const },
});
const path = "GET /api/inlay/v1/users/u1/clients";

/** A server that knows of two programs until their secrets are others, or they are out of use. */
function server() {
	const known = new Map([program("c7", true), program("c8", false)].map((one) => [one.id, one]));
	return new FakeApi()
		.on(path, () => ({ entities: [...known.values()] }))
		.on("POST /api/v2/oauth/clients/c7/secret", () => {
			known.delete("c7");
			return { id: "c7", secret: "s-1" };
		})
		.on("GET /api/v2/oauth/clients/c8", { id: "c8", name: "Program c8", version: 4, state: "active" })
		.on("PUT /api/v2/oauth/clients/c8", () => known.delete("c8"));
}

async function open(api: FakeApi, self = selfWith()) {
	const model = new PersonPrograms(api, "u1", self);
	await model.known.load();
	return model;
}

it("somebody was deactivated, and nobody was told which programs they can still act as", async () => {
	const names = async (permission: string) =>
		(await open(server(), selfWith(grantOf([permission])))).known.value?.map(({ name }) => name);
	expect(await names("oauth:client:view")).toEqual(["Program c7", "Program c8"]);
	expect(await names("directory:user:edit")).toEqual([]);
});

it("somebody lost a right, and nothing said that a program whose secret they know still has it", async () => {
	const model = await open(server());
	expect(model.stronger.map(({ id }) => id)).toEqual(["c7"]);
});

it("who deactivated somebody had to go through each program's page to shut them out of it", async () => {
	const api = server();
	const model = await open(api);
	expect(await model.renewSecret(program("c7", true))).toBe(true);
	expect(model.secrets.value).toEqual([{ id: "c7", name: "Program c7", secret: "s-1" }]);
	expect(await model.disable(program("c8", false))).toBe(true);
	const sent = api.asked.find(({ what }) => what.startsWith("PUT"));
	expect(sent?.body).toEqual({ name: "Program c8", state: "inactive", version: 4 });
	expect(model.known.value).toEqual([]);
});
