import { expect, it } from "vitest";
import { policyBodyOf, policyFormOf, policyProblems, type RecordingPolicy } from "./policy-form.ts";

const policy: RecordingPolicy = {
	id: "p",
	version: 3,
	name: "Support",
	enabled: true,
	queueIds: ["b", "a"],
	direction: null,
	percent: 50,
	retentionDays: 30,
	requireConsent: true,
	consentMessage: "May we?",
};

it("a policy that was opened and saved lost nothing", () => {
	const { id: _id, version: _version, ...body } = policy;
	expect(policyBodyOf(policyFormOf(policy))).toEqual({ ...body, queueIds: ["a", "b"] });
	const forever = { ...policy, queueIds: [], direction: "inbound" as const, retentionDays: null };
	expect(policyBodyOf(policyFormOf(forever))).toMatchObject({
		queueIds: [],
		direction: "inbound",
		retentionDays: null,
	});
});

it.each([
	[{ name: " " }, "name"],
	[{ percent: "0" }, "percent"],
	[{ percent: "1.5" }, "percent"],
	[{ percent: "" }, "percent"],
	[{ retentionDays: "0" }, "retentionDays"],
	[{ retentionDays: "36501" }, "retentionDays"],
])("%o was sent, to be refused", (change, field) => {
	expect([...policyProblems({ ...policyFormOf(policy), ...change })]).toEqual([field]);
});
