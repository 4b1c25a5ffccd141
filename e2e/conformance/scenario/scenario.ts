import type { Demo } from "../../support/demo.ts";
import { type SdkPhone, startSdkPhone } from "../../support/sdk-phone.ts";
import type { ConformanceRun, Session } from "../run.ts";
import {
	authorizationSteps,
	groupSteps,
	identityProviderSteps,
	integrationSteps,
	oauthClientSteps,
	userSteps,
} from "./administration.ts";
import { analyticsSteps } from "./analytics.ts";
import { callbackSteps } from "./callbacks.ts";
import { callSteps } from "./calls.ts";
import { emailSteps } from "./emails.ts";
import { messageSteps } from "./messages.ts";
import type { People } from "./people.ts";
import { sessionSteps } from "./session.ts";
import { transferSteps } from "./transfers.ts";
import { forwardingSteps, voicemailSteps } from "./voicemail.ts";
import { membershipSteps, notificationSteps, presenceSteps, routingSteps, skillSteps, stationSteps } from "./work.ts";

/** Every operation once, in an order in which each finds what it needs. */
export async function playScenario(run: ConformanceRun, people: People, demo: Demo): Promise<void> {
	await sessionSteps(run, people, demo);
	await oauthClientSteps(run, people);
	await identityProviderSteps(run, people);
	await integrationSteps(run, people, demo);
	await userSteps(run, people, demo);
	await authorizationSteps(run, people, demo);
	await groupSteps(run, people, demo);
	await notificationSteps(run, people, demo);
	await presenceSteps(run, people, demo);
	await membershipSteps(run, people, demo);
	await routingSteps(run, people, demo);
	await skillSteps(run, people, demo);
	await stationSteps(run, people, demo);
	await messageSteps(run, people, demo);
	await voicemailSteps(run, people, demo);
	await forwardingSteps(run, people, demo);
	await emailSteps(run, people, demo);
	await run.part("phone", () =>
		withPhones(demo, [people.agent, people.agent2], async () => {
			await callSteps(run, people, demo);
			await callbackSteps(run, people, demo);
			await transferSteps(run, people, demo);
		}),
	);
	await analyticsSteps(run, people);
}

/** Agents need a phone for calls: the official WebRTC SDK, as unmodified as the API's. */
async function withPhones(demo: Demo, agents: readonly Session[], steps: () => Promise<void>): Promise<void> {
	const phones: SdkPhone[] = [];
	try {
		for (const { token } of agents) phones.push(await startSdkPhone({ baseUrl: demo.api, token }));
		await steps();
	} finally {
		await Promise.all(phones.map((phone) => phone.close()));
	}
}
