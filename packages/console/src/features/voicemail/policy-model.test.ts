import { expect, it } from "vitest";
import { FakeApi } from "../../test-support/fake-api.ts";
import { selfWith } from "../../test-support/selves.ts";
import { VoicemailPolicyModel } from "./policy-model.ts";

const path = "/api/v2/voicemail/policy";
const policy = {
	version: 3,
	enabled: false,
	alertTimeoutSeconds: 24,
	maximumRecordingTimeSeconds: 180,
	inlayMaximumMessages: 100,
	inlayRetentionDays: null,
	inlayStraightPresences: ["Meal", "Offline"],
	inlayExitQueueId: null,
	inlayOverflow: null,
};

it("what cannot be was sent; what is right was sent without the version that was read", async () => {
	const api = new FakeApi().on(`GET ${path}`, policy).on(`PUT ${path}`, { ...policy, version: 4 });
	const model = new VoicemailPolicyModel(api, selfWith());
	await model.loaded.load();
	expect(model.details.form.peek()).toMatchObject({ retentionDays: "", presences: ["Meal", "Offline"] });
	model.details.change({ alertSeconds: "2", retentionDays: "0" });
	expect(await model.save()).toBe(false);
	model.details.change({
		enabled: true,
		alertSeconds: "30",
		retentionDays: "",
		presences: ["Meal", "Busy"],
		exitQueueId: "support",
		overflow: "group:returns",
	});
	expect(await model.save()).toBe(true);
	expect(api.asked.filter(({ what }) => what.startsWith("PUT"))).toMatchObject([
		{
			body: {
				version: 3,
				enabled: true,
				alertTimeoutSeconds: 30,
				inlayRetentionDays: null,
				inlayExitQueueId: "support",
				inlayOverflow: { type: "group", id: "returns" },
				inlayStraightPresences: ["Meal", "Busy"],
			},
		},
	]);
});
