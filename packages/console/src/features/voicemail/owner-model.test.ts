import { expect, it } from "vitest";
import { FakeApi } from "../../test-support/fake-api.ts";
import { OwnerVoicemail } from "./owner-model.ts";

it("the rules of a queue's mailbox were saved over what somebody else had saved meanwhile: they name the version that was read", async () => {
	const path = "/api/inlay/v1/voicemail/queues/q1/policy";
	const api = new FakeApi().on(`GET ${path}`, { enabled: false }).on(`PUT ${path}`, { enabled: true });
	api.etag = '"4"';
	const model = new OwnerVoicemail(api, "queue", "q1", () => undefined);
	await model.loaded.load();
	model.details.change({ enabled: true });
	expect(await model.save()).toBe(true);
	expect(api.asked.find(({ what }) => what === `PUT ${path}`)).toMatchObject({ ifMatch: '"4"' });
});
